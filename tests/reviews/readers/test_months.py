"""How long somebody has had a machine, however they write it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.reviews.readers.months import read_months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6", 6),
        (" 0 ", 0),
        ("006", 6),
        ("6 months", 6),
        ("6 Months.", 6),
        ("18mo", 18),
        ("18 mos", 18),
        ("3 mths", 3),
        ("3m", 3),
        ("1.5", 1),
        ("1.5 months", 1),
        (".5 months", 0),
        ("2 years", 24),
        ("2y", 24),
        ("2 yrs", 24),
        ("1 yr.", 12),
        ("1.5 years", 18),
        ("1,5 years", 18),
        ("0.7 years", 8),
        ("half a year", 6),
        ("a year", 12),
        ("One month", 1),
        ("twelve months", 12),
        ("two years and three months", 27),
        ("1 year, 6 months", 18),
        ("1y6m", 18),
        ("1½ years", 18),
        ("1 1/2 years", 18),
        ("a year and a half", 18),
        ("½ year", 6),
        (",6", 0),
        ("1/2", 0),
        ("1,000", 1000),
    ],
)
def test_people_write_months_and_years_in_many_ways(text: str, months: int) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-1",
        "x",
        "٣",
        "months",
        "years",
        "3 weeks",
        "6 months 2 years",
        "1/3 year",
        "and 6",
        "ten years and a bit",
        "1" * 50,
    ],
)
def test_what_is_no_such_time_is_not_guessed(text: str) -> None:
    assert read_months(text) is None


@given(
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["y", "yr", "yrs", "year", "years"]),
    st.sampled_from(["", " "]),
)
def test_years_are_rounded_down_to_whole_months(
    whole: int, part: int, unit: str, space: str
) -> None:
    exact = (whole + Fraction(part, 10_000)) * 12

    assert read_months(f"{whole}.{part:04}{space}{unit}") == exact // 1


@given(st.text(alphabet="0123456789. yearsmonthandlf,", max_size=30))
def test_no_text_is_read_as_less_than_nothing(text: str) -> None:
    assert (read_months(text) or 0) >= 0
