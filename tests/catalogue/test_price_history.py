"""Prices over the months: what follows each other is joined, what does not is a gap."""

from __future__ import annotations

import pytest

from reviews_app.catalogue.price_history import histories
from reviews_app.catalogue.prices import Seen


def _seen(
    *told: tuple[str | None, int], currency: str = "USD", terms: str = "regular"
) -> list[Seen]:
    return [Seen(currency, cents, terms, as_of) for as_of, cents in told]


def test_months_that_follow_each_other_are_one_line() -> None:
    [history] = histories(_seen(("2025-12", 200_00), ("2026-01", 180_00), ("2026-02", 190_00)))

    assert [[(p.months, p.amount_cents) for p in run] for run in history.runs] == [
        [(0, 200_00), (1, 180_00), (2, 190_00)]
    ]
    assert history.gaps == ()
    assert (history.first, history.last, history.months) == ("December 2025", "February 2026", 2)


def test_months_in_which_no_price_was_seen_are_a_gap_and_no_line_crosses_it() -> None:
    [history] = histories(
        _seen(("2026-01", 100_00), ("2026-05", 120_00), ("2026-06", 110_00), ("2026-10", 90_00))
    )

    assert history.gaps == ((0, 4), (5, 9))
    assert [[p.months for p in run] for run in history.runs] == [[4, 5]]
    assert history.top_cents == 120_00


def test_a_sale_is_a_point_but_no_part_of_the_line() -> None:
    [history] = histories(
        [*_seen(("2026-01", 100_00), ("2026-03", 90_00)), *_seen(("2026-02", 50_00), terms="sale")]
    )

    assert [(p.months, p.is_regular) for p in history.points] == [(0, True), (1, False), (2, True)]
    assert history.runs == ()
    assert history.gaps == ()


def test_of_two_regular_prices_of_a_month_the_line_takes_the_higher() -> None:
    [history] = histories(_seen(("2026-01", 80_00), ("2026-01", 100_00), ("2026-02", 90_00)))

    assert [[p.amount_cents for p in run] for run in history.runs] == [[100_00, 90_00]]
    assert len(history.points) == 3


@pytest.mark.parametrize(
    "seen",
    [
        [],
        _seen(("2026-01", 100_00)),
        _seen(("2026-01", 100_00), ("2026-01", 90_00)),
        _seen(("2026-01", 100_00), (None, 90_00)),
        [*_seen(("2026-01", 100_00)), *_seen(("2026-02", 10_00), terms="part")],
        [*_seen(("2026-01", 100_00)), *_seen(("2026-02", 90_00), currency="GBP")],
    ],
)
def test_one_month_is_no_history(seen: list[Seen]) -> None:
    assert histories(seen) == []
