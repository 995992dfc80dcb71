"""Other names of brands: checked, stored, changed, taken out, and written back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.catalogue import exporter
from reviews_app.catalogue.aliases import ALIASES
from reviews_app.catalogue.folder import write_toml
from reviews_app.catalogue.products import BrandAlias
from reviews_app.db import db
from tests.catalogue.folders import BULK_BOOTS, bring_in, bulk_folder, faults_of, seed_folder

RIGHT = {"brand": "Calm", "name": "Quiet Legs", "because": "A shop says so.", "source": "S2"}


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A small seed folder whose brand has another name."""
    folder = seed_folder(tmp_path / "seed")
    write(folder, RIGHT)
    with app.app_context():
        yield folder


def write(folder: Path, *aliases: dict[str, Any]) -> None:
    write_toml(folder / ALIASES, {"aliases": list(aliases)})


def stored() -> list[tuple[str, str, str]]:
    rows = sa.select(BrandAlias.brand_id, BrandAlias.name, BrandAlias.because)
    return [(brand, name, why) for brand, name, why in db.session.execute(rows)]


def test_an_alias_is_stored_once(folder: Path) -> None:
    assert bring_in(folder).added.names["other name"] == ["calm/quiet-legs"]
    assert stored() == [("calm", "Quiet Legs", "A shop says so.")]
    assert not bring_in(folder)


def test_a_changed_reason_is_changed(folder: Path) -> None:
    bring_in(folder)
    write(folder, {**RIGHT, "because": "Its maker says so."})

    assert bring_in(folder).changed.names == {"other name": ["calm/quiet-legs"]}
    assert stored() == [("calm", "Quiet Legs", "Its maker says so.")]


def test_an_alias_that_left_is_taken_out(folder: Path) -> None:
    bring_in(folder)
    (folder / ALIASES).write_text("aliases = []\n")

    assert bring_in(folder).removed.names == {"other name": ["calm/quiet-legs"]}
    assert stored() == []


def test_a_folder_that_does_not_speak_of_aliases_leaves_them(folder: Path, tmp_path: Path) -> None:
    bring_in(folder)

    bring_in(bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "slug": "bulk-boots"}))

    assert len(stored()) == 1


def test_what_is_written_brings_in_the_same(folder: Path, tmp_path: Path) -> None:
    bring_in(folder)
    exporter.write(tmp_path / "out")

    assert 'name = "Quiet Legs"' in (tmp_path / "out" / ALIASES).read_text()
    assert not bring_in(tmp_path / "out")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"brand": "Loud"}, "aliases.0.brand = 'Loud': is the brand of no machine here"),
        ({"brand": "calm"}, "aliases.0.brand = 'calm': is the brand of no machine here"),
        ({"source": "S99"}, "aliases.0.source = 'S99': no such source"),
        ({"name": "CALM"}, "holds no word that the brand is not found by already"),
        ({"name": "…"}, "holds no word that the brand is not found by already"),
        ({"name": ""}, "is empty; leave the key out instead"),
        ({"because": ""}, "is empty; leave the key out instead"),
        ({"reason": "x"}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_with_an_alias_is_named(
    folder: Path, wrong: dict[str, str], fault: str
) -> None:
    write(folder, {**RIGHT, **wrong})

    found = faults_of(folder)

    assert any(ALIASES in each and fault in each for each in found), found


def test_an_alias_that_stands_twice_is_named(folder: Path) -> None:
    write(folder, RIGHT, {**RIGHT, "name": "quiet legs"})

    assert any("stands twice for this brand" in each for each in faults_of(folder))
