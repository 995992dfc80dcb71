"""Prices of one machine over the months: when one was seen, and when none was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.prices import REGULAR, Seen
from reviews_app.catalogue.values import month_in_words

PART = "part"


@dataclass(frozen=True)
class Point:
    """A price seen `months` after the first; `is_regular` unless it was a sale."""

    months: int
    amount_cents: int
    is_regular: bool


@dataclass(frozen=True)
class History:
    """Prices in one currency over at least two months, from the month `first` to `last` in words.

    `gaps` are the stretches in which none was seen: from one month with a price to the next, where
    these do not follow each other.
    """

    currency: str
    first: str
    last: str
    months: int
    points: tuple[Point, ...]
    gaps: tuple[tuple[int, int], ...]

    @property
    def top_cents(self) -> int:
        """The highest price."""
        return max(point.amount_cents for point in self.points)

    @property
    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """Regular prices of months that follow each other, of one month the highest."""
        highest: dict[int, Point] = {}
        for point in self.points:
            if point.is_regular and (
                point.months not in highest
                or point.amount_cents > highest[point.months].amount_cents
            ):
                highest[point.months] = point
        runs: list[list[Point]] = []
        for point in highest.values():
            if runs and runs[-1][-1].months + 1 == point.months:
                runs[-1].append(point)
            else:
                runs.append([point])
        return tuple(tuple(run) for run in runs if len(run) > 1)


def histories(seen: Iterable[PriceObservation | Seen]) -> list[History]:
    """One for each currency with prices in two months or more; for a part, or undated, none."""
    by_currency: dict[str, set[tuple[str, int, bool]]] = {}
    for one in seen:
        if one.as_of and one.terms != PART:
            told = (one.as_of, one.amount_cents, one.terms == REGULAR)
            by_currency.setdefault(one.currency, set()).add(told)
    return [
        _history(currency, sorted(told))
        for currency, told in sorted(by_currency.items())
        if len({as_of for as_of, *_ in told}) > 1
    ]


def _history(currency: str, told: list[tuple[str, int, bool]]) -> History:
    first, last = told[0][0], told[-1][0]
    points = [Point(_months(as_of) - _months(first), cents, is_) for as_of, cents, is_ in told]
    looked = sorted({point.months for point in points})
    return History(
        currency=currency,
        first=month_in_words(first),
        last=month_in_words(last),
        months=looked[-1],
        points=tuple(points),
        gaps=tuple((one, other) for one, other in pairwise(looked) if other > one + 1),
    )


def _months(as_of: str) -> int:
    year, month = (int(part) for part in as_of.split("-")[:2])
    return year * 12 + month
