"""Colours that can be read: every pair the site uses, in both themes."""

from __future__ import annotations

import pytest

from reviews_app.config import ROOT
from reviews_app.web.palette import Pair, contrast, pairs, palette

CSS = ROOT / "static" / "css"
COLOURS = palette(CSS / "tokens.css")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("pair", pairs(COLOURS), ids=lambda pair: f"{pair.colour} on {pair.ground}")
def test_what_stands_on_a_ground_can_be_read_there(pair: Pair) -> None:
    assert min(pair.contrasts) >= pair.least


def test_every_colour_has_its_dark_twin() -> None:
    same = {name for name, (light, dark) in COLOURS.items() if light == dark}

    assert same == {"mark", "on-mark"}
    assert len(COLOURS) > 30


def test_colours_are_named_in_one_place() -> None:
    raw = {
        path.name
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css" and "#" in path.read_text(encoding="utf-8").split("/*")[0]
    }

    assert raw == set()
