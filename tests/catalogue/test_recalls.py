"""Recalls in a data file: what one must say, and that it comes and goes with its file only."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reviews_app import browse
from reviews_app.catalogue import exporter, recalls
from reviews_app.catalogue.cards import cards
from reviews_app.catalogue.queries import find_product
from tests.catalogue.folders import (
    BULK_BOOTS,
    CALM_BOOTS,
    HARD_ROLLER,
    bring_in,
    bulk_folder,
    faults_of,
    write_product,
)

pytestmark = pytest.mark.usefixtures("database")

RECALL: dict[str, Any] = {
    "regulator": "A regulator",
    "notice_number": "26-001",
    "hazard": "The battery can catch fire.",
    "models": ["CB-1"],
    "covers": "some units",
    "units": "Date codes 2501 to 2512, on the label under the foot",
    "remedy": "Stop using it. The maker sends a new battery.",
    "issued_on": "2026-03-01",
    "checked_on": "2026-11-22",
    "source": "S1",
}
MODEL = {**CALM_BOOTS, "model": "CB-1"}


def recalled(folder: Path, *, product: dict[str, Any] = MODEL, **changed: Any) -> Path:
    """The folder with a recall on the boots, changed so; None takes a key out."""
    notice = {key: value for key, value in {**RECALL, **changed}.items() if value is not None}
    write_product(folder, "calm-boots", {**product, "recalls": [notice]})
    return folder


def test_a_recall_comes_in_and_goes_out_as_it_was(folder: Path, tmp_path: Path) -> None:
    bring_in(recalled(folder))

    (notice,) = recalls.register()
    assert (notice.slug, notice.brand, notice.is_open) == ("calm-boots", "Calm", True)
    assert notice.recall.units == RECALL["units"]
    assert notice.recall.source.publisher == "Nobody"
    assert notice.last_on == dt.date(2026, 11, 22)
    assert not bring_in(folder)
    out = tmp_path / "out"
    out.mkdir()
    exporter.write(out)
    file = "products/calm-boots.toml"
    assert tomllib.loads((out / file).read_text()) == tomllib.loads((folder / file).read_text())


def test_a_recall_taken_out_of_its_file_is_taken_out_of_the_register(folder: Path) -> None:
    bring_in(recalled(folder))
    write_product(folder, "calm-boots", MODEL)

    assert bring_in(folder).changed.names == {"product": ["calm-boots"]}
    assert recalls.register() == []


def test_bulk_lines_take_no_recall_away(folder: Path, tmp_path: Path) -> None:
    bring_in(recalled(folder))
    bulk = bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "name": "Boots renamed"})

    assert bring_in(bulk).changed.names["product"] == ["calm-boots"]

    (notice,) = recalls.register()
    assert (notice.product, notice.recall.notice_number) == ("Boots renamed", "26-001")
    assert not bring_in(bulk)


def test_all_units_need_no_dates(folder: Path) -> None:
    bring_in(recalled(folder, covers="all units", units=None))

    assert recalls.register()[0].recall.units is None


def picks() -> set[str]:
    ids = browse.Shelves().first(9, *browse.FOR_HOME, ("sort", "facts"))
    return {card.slug for card in cards(ids)}


def test_a_closed_recall_stays_in_the_register_and_holds_no_more(folder: Path) -> None:
    bring_in(recalled(folder, closed_on="2026-12-01"))

    (notice,) = recalls.register()
    assert not notice.is_open
    assert notice.last_on == dt.date(2026, 12, 1)
    assert recalls.open_recalls([notice.recall]) == []
    assert "calm-boots" in picks()


def test_a_recalled_machine_is_labelled_and_among_no_picks(folder: Path) -> None:
    bring_in(recalled(folder))
    boots, roller = find_product("calm-boots"), find_product("hard-roller")
    assert boots
    assert roller

    assert [card.is_recalled for card in cards([boots.id, roller.id])] == [True, False]
    assert picks() == {"hard-roller"}


def test_a_notice_may_name_the_machine_with_its_maker(folder: Path) -> None:
    bring_in(recalled(folder, product=CALM_BOOTS, models=["Calm Boots"]))

    assert len(recalls.register()) == 1


def test_an_editor_may_say_why_a_notice_means_this_machine(folder: Path) -> None:
    why = "The picture in the notice is of this machine."
    bring_in(recalled(folder, models=["CB series"], confirmed=why))

    assert recalls.register()[0].recall.confirmed == why


@pytest.mark.parametrize("models", [["CB"], ["CB-10"], ["cb-1"], ["Boots"], ["Calm CB-1"]])
def test_a_partial_match_publishes_nothing(folder: Path, models: list[str]) -> None:
    (fault,) = faults_of(recalled(folder, models=models))

    assert "products/calm-boots.toml: recalls.0.models" in fault
    assert "is not exactly CB-1: a partial match is none" in fault


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"units": None}, "recalls.0.units: must say which units"),
        ({"covers": "all units"}, "has no place where all units are recalled"),
        ({"covers": "a few"}, "recalls.0.covers"),
        ({"covers": None}, "recalls.0.covers"),
        ({"hazard": None}, "recalls.0.hazard"),
        ({"remedy": None}, "recalls.0.remedy"),
        ({"models": []}, "recalls.0.models"),
        ({"source": "S9"}, "recalls.0.source = 'S9': no such source"),
        ({"checked_on": "2026-11"}, "recalls.0.checked_on = '2026-11': is no day"),
        ({"checked_on": "2026-02-31"}, "is no day of the calendar"),
        ({"closed_on": "2026-02-01"}, "is before the notice was issued"),
        ({"severity": "high"}, "recalls.0.severity"),
    ],
)
def test_a_recall_that_says_too_little_is_a_fault(
    folder: Path, changed: dict[str, Any], fault: str
) -> None:
    found = faults_of(recalled(folder, **changed))

    assert any(fault in one for one in found), found


def test_a_notice_stands_once(folder: Path) -> None:
    write_product(folder, "calm-boots", {**MODEL, "recalls": [RECALL, RECALL]})

    assert any("recalls.1.notice_number" in one for one in faults_of(folder))


def test_a_machine_without_model_and_maker_needs_an_editors_word(folder: Path) -> None:
    notice = {**RECALL, "models": ["Roller"]}
    write_product(folder, "hard-roller", {**HARD_ROLLER, "recalls": [notice]})

    assert any("recalls.0.models" in one for one in faults_of(folder))


def test_what_was_read_is_said_with_its_oldest_day(folder: Path) -> None:
    bring_in(folder)
    assert recalls.reading() == recalls.Reading((), None)

    text = (folder / "sources.toml").read_text().replace('"maker"', '"regulator"')
    (folder / "sources.toml").write_text(text)
    bring_in(folder)
    assert recalls.reading() == recalls.Reading(("Nobody",), "2026-11-22")
