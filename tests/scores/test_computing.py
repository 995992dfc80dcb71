"""The arithmetic of a score, against fractions worked out the slow way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.scores.computing import (
    Line,
    PartScore,
    part_score,
    points_on,
    rounded,
    total_score,
)

POINTS = st.integers(0, 1000)
FACTS = st.lists(st.tuples(st.integers(1, 100), st.none() | POINTS), max_size=6)
SCORES = st.builds(PartScore, st.none() | POINTS, st.none() | st.integers(0, 100))
PARTS = st.lists(st.tuples(st.integers(0, 100), SCORES), max_size=6)
CENTS = st.integers(0, 1000).map(lambda n: n / 100)
LINES = st.dictionaries(CENTS, CENTS, min_size=1, max_size=6).map(
    lambda d: tuple(sorted(d.items()))
)


def half_up(number: Fraction) -> int:
    """To the nearest whole number, half upwards, by another road than `rounded`."""
    quotient = Decimal(number.numerator) / Decimal(number.denominator)
    return int(quotient.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_half_is_rounded_upwards(numerator: int, denominator: int) -> None:
    assert rounded(numerator, denominator) == half_up(Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("at", "points"),
    [
        (0, 1000),
        (0.5, 1000),
        (0.7, 800),
        (0.85, 650),
        (1, 500),
        (1.000625, 500),
        (1.5, 100),
        (9, 0),
    ],
)
def test_a_line_gives_what_lies_between_its_corners(at: float, points: int) -> None:
    line: Line = ((0.5, 10), (0.7, 8), (1, 5), (1.5, 1), (2, 0))
    assert points_on(line, at) == points


@given(LINES, CENTS)
def test_a_line_stays_within_its_corners_and_meets_each(line: Line, at: float) -> None:
    heights = [round(100 * y) for _, y in line]
    assert min(heights) <= points_on(line, at) <= max(heights)
    assert [points_on(line, x) for x, _ in line] == heights


@given(FACTS)
def test_a_part_is_the_mean_of_what_is_known(facts: list[tuple[int, int | None]]) -> None:
    part = part_score(facts)
    known = [(w, p) for w, p in facts if p is not None]
    if not facts:
        assert part == PartScore(None, None)
    elif not known:
        assert part == PartScore(None, 0)
    else:
        weight = sum(w for w, _ in known)
        assert part.points_centi == half_up(Fraction(sum(w * p for w, p in known), weight))
        assert part.coverage_percent == half_up(Fraction(100 * weight, sum(w for w, _ in facts)))


@given(FACTS, st.integers(1, 100))
def test_a_missing_fact_moves_no_points(facts: list[tuple[int, int | None]], weight: int) -> None:
    without, with_ = part_score(facts), part_score([*facts, (weight, None)])
    assert without.points_centi == with_.points_centi
    assert (without.coverage_percent or 0) >= (with_.coverage_percent or 0)


@given(PARTS, st.integers(0, 100), st.none() | POINTS)
def test_a_total_is_the_mean_of_the_parts_under_floor_and_cap(
    parts: list[tuple[int, PartScore]], floor: int, cap: int | None
) -> None:
    total = total_score(parts, floor_percent=floor, cap_centi=cap)
    counted = [(w, p.coverage_percent) for w, p in parts if w and p.coverage_percent is not None]
    pointed = [(w, p.points_centi) for w, p in parts if w and p.points_centi is not None]
    coverage = 0
    if counted:
        weight = sum(w for w, _ in counted)
        coverage = half_up(Fraction(sum(w * c for w, c in counted), weight))
    assert total.coverage_percent == coverage
    if not pointed or coverage < floor:
        assert total.points_centi is None
    else:
        mean = half_up(Fraction(sum(w * p for w, p in pointed), sum(w for w, _ in pointed)))
        assert total.points_centi == (mean if cap is None else min(mean, cap))
