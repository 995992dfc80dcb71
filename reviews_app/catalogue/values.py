"""What is known, in words: the value of a fact, a sum of money, a month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from reviews_app.catalogue.units import unit_words
from reviews_app.catalogue.vocabulary import Attribute, Kind

STATED = "stated"
MISSING = "unknown"
INAPPLICABLE = "na"
WEAK = "weak"
"""Stated, but by a source that loses to any other."""

MISSING_WORDS = "Not stated"
INAPPLICABLE_WORDS = "Not applicable"

ONE = {
    "hours": "hour",
    "minutes": "minute",
    "months": "month",
    "strokes a minute": "stroke a minute",
}

SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "INR": "₹", "CAD": "CA$", "AUD": "A$"}
WITHOUT_HUNDREDTHS = frozenset({"JPY"})

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def value_in_words(attribute: Attribute, value: Any) -> str:
    """A stated value as a reader sees it: "Yes", "30, 60 or 90 min", "43 × 22 × 37 cm"."""
    match attribute.kind:
        case Kind.YES_NO:
            return "Yes" if value else "No"
        case Kind.NUMBER:
            return _with_unit(_either(value, attribute), attribute)
        case Kind.DIMENSIONS:
            return _with_unit(" × ".join(number_in_words(n) for n in _listed(value)), attribute)
        case _:
            labels = {option["id"]: option["label"] for option in attribute.options}
            return ", ".join(str(labels.get(one, one)) for one in _listed(value))


def number_in_words(number: float | Decimal, *, grouped: bool = True) -> str:
    """At most three decimals, thousands set apart: "3,200", "1.45"."""
    text = f"{number:,.3f}" if grouped else f"{number:.3f}"
    return text.rstrip("0").rstrip(".")


def money_in_words(amount_cents: int, currency: str) -> str:
    """A sum as a shop would write it: "$899", "£149.99", "¥29,800"; other currencies by code."""
    whole, cents = divmod(amount_cents, 100)
    text = f"{whole:,}" if not cents or currency in WITHOUT_HUNDREDTHS else f"{whole:,}.{cents:02d}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{text}" if symbol else f"{currency} {text}"


def month_in_words(date: str) -> str:
    """An ISO year, month or day as a reader says it: "2026", "June 2026", "3 June 2026"."""
    year, *rest = date.split("-")
    words = [*(str(int(day)) for day in rest[1:2]), *(MONTHS[int(m) - 1] for m in rest[:1]), year]
    return " ".join(words)


def is_old(as_of: str, today: dt.date) -> bool:
    """Whether a price of that ISO month was seen more than a year ago."""
    year, month = (int(part) for part in as_of.split("-")[:2])
    return (today.year * 12 + today.month) - (year * 12 + month) > 12


def _either(value: Any, attribute: Attribute) -> str:
    """Several settings of one machine read as a choice: "15, 30 or 60"."""
    grouped = attribute.unit is not None  # a year is not 2,023
    *most, last = [number_in_words(number, grouped=grouped) for number in _listed(value)]
    return f"{', '.join(most)} or {last}" if most else last


def _with_unit(text: str, attribute: Attribute) -> str:
    if attribute.unit is None:
        return text
    if attribute.unit == "EU":
        return f"EU {text}"
    unit = unit_words(attribute.unit)
    return f"{text} {ONE.get(unit, unit) if text == '1' else unit}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
