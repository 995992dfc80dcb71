"""The table itself: what is hidden, what is never, and what a cell may say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app.catalogue.directory import product_slugs
from reviews_app.catalogue.prices import main_currency
from reviews_app.catalogue.products import Recall
from reviews_app.catalogue.vocabulary import Kind
from reviews_app.compare import Cell, Comparison, Lineup, compare
from reviews_app.db import db
from reviews_app.guidance.models import Contraindication
from tests.factories import a_claim, a_fact, a_product, a_source, an_attribute

NOT_VALUES = {"unknown": "Not stated", "na": "Not applicable"}

ANSWERS = st.sampled_from(["yes", "no", "unknown", "weak"])
ROWS = st.lists(
    st.lists(ANSWERS, min_size=3, max_size=3).map(tuple), min_size=1, max_size=6, unique=True
)

a_database_per_example = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def compared(*slugs: str, **more: str) -> Comparison:
    lineup = Lineup.from_args([*(("p", slug) for slug in slugs), *more.items()])
    return compare(lineup, main_currency())


def cells(comparison: Comparison, row_id: str) -> tuple[Cell, ...]:
    return next(row.cells for row in comparison.rows if row.id == row_id)


def words(comparison: Comparison, row_id: str) -> tuple[str, ...]:
    return tuple(cell.words for cell in cells(comparison, row_id))


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The empty site, with the database at hand."""
    with app.app_context():
        yield app


@a_database_per_example
@given(ROWS)
def test_differences_hide_what_is_known_and_equal_and_nothing_else(
    app: Flask, rows: list[tuple[str, ...]]
) -> None:
    with app.app_context():
        slugs = ["a", "b", "c"]
        products = [a_product(slug, types=(), areas=()) for slug in slugs]
        for n, answers in enumerate(rows):
            an_attribute(f"q{n}")
            for product, answer in zip(products, answers, strict=True):
                if answer != "unknown":
                    a_fact(product, f"q{n}", answer != "no", weak=answer == "weak")
        everything, differences = compared(*slugs), compared(*slugs, diff="1")
        db.session.rollback()

    hidden = {row.id for row in differences.hidden}
    same = {
        f"q{n}"
        for n, answers in enumerate(rows)
        if len(set(answers)) == 1 and "unknown" not in answers
    }
    assert hidden & {f"q{n}" for n in range(len(rows))} == same
    assert [row for row in everything.rows if row.id not in hidden] == list(differences.rows)
    for row in differences.hidden:
        assert all(cell.state != "unknown" for cell in row.cells)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_rows_on_safety_fit_and_method_are_never_hidden(
    real_catalogue: Flask, slugs_of_all: list[str], data: st.DataObject
) -> None:
    slugs = data.draw(st.lists(st.sampled_from(slugs_of_all), min_size=2, max_size=5, unique=True))
    with real_catalogue.app_context():
        everything = compared(*slugs, calf="48cm")
        differences = compared(*slugs, calf="48cm", diff="1")

    kept = {group.id: group for group in differences.groups}
    for group in everything.groups:
        if group.id in {"fit", "method", "safety", "facts-fit-and-reach"}:
            assert kept[group.id].rows == group.rows
    assert all(row.is_same and not row.always for row in differences.hidden)
    for row in everything.rows:
        for cell in row.cells:
            assert cell.words == NOT_VALUES.get(cell.state, cell.words) != ""
            assert cell.state in NOT_VALUES or cell.words not in NOT_VALUES.values()


@pytest.fixture(scope="module")
def slugs_of_all(real_catalogue: Flask) -> list[str]:
    """Every machine there is."""
    with real_catalogue.app_context():
        return product_slugs(1000)


def test_one_machine_hides_nothing(context: Flask) -> None:
    a_product("a")

    assert compared("a", diff="1").hidden == ()


def test_machines_stand_in_the_order_asked_with_what_is_known(context: Flask) -> None:
    an_attribute("heat")
    an_attribute("cuffs", forms=["boots"])
    a_product("a", facts={"heat": False})
    a_product("b", form_id="gun", facts={"heat": True})
    a_product("c")

    comparison = compared("c", "b", "a")

    assert [column.slug for column in comparison.columns] == ["c", "b", "a"]
    assert words(comparison, "known") == ("0 of 2", "1 of 1", "1 of 2")
    assert words(comparison, "heat") == ("Not stated", "Yes", "No")
    assert words(comparison, "cuffs") == ("Not stated", "Not applicable", "Not stated")


def test_a_cell_says_who_says_so_and_what_it_is_worth(context: Flask) -> None:
    an_attribute("weight", Kind.NUMBER, unit="kg", better="lower")
    strong, weak = a_product("a"), a_product("b")
    a_fact(strong, "weight", 2, source_id=a_source("S7").id)
    a_fact(strong, "weight", 3, accepted=False)
    a_fact(weak, "weight", 1, source_id=a_source("S8", weak=True).id, weak=True)

    one, other = cells(compared("a", "b"), "weight")

    assert ([source.id for source in one.sources], one.remarks) == (["S7"], ("sources differ",))
    assert ([source.id for source in other.sources], other.remarks) == (["S8"], ("weak source",))
    assert (one.share, other.share) == (1.0, 0.5)


