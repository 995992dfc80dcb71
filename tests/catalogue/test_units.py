"""Conversion is exact, and rounding takes away only what the figure did not say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.catalogue.units import MOST_OFF_PERCENT, UNITS, Unit, convert, converted, shown_as

THERE = [(one, UNITS[one.other]) for one in UNITS.values() if one.other]
PAIRS = [*THERE, *((to, unit) for unit, to in THERE)]
STATED = st.decimals(min_value=0, max_value=5000, allow_nan=False, places=None).map(
    lambda number: number.quantize(Decimal("0.001"))
) | st.integers(0, 5000).map(Decimal)

pairs = st.sampled_from(PAIRS)


@pytest.mark.parametrize(
    ("number", "unit", "there", "to"),
    [
        ("48", "cm", "19", "in"),
        ("48.0", "cm", "18.9", "in"),
        ("19", "in", "48", "cm"),
        ("12", "mm", "0.47", "in"),
        ("1", "kg", "2.2", "lb"),
        ("2.1", "kg", "4.6", "lb"),
        ("3", "kg", "6.6", "lb"),
        ("110", "mmHg", "14.7", "kPa"),
        ("30", "mmHg", "4", "kPa"),
        ("45", "°C", "113", "°F"),
        ("0", "°C", "32", "°F"),
        ("0", "kg", "0", "lb"),
    ],
)
def test_a_figure_in_the_other_unit(number: str, unit: str, there: str, to: str) -> None:
    assert converted([Decimal(number)], UNITS[unit], UNITS[to]) == [Decimal(there)]


def test_numbers_of_one_value_are_rounded_alike() -> None:
    assert converted([Decimal(43), Decimal(22), Decimal(37)], UNITS["cm"], UNITS["in"]) == [
        Decimal(one) for one in ("16.9", "8.7", "14.6")
    ]


@given(pairs, STATED)
def test_the_stated_figure_can_be_read_back(pair: tuple[Unit, Unit], stated: Decimal) -> None:
    unit, to = pair
    [there] = converted([stated], unit, to)

    back = convert(there, to, unit)

    assert back.quantize(stated) == stated
    assert (
        abs(there - convert(stated, unit, to)) * 100
        <= abs(convert(stated, unit, to)) * MOST_OFF_PERCENT
    )


@given(pairs, STATED)
def test_no_decimal_is_printed_that_says_nothing(pair: tuple[Unit, Unit], stated: Decimal) -> None:
    unit, to = pair
    [there] = converted([stated], unit, to)
    exact = convert(stated, unit, to)
    decimals = -int(there.as_tuple().exponent)

    if decimals:
        shorter = exact.quantize(Decimal(1).scaleb(1 - decimals))
        reads_back = convert(shorter, to, unit).quantize(stated) == stated
        assert not reads_back or abs(shorter - exact) * 100 > abs(exact) * MOST_OFF_PERCENT


@given(pairs, STATED, STATED)
def test_more_stays_more(pair: tuple[Unit, Unit], one: Decimal, other: Decimal) -> None:
    unit, to = pair
    low, high = sorted((one, other))

    first, last = converted([low, high], unit, to)

    assert first <= last


@given(pairs, STATED)
def test_there_and_back_is_where_one_was(pair: tuple[Unit, Unit], stated: Decimal) -> None:
    unit, to = pair

    back = convert(convert(stated, unit, to), to, unit)

    assert abs(Fraction(back) - Fraction(stated)) < Fraction(1, 10**25)


@given(pairs, STATED)
def test_what_was_stated_is_among_all_that_is_shown_like_it(
    pair: tuple[Unit, Unit], stated: Decimal
) -> None:
    unit, to = pair
    [shown] = converted([Decimal(format(stated.normalize(), "f"))], unit, to)

    assert stated in shown_as(shown, to, unit)


@given(pairs, STATED)
def test_of_all_that_is_shown_alike_each_is_shown_so(
    pair: tuple[Unit, Unit], typed: Decimal
) -> None:
    unit, to = pair
    figures = shown_as(typed, unit, to)

    shown = {converted([one.normalize()], to, unit)[0] for one in figures}

    assert shown == {typed} or len(figures) == 1


def test_a_length_is_no_weight() -> None:
    with pytest.raises(ValueError, match="does not measure"):
        convert(Decimal(1), UNITS["cm"], UNITS["kg"])


def test_every_other_unit_measures_the_same() -> None:
    assert all(unit.measures == to.measures for unit, to in PAIRS)
