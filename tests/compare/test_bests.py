"""A value is called best only where that is true of every machine and nobody weak says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.catalogue.products import Fact
from reviews_app.catalogue.sheet import Line
from reviews_app.catalogue.vocabulary import Attribute, Kind
from reviews_app.compare.bests import best, shares

Number = float | tuple[float, float] | None

NUMBERS = st.one_of(
    st.none(),
    st.integers(0, 5).map(float),
    st.tuples(st.integers(0, 3), st.integers(3, 5)).map(lambda ends: (float(ends[0]), ends[1])),
)
CELLS = st.lists(st.tuples(NUMBERS, st.booleans()), min_size=2, max_size=5)


def an_attribute(better: str, unit: str | None = None) -> Attribute:
    return Attribute(id="number", label="Number", kind=Kind.NUMBER, better=better, unit=unit)


def a_line(attribute: Attribute, number: Number, *, weak: bool = False, na: bool = False) -> Line:
    if number is None:
        return Line(attribute, "na" if na else "unknown", "", None)
    low, high = number if isinstance(number, tuple) else (number, number)
    fact = Fact(number_low=low, number_high=high, weak=weak)
    return Line(attribute, "stated", "", fact)


def marks(better: str, *numbers: Number | str, unit: str | None = None) -> list[str]:
    """A number with a trailing "w" is from a weak source; "na" is not applicable."""
    attribute = an_attribute(better, unit)
    lines = []
    for one in numbers:
        if isinstance(one, str) and one != "na":
            lines.append(a_line(attribute, float(one.removesuffix("w")), weak=True))
        else:
            lines.append(a_line(attribute, None if isinstance(one, str) else one, na=one == "na"))
    return best(attribute, lines)


@pytest.mark.parametrize(
    ("better", "numbers", "expected"),
    [
        ("higher", (1, 2, 3), ["", "", "highest"]),
        ("lower", (1, 2, 3), ["lowest", "", ""]),
        ("", (1, 2, 3), ["", "", ""]),
        ("higher", (3, 3, 1), ["highest", "highest", ""]),
        ("higher", (3, 3), ["", ""]),
        ("higher", (3, None), ["", ""]),
        ("higher", (3, 1, None), ["highest stated", "", ""]),
        ("higher", (3, 1, "na"), ["highest", "", ""]),
        ("higher", (3, 1, "5w"), ["", "", ""]),
        ("higher", (3, 1, "3w"), ["", "", ""]),
        ("higher", (3, 1, "2w"), ["highest", "", ""]),
        ("higher", (3, "2w"), ["", ""]),
        ("higher", ((2, 6), 3), ["", ""]),
        ("higher", ((3, 6), 3, 1), ["highest", "", ""]),
        ("lower", ((1, 6), 7), ["lowest", ""]),
    ],
)
def test_best_is_said_only_where_it_is_true(
    better: str, numbers: tuple[Number | str, ...], expected: list[str]
) -> None:
    assert marks(better, *numbers) == expected


def test_best_has_the_word_of_its_unit() -> None:
    assert marks("higher", 1, 2, unit="h") == ["", "longest"]
    assert marks("lower", 1, 2, unit="kg") == ["lightest", ""]
    assert marks("lower", 1, 2, unit="dB") == ["quietest", ""]


@given(st.sampled_from(["higher", "lower"]), CELLS)
def test_no_machine_is_better_than_the_best(better: str, cells: list[tuple[Number, bool]]) -> None:
    attribute = an_attribute(better)
    lines = [a_line(attribute, number, weak=weak) for number, weak in cells]

    for line, mark in zip(lines, best(attribute, lines), strict=True):
        if not mark:
            continue
        assert line.accepted is not None
        assert not line.accepted.weak
        for other in lines:
            if other.accepted is not None and other is not line:
                low, high = other.accepted.number_low, other.accepted.number_high
                assert low is not None
                assert high is not None
                worst = (
                    line.accepted.number_low if better == "higher" else line.accepted.number_high
                )
                assert worst is not None
                assert worst >= high if better == "higher" else worst <= low


def test_bars_are_parts_of_the_greatest() -> None:
    attribute = an_attribute("lower")
    lines = [a_line(attribute, one) for one in (1.0, 4.0, None)]

    assert shares(attribute, lines) == [0.25, 1.0, None]
    assert shares(attribute, lines[1:]) == [None, None]
    assert shares(an_attribute(""), lines) == [None, None, None]