def test_the_best_is_said_in_a_word(context: Flask) -> None:
    an_attribute("weight", Kind.NUMBER, unit="kg", better="lower")
    a_product("a", facts={"weight": 2})
    a_product("b", facts={"weight": 1.5})

    assert [cell.best for cell in cells(compared("a", "b"), "weight")] == ["", "lightest"]


def test_prices_are_in_one_currency_with_their_month(context: Flask) -> None:
    a_product("a", prices=[(9000, "USD", "regular", "2026-06"), (100, "USD", "sale", "2026-07")])
    a_product("b", prices=[(8000, "GBP", "regular", "2026-06")])
    a_product("c", prices=[(8000, "USD", "regular", "2019-01")])

    dollars, pounds, old = cells(compared("a", "b", "c"), "price")

    assert (dollars.words, dollars.remarks) == ("$90, seen June 2026", ())
    assert (pounds.words, pounds.remarks) == ("Not stated", ("priced only in GBP",))
    assert (old.words, old.remarks) == ("$80, seen January 2019", ("old price",))


def test_a_grade_belongs_to_the_mechanism_that_was_studied(context: Flask) -> None:
    a_claim("sore", {"compression": "moderate", "vibration": "none", "heat": "limited"})
    a_claim("sleep", {"compression": "none", "vibration": "none"})
    an_attribute("heat")
    a_product("a", types=["compression"], facts={"heat": True})
    a_product("b", types=["vibration"])
    a_product("c", types=[])

    comparison = compared("a", "b", "c")

    assert words(comparison, "claim-sore") == (
        "Moderate evidence (Compression), Limited evidence (Heat)",
        "No direct test found",
        "Not stated",
    )
    assert "claim-sleep" not in {row.id for row in comparison.rows}


def test_safety_counts_names_and_tells_the_machines_apart(context: Flask) -> None:
    for n, (name, severity, to) in enumerate(
        [
            ("Clot", "do not use", ["all"]),
            ("Pacemaker", "do not use", ["tens"]),
            ("Epilepsy", "ask a clinician first", ["tens", "vibration"]),
        ]
    ):
        db.session.add(
            Contraindication(
                id=name.lower(), name=name, severity=severity, applies_to=to, why="", signs=[],
                basis="", group="implants", also=[], counts_as=[], position=n,
            )
        )  # fmt: skip
    a_product("a", types=["tens"])
    a_product("b", types=["vibration"])
    a_product("c", types=[])

    comparison = compared("a", "b", "c")

    assert [cell.text for cell in cells(comparison, "severity-do-not-use")] == [
        "2 conditions: Clot; Pacemaker",
        "1 condition: Clot",
        "Not stated",
    ]
    assert words(comparison, "severity-avoid-the-area") == (
        "None listed",
        "None listed",
        "Not stated",
    )
    assert [cell.text for cell in cells(comparison, "not-shared")] == [
        "1 condition: Pacemaker",
        "None",
        "Not stated",
    ]
    assert cells(comparison, "not-shared")[2].remarks == ("no source tells how it works",)


def test_an_open_recall_stands_at_its_machine(context: Flask) -> None:
    recalled = a_product("a")
    a_product("b")
    db.session.add(
        Recall(
            product_id=recalled.id, regulator="CPSC", notice_number="26-1", hazard="Burns.",
            models=["A1"], units="Made in 2025", remedy="Stop.", checked_on="2026-11-22",
            source_id=a_source("R1", kind="regulator").id, position=0,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.expire_all()

    comparison = compared("a", "b")
    one, other = cells(comparison, "recalls")

    assert [column.is_recalled for column in comparison.columns] == [True, False]
    assert one.text == (
        "Recalled: The danger: Burns.; What to do: Stop.; A1. Only some units: Made in 2025; "
        "CPSC, notice 26-1"
    )
    assert (other.words, other.remarks) == (
        "Not stated",
        ("no notice found in the sources we read, checked 22 November 2026",),
    )


def test_pressures_share_one_scale(context: Flask) -> None:
    for name in ("pressure_min_mmhg", "pressure_max_mmhg"):
        an_attribute(name, Kind.NUMBER, unit="mmHg", forms=["boots"])
    a_product("a", facts={"pressure_min_mmhg": 30, "pressure_max_mmhg": 110})
    a_product("b", facts={"pressure_max_mmhg": 210})
    a_product("gun", form_id="gun")

    scale = compared("a", "b", "gun").pressures

    assert scale is not None
    assert (scale.top, list(scale.marks)) == (250, [0, 50, 100, 150, 200, 250])
    assert [(span.low, span.high) for span in scale.spans] == [(30, 110), (None, 210), (None, None)]
    assert scale.spans[1].words == "up to 210 mm Hg, gentlest not stated"
    assert scale.spans[2].words == "Not applicable"
    assert compared("a", "gun").pressures is None


def test_nothing_at_all_can_be_compared(context: Flask) -> None:
    assert compared().columns == ()
