"""Of several facts on one attribute one is accepted, and the reader is told why."""

from __future__ import annotations

from typing import Any

import pytest

from reviews_app.catalogue.accepting import CitedSource, judge
from reviews_app.catalogue.records import FactRecord
from reviews_app.catalogue.sources import Standing

SOURCES = {
    "maker": CitedSource("Maker", "", Standing.MAKER),
    "manual": CitedSource("Manual", "", Standing.MANUAL),
    "shop": CitedSource("Shop", "2020-01-01", Standing.SHOP),
    "newer shop": CitedSource("Newer shop", "2026-01", Standing.SHOP),
    "undated shop": CitedSource("Undated shop", "", Standing.SHOP),
    "weak": CitedSource("Weak", "2026-11-01", Standing.WEAK),
}


def _fact(source: str, value: Any, **more: Any) -> FactRecord:
    return FactRecord(attribute="weight_kg", value=value, source=source, **more)


@pytest.mark.parametrize(
    ("facts", "accepted", "because"),
    [
        ([_fact("shop", 1)], 0, "The only statement found."),
        ([_fact("weak", 1)], 0, "The only statement found, in a weak source."),
        (
            [_fact("weak", 1), _fact("shop", 2)],
            1,
            "Statements differ; this is the best that is not weak.",
        ),
        (
            [_fact("manual", 1, weak=True), _fact("shop", 1)],
            1,
            "All 2 statements agree; this is the best that is not weak.",
        ),
        (
            [_fact("shop", 1), _fact("maker", 2), _fact("manual", 3)],
            2,
            "Statements differ; this is the word of a manual, before the maker.",
        ),
        (
            [_fact("undated shop", 1), _fact("shop", 2), _fact("newer shop", 3)],
            2,
            "Statements differ; this is the newest of equally good sources.",
        ),
        (
            [_fact("shop", 1), _fact("shop", 2)],
            0,
            "Statements differ; this is the first listed of equally good sources.",
        ),
        (
            [_fact("manual", 1), _fact("weak", 2, preferred="weighed twice")],
            1,
            "An editor chose it: weighed twice",
        ),
    ],
)
def test_the_best_statement_is_accepted(
    facts: list[FactRecord], accepted: int, because: str
) -> None:
    verdicts = judge(facts, SOURCES)
    assert [verdict.accepted for verdict in verdicts].index(True) == accepted
    assert verdicts[accepted].because == because
    assert sum(verdict.accepted for verdict in verdicts) == 1


def test_a_fact_in_a_weak_source_is_weak_and_so_is_one_noted_as_such() -> None:
    facts = [_fact("weak", 1), _fact("maker", 1, weak=True), _fact("maker", 1)]
    assert [verdict.weak for verdict in judge(facts, SOURCES)] == [True, True, False]


def test_every_attribute_has_its_own_accepted_fact() -> None:
    other = FactRecord(attribute="heat", value=True, source="weak")
    verdicts = judge([_fact("shop", 1), other, _fact("maker", 2)], SOURCES)
    assert [verdict.accepted for verdict in verdicts] == [False, True, True]


def test_a_product_without_facts_has_no_verdicts() -> None:
    assert judge([], SOURCES) == []
