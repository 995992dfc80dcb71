"""Knows the units that facts are stated in, what readers elsewhere measure in, and how to convert.

The one table of units: what is stored never changes, what is shown beside it is worked out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

LENGTH, WEIGHT, PRESSURE, HEAT, TIME = "length", "weight", "pressure", "heat", "time"

MOST_OFF_PERCENT = 2
"""How far rounding may take a converted number from the exact one."""

STATED_DECIMALS = 3
"""No source states more. What readers type may have more: see `shown_as`."""
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Unit:
    """A unit: how it is declared and printed, and what one of it is in the first of its kind.

    `zero` is where its scale begins, in that first unit. `other` is set for units that facts are
    stated in: what readers elsewhere measure in.
    """

    id: str
    words: str
    measures: str
    size: Decimal
    zero: Decimal = Decimal(0)
    other: str | None = None


UNITS = {
    one.id: one
    for one in (
        Unit("cm", "cm", LENGTH, Decimal(1), other="in"),
        Unit("mm", "mm", LENGTH, Decimal("0.1"), other="in"),
        Unit("m", "m", LENGTH, Decimal(100)),
        Unit("in", "in", LENGTH, Decimal("2.54")),
        Unit("kg", "kg", WEIGHT, Decimal(1), other="lb"),
        Unit("g", "g", WEIGHT, Decimal("0.001")),
        Unit("lb", "lb", WEIGHT, Decimal("0.45359237")),
        Unit("oz", "oz", WEIGHT, Decimal("0.45359237") / 16),
        Unit("mmHg", "mm Hg", PRESSURE, Decimal("0.133322387415"), other="kPa"),
        Unit("kPa", "kPa", PRESSURE, Decimal(1)),
        Unit("°C", "°C", HEAT, Decimal(1), other="°F"),
        Unit("°F", "°F", HEAT, Decimal(5) / 9, zero=Decimal(-160) / 9),
        Unit("min", "minutes", TIME, Decimal(1)),
        Unit("h", "hours", TIME, Decimal(60)),
    )
}
"""By id. Inch, pound and the conventional millimetre of mercury (13.5951 × 9.80665 Pa) are exact
by definition: NIST Special Publication 811, appendix B."""


def unit_words(id_: str) -> str:
    """How a unit is printed; one that is not in the table, as it is declared."""
    return UNITS[id_].words if id_ in UNITS else id_


def convert(number: Decimal, unit: Unit, to: Unit) -> Decimal:
    """The same quantity in another unit, not rounded. Raises ValueError across kinds."""
    if unit.measures != to.measures:
        raise ValueError(f"{unit.id} does not measure what {to.id} measures")
    with localcontext(prec=40):
        return (number * unit.size + unit.zero - to.zero) / to.size


def converted(numbers: Sequence[Decimal], unit: Unit, to: Unit) -> list[Decimal]:
    """Numbers of one value in another unit, with as few decimals as lose nothing.

    That is: each, converted back and rounded as it was stated, is what was stated, and none is off
    by more than `MOST_OFF_PERCENT`. So 48 cm are 19 in, and 48.0 cm are 18.9 in.
    """
    exact = [convert(one, unit, to) for one in numbers]
    decimals = 0
    while True:
        rounded = [_to(one, decimals) for one in exact]
        lost = (
            _to(convert(new, to, unit), _decimals(old)) != old or _is_off(new, true)
            for old, true, new in zip(numbers, exact, rounded, strict=True)
        )
        if not any(lost):
            return rounded
        decimals += 1


def shown_as(number: Decimal, unit: Unit, to: Unit) -> list[Decimal]:
    """The figures in `to` that a page shows as `number` in `unit`; there is at least one.

    Who read "5 lb" beside machines of 2.27 and of 2.3 kg, and asks for 5 lb, means both.
    """
    exact, found = convert(number, unit, to), list[Decimal]()
    for decimals in range(MOST_DECIMALS + 1):
        if found and decimals > STATED_DECIMALS:
            break
        one = _to(exact, decimals)
        if converted([_shortest(one)], to, unit) == [number]:
            found.append(one)
    return found or [_to(exact, MOST_DECIMALS)]


def _shortest(number: Decimal) -> Decimal:
    return Decimal(format(number.normalize(), "f"))


def _is_off(rounded: Decimal, exact: Decimal) -> bool:
    return abs(rounded - exact) * 100 > abs(exact) * MOST_OFF_PERCENT


def _to(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
