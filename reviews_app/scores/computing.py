"""The arithmetic of a score: whole numbers only, so that every machine and every language agrees.

Points are hundredths of a scale from 0 to 10. Nothing here knows a machine, a price or a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

Number = int | float
Line = tuple[tuple[Number, Number], ...]
"""Corners of a piecewise-linear map: where, and how many of ten points; rising in where."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part of a score: None for points where nothing is known, for both where it never applies.

    points_centi: 0 to 1000. coverage_percent: how much of what the part reads is known, 0 to 100.
    """

    points_centi: int | None
    coverage_percent: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """What parts come to: None for points where less is known than the floor asks for."""

    points_centi: int | None
    coverage_percent: int


def rounded(numerator: int, denominator: int) -> int:
    """The whole number nearest to the quotient, half upwards; neither may be negative."""
    return (2 * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=50_000)
def points_on(line: Line, at: Number) -> int:
    """The points a line gives at a number, in hundredths; beyond its ends those of the end."""
    x, corners = _exact(at), [(_exact(where), _exact(points)) for where, points in line]
    if x <= corners[0][0]:
        return _centi(corners[0][1])
    for (x0, y0), (x1, y1) in pairwise(corners):
        if x <= x1:
            return _centi(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
    return _centi(corners[-1][1])


def as_centi(points: Number) -> int:
    """Points out of ten as hundredths."""
    return _centi(_exact(points))


def in_words(centi: int) -> str:
    """Points as they are printed, with one decimal: 8.2."""
    tenths = rounded(centi, 10)
    return f"{tenths // 10}.{tenths % 10}"


def part_score(facts: Iterable[tuple[int, int | None]]) -> PartScore:
    """A part from its facts: (weight, points in hundredths or None where nobody states it).

    The points are the weighted mean over what is known, so that a missing fact lowers coverage
    and neither raises nor lowers points. Without a fact the part does not apply.
    """
    listed = list(facts)
    if not listed:
        return PartScore(None, None)
    known = [(weight, points) for weight, points in listed if points is not None]
    weight_known = sum(weight for weight, _ in known)
    coverage = rounded(100 * weight_known, sum(weight for weight, _ in listed))
    if not known:
        return PartScore(None, coverage)
    return PartScore(rounded(sum(w * points for w, points in known), weight_known), coverage)


def total_score(
    parts: Iterable[tuple[int, PartScore]], *, floor_percent: int, cap_centi: int | None
) -> Total:
    """A total from parts with their weights: the mean of the points, no higher than the cap.

    Parts of weight 0 count for nothing. Coverage is the mean over the parts that apply; below the
    floor there are no points.
    """
    listed = list(parts)
    coverage = _mean((weight, part.coverage_percent) for weight, part in listed) or 0
    points = _mean((weight, part.points_centi) for weight, part in listed)
    if points is None or coverage < floor_percent:
        return Total(None, coverage)
    return Total(points if cap_centi is None else min(points, cap_centi), coverage)


def _mean(weighted: Iterable[tuple[int, int | None]]) -> int | None:
    present = [(weight, value) for weight, value in weighted if value is not None and weight]
    if not present:
        return None
    return rounded(sum(w * value for w, value in present), sum(w for w, _ in present))


def _exact(number: Number) -> Fraction:
    """The number as it is written, not as it is held: 0.1 is one tenth."""
    return Fraction(repr(number))


def _centi(points: Fraction) -> int:
    scaled = points * 100
    return rounded(scaled.numerator, scaled.denominator)
