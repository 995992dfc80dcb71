"""What an import makes of methods: sound ones come in and stay, others are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import Base, db
from reviews_app.scores import exporter, queries
from reviews_app.scores.models import Score
from tests.factories import a_fact, a_recall, a_source
from tests.scores.methods import METHOD, bring_in, put, version_2

pytestmark = pytest.mark.usefixtures("database")


def product(slug: str) -> Product:
    """A machine of the small catalogue."""
    return db.session.execute(sa.select(Product).where(Product.slug == slug)).scalar_one()


def score(slug: str, version: int = 1) -> Score:
    """Its score."""
    return db.session.get_one(Score, (product(slug).id, version))


def rows(version: int) -> list[list[object]]:
    """Everything that a version gave."""
    return [
        list(row)
        for table in (Base.metadata.tables["score"], Base.metadata.tables["score_part"])
        for row in db.session.execute(
            sa.select(table)
            .where(table.c.method_version == version)
            .order_by(*table.primary_key.columns)
        )
    ]


def test_a_sound_method_comes_in_once_and_goes_out_to_the_byte(tmp_path: Path) -> None:
    changes, faults = bring_in(put(tmp_path))

    assert faults == []
    assert changes.added.names == {"method": ["1"]}
    assert not bring_in(tmp_path)[0]
    exporter.write(tmp_path / "out")
    assert (tmp_path / "out/methods/1.toml").read_text() == METHOD


def test_every_machine_gets_a_score_or_the_reason_why_not(tmp_path: Path) -> None:
    bring_in(put(tmp_path))

    light = score("light-gun")
    # Weight 0.6 kg: 9.00; cordless: 9.00; all three stated: 10.00. (3 · 9.00 + 10.00) / 4.
    assert (light.total_centi, light.coverage_percent, light.reason) == (925, 100, None)
    heavy = score("heavy-gun")
    # Weight 1.2 kg: 3.00, two thirds known; one of three stated: 3.30. (3 · 3.00 + 3.30) / 4.
    assert (heavy.total_centi, heavy.coverage_percent) == (308, 75)
    dark = score("dark-boots")
    assert (dark.total_centi, dark.coverage_percent, dark.reason) == (None, 25, "too-little-known")
    ward = score("ward-boots")
    assert (ward.total_centi, ward.coverage_percent, ward.reason) == (None, 0, "supervised")
    assert queries.scores_of([product("ward-boots").id])[product("ward-boots").id].parts == ()


def test_an_open_recall_caps_the_total_and_a_closed_one_does_not(tmp_path: Path) -> None:
    a_recall(product("light-gun"))
    a_recall(product("heavy-gun"), closed_on="2026-05-01")
    bring_in(put(tmp_path))

    assert (score("light-gun").total_centi, score("light-gun").cap_centi) == (200, 200)
    assert (score("heavy-gun").total_centi, score("heavy-gun").cap_centi) == (308, None)


def test_a_fact_from_a_weak_source_feeds_no_score(tmp_path: Path) -> None:
    weak = a_source("S9", weak=True).id
    a_fact(product("heavy-gun"), "cordless", True, source_id=weak, weak=True)
    bring_in(put(tmp_path))

    assert score("heavy-gun").total_centi == 308


def test_weights_of_a_reader_give_what_a_method_with_them_would(tmp_path: Path) -> None:
    bring_in(put(tmp_path))
    rules = queries.current_rules()
    assert rules
    weights, _ = queries.weights_of(rules).read([("w.ease", "5")])
    ids = [product(slug).id for slug in ("light-gun", "heavy-gun", "dark-boots", "ward-boots")]
    ours = queries.scores_of(ids, weights)
    bring_in(put(tmp_path, version_2(), 2))
    theirs = queries.scores_of(ids)

    assert {one: ours[one].total for one in ids} == {one: theirs[one].total for one in ids}
    assert theirs[ids[0]].version == 2


def test_a_new_version_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    bring_in(put(tmp_path))
    before = rows(1)
    bring_in(put(tmp_path, version_2(), 2))

    assert rows(1) == before
    assert rows(2) != before
    exporter.write(tmp_path / "out")
    assert (tmp_path / "out/methods/1.toml").read_text() == METHOD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (METHOD.replace("at = 2", "at = 3"), "cannot change: publish version 2 instead"),
        (METHOD + "\n", "cannot change: publish version 2 instead"),
    ],
)
def test_a_published_version_cannot_change(tmp_path: Path, text: str, reason: str) -> None:
    bring_in(put(tmp_path))

    _, faults = bring_in(put(tmp_path, text))

    assert faults == [f"methods/1.toml: version = 1: was published, and {reason}"]


def test_a_published_version_cannot_go(tmp_path: Path) -> None:
    bring_in(put(tmp_path))
    (tmp_path / "methods/1.toml").unlink()

    assert "cannot be taken out" in bring_in(tmp_path)[1][0]


def test_a_version_below_the_last_cannot_be_slipped_in(tmp_path: Path) -> None:
    bring_in(put(tmp_path, version_2(), 2))

    assert "is not above 2" in bring_in(put(tmp_path))[1][0]


def test_an_attribute_that_goes_from_under_the_method_fails_the_import(tmp_path: Path) -> None:
    bring_in(put(tmp_path))
    db.session.execute(sa.update(Attribute).where(Attribute.id == "cordless").values(kind="number"))

    _, faults = bring_in(tmp_path)

    assert any("parts.0.facts.1" in fault and "a number needs points" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("version = 1", "version = 2", "is not the number in the name of the file"),
        ("version = 1", "version = 0", "greater than or equal to 1"),
        ("floor_percent = 50", "floor_percent = 101", "less than or equal to 100"),
        ('floor_because = "Half is enough."', "", "floor_because: Field required"),
        ("floor_percent = 50", 'floor = "no"\nfloor_percent = 50', "Extra inputs"),
        ('id = "open"', 'id = "ease"', "parts = 'ease': stands twice"),
        ('id = "cord"', 'id = "weight"', "parts.0.facts = 'weight': stands twice"),
        ("weight = 3", "weight = 0", "greater than or equal to 1"),
        ("weight = 3", "weight = 1.5", "valid integer"),
        ('reads = "weight_kg"', 'reads = "colour"', "no such attribute"),
        ('reads = "weight_kg"', 'reads = "modes"', "which has no points"),
        ('of = ["weight_kg"', 'of = ["colour"', "no such attribute"),
        ('of = ["weight_kg", "cordless", "noise_db"]', "", "which need it"),
        ('reads = "cordless"', 'reads = "cordless"\nof = ["cordless"]', "which need it"),
        ('reads = "cordless"', 'reads = "noise_db"', "a number needs points"),
        ('reads = "weight_kg"', 'reads = "noise_db"', "cannot apply to every form"),
        ('forms = ["massage-gun"]', 'forms = ["sofa"]', "no such form"),
        ('forms = ["massage-gun"]', 'forms = ["boots", "boots"]', "stands twice"),
        ('forms = ["massage-gun"]', "", "two maps are for every form"),
        ("[[0.5, 10], [1.5, 0]]", "[[1.5, 10], [0.5, 0]]", "must rise"),
        ("[[0.5, 10], [1.5, 0]]", "[[0.5, 10], [0.5, 0]]", "must rise"),
        ("[[0.5, 10], [1.5, 0]]", "[[0.5, 11], [1.5, 0]]", "is not from 0 to 10"),
        ("[[0.5, 10], [1.5, 0]]", "[[0.5, 10, 3]]", "at most 2 items"),
        ("[[0.5, 10], [1.5, 0]]", "[]", "either points or options"),
        ("{ yes = 9, no = 4 }", "{ yes = 9 }", "has no points"),
        ("{ yes = 9, no = 4 }", "{ yes = 9, no = 4, maybe = 5 }", "none of its options"),
        ("{ yes = 9, no = 4 }", "{ yes = 11, no = 4 }", "less than or equal to 10"),
        ('because = "With or without."', "", "because: Field required"),
        ('reads = "share-stated"\nof', 'reads = "stated"\nof', "has options, not numbers"),
        ("points = [[0, 0], [100, 10]]", "options = { yes = 1 }", "is a number"),
        ('when = "open-recall"', 'when = "dear"', "Input should be 'open-recall'"),
        ("at = 2", "at = 12", "less than or equal to 10"),
        ("version = 1", "version =", "is not TOML"),
    ],
)
def test_a_method_is_refused_by_name(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in METHOD
    _, faults = bring_in(put(tmp_path, METHOD.replace(old, new, 1)))

    assert any(reason in fault and fault.startswith("methods/1.toml: ") for fault in faults), faults


def test_what_is_no_method_is_refused(tmp_path: Path) -> None:
    (put(tmp_path) / "methods/notes.txt").write_text("a note")

    assert any("notes.txt" in fault and "is no method" in fault for fault in bring_in(tmp_path)[1])


def test_a_version_cannot_be_older_than_the_one_before(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, version_2().replace("2026-11-22", "2026-11-21"), 2)

    assert any("is before that of methods/1.toml" in fault for fault in bring_in(tmp_path)[1])
