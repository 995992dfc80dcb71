"""How the totals of a method are spread, and how far its order hangs on each weight."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.scores.computing import PartScore, total_score
from reviews_app.scores.models import Score, ScorePart, Unscored
from reviews_app.scores.records import MethodRecord, PartRule

BIN_CENTI = 50
"""A bar of the histogram is half a point wide."""

FIRST = 10
"""How many at the head of the order are looked at, as a reader would."""

MOST_COMPARED = 2000
"""Machines that orders are compared over; of more, as many are taken evenly by their ids."""

Totals = Mapping[int, int]
"""Totals in hundredths, by product id."""


@dataclass(frozen=True)
class Bar:
    """How many totals are from `low_centi` up to, and not including, `high_centi`."""

    low_centi: int
    high_centi: int
    count: int


@dataclass(frozen=True)
class Change:
    """The order with one weight changed, beside the method's own.

    `correlation` is Spearman's, over the machines with a total in both, from -1 to 1; None where
    there are too few to tell. `stay` of the first `first` are still among them; `totals` machines
    have a total.
    """

    weight: int
    correlation: float | None
    stay: int
    first: int
    totals: int


@dataclass(frozen=True)
class Sensitivity:
    """What the order makes of one part counting twice as much, and not at all."""

    part: PartRule
    doubled: Change
    dropped: Change | None


@dataclass(frozen=True)
class Spread:
    """The totals of one version of the method over the machines of the catalogue."""

    bars: tuple[Bar, ...]
    scored: int
    median_centi: int | None
    unscored: tuple[tuple[Unscored, int], ...]
    sensitivities: tuple[Sensitivity, ...]
    compared: int

    @property
    def highest(self) -> int:
        """The count of the highest bar."""
        return max((bar.count for bar in self.bars), default=0)

    @property
    def machines(self) -> int:
        """All machines, scored or not."""
        return self.scored + sum(count for _, count in self.unscored)


def spread(rules: MethodRecord) -> Spread:
    """The spread of the totals stored, in two statements, and the sensitivity of their order."""
    stored = _stored(rules.version)
    totals = {id_: total for id_, (total, _, _) in stored.items() if total is not None}
    sample = _sample(stored)
    reasons = Counter(Unscored(reason) for _, reason, _ in stored.values() if reason)
    return Spread(
        bars=_bars(list(totals.values())),
        scored=len(totals),
        median_centi=sorted(totals.values())[len(totals) // 2] if totals else None,
        unscored=tuple((one, reasons[one]) for one in Unscored if reasons[one]),
        sensitivities=tuple(_sensitivities(rules, sample)),
        compared=len(sample),
    )


_Stored = Mapping[int, tuple[int | None, str | None, int | None]]


def _stored(version: int) -> _Stored:
    rows = db.session.execute(
        sa.select(Score.product_id, Score.total_centi, Score.reason, Score.cap_centi)
        .join(Product, Product.id == Score.product_id)
        .where(Score.method_version == version, Product.retired_at.is_(None))
    )
    return {id_: (total, reason, cap) for id_, total, reason, cap in rows}


def _bars(totals: Sequence[int]) -> tuple[Bar, ...]:
    # Ten itself stands in the last bar.
    counts = Counter(min(total, 999) // BIN_CENTI for total in totals)
    return tuple(
        Bar(n * BIN_CENTI, (n + 1) * BIN_CENTI, counts[n]) for n in range(1000 // BIN_CENTI)
    )


def _sample(stored: _Stored) -> _Stored:
    """Those that may have a total, or as many of them as are compared."""
    may = sorted(
        id_ for id_, (_, reason, _) in stored.items() if reason in (None, Unscored.TOO_LITTLE_KNOWN)
    )
    step = -(-len(may) // MOST_COMPARED) or 1
    return {id_: stored[id_] for id_ in may[::step]}


def _sensitivities(rules: MethodRecord, stored: _Stored) -> list[Sensitivity]:
    own = {id_: total for id_, (total, _, _) in stored.items() if total is not None}
    parts = _parts(rules.version, stored)
    caps = {id_: cap for id_, (_, _, cap) in stored.items()}

    def changed(part: PartRule, weight: int) -> Change:
        weights = rules.weights | {part.id: weight}
        totals = {
            id_: points
            for id_, scores in parts.items()
            if (points := _total(scores, weights, rules, caps[id_])) is not None
        }
        return _change(weight, own, totals)

    alone = len(rules.parts) == 1
    return [
        Sensitivity(one, changed(one, 2 * one.weight), None if alone else changed(one, 0))
        for one in rules.parts
    ]


def _parts(version: int, here: _Stored) -> dict[int, dict[str, PartScore]]:
    rows = db.session.execute(
        sa.select(
            ScorePart.product_id,
            ScorePart.part_id,
            ScorePart.points_centi,
            ScorePart.coverage_percent,
        ).where(ScorePart.method_version == version, ScorePart.product_id.in_(list(here)))
    )
    found: dict[int, dict[str, PartScore]] = defaultdict(dict)
    for product_id, part_id, points, coverage in rows:
        found[product_id][part_id] = PartScore(points, coverage)
    return found


def _total(
    scores: Mapping[str, PartScore],
    weights: Mapping[str, int],
    rules: MethodRecord,
    cap: int | None,
) -> int | None:
    weighted = [(weights[part], score) for part, score in scores.items()]
    total = total_score(weighted, floor_percent=rules.floor_percent, cap_centi=cap)
    return total.points_centi


def _change(weight: int, own: Totals, other: Totals) -> Change:
    both = [id_ for id_ in own if id_ in other]
    first = _first(own, FIRST)
    return Change(
        weight,
        rank_correlation([own[id_] for id_ in both], [other[id_] for id_ in both]),
        len(first & _first(other, len(first))),
        len(first),
        len(other),
    )


def _first(totals: Totals, n: int) -> set[int]:
    return set(sorted(totals, key=lambda id_: (-totals[id_], id_))[:n])


def rank_correlation(ones: Sequence[int], others: Sequence[int]) -> float | None:
    """Spearman's rank correlation of two lists, ties by their mean rank; None where it has none."""
    x, y = _ranks(ones), _ranks(others)
    mean = (len(x) + 1) / 2
    spread_x = sum((a - mean) ** 2 for a in x)
    spread_y = sum((b - mean) ** 2 for b in y)
    if not spread_x or not spread_y:
        return None
    together = sum((a - mean) * (b - mean) for a, b in zip(x, y, strict=True))
    return float(together / (spread_x * spread_y) ** 0.5)


def _ranks(values: Sequence[int]) -> list[float]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(values), start=1):
        places[value].append(place)
    ranks = {value: sum(tied) / len(tied) for value, tied in places.items()}
    return [ranks[value] for value in values]
