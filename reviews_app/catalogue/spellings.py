"""Knows how readers write units and currencies: in small letters, without spaces and points."""

from __future__ import annotations

import re

from reviews_app.catalogue.units import UNITS
from reviews_app.catalogue.values import SYMBOLS

DEGREES = frozenset(("°", "deg", "degree", "degrees"))
"""Of which scale, says what is chosen beside the field."""


def as_spelled(text: str) -> str:
    """`text` as the tables below have it."""
    return re.sub(r"[\s.]", "", text.lower())


SPELLINGS = {
    **{as_spelled(words): one.id for one in UNITS.values() for words in (one.words, one.id)},
    **dict.fromkeys(("cms", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("mms", "millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("ins", "inch", "inches", '"', "“", "”", "″", "''", "’’"), "in"),
    **dict.fromkeys(("kilo", "kilos", "kgs", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("gram", "grams"), "g"),
    **dict.fromkeys(("lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("ounce", "ounces"), "oz"),
    **dict.fromkeys((of + c for of in ("", *DEGREES) for c in ("c", "celsius")), "°C"),
    **dict.fromkeys((of + f for of in ("", *DEGREES) for f in ("f", "fahrenheit")), "°F"),
    **dict.fromkeys(("mins", "minute"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour"), "h"),
    **dict.fromkeys(("month", "months"), "months"),
    **dict.fromkeys(("db", "decibel", "decibels"), "dB"),
}
"""Units by how they are written, months and decibels too, which nothing is converted to."""

DOLLARS = ("USD", "CAD", "AUD")

CURRENCIES = {
    **{as_spelled(code): (code,) for code in SYMBOLS},
    **{as_spelled(sign): (code,) for code, sign in SYMBOLS.items()},
    **dict.fromkeys(("$", "dollar", "dollars"), DOLLARS),
    **dict.fromkeys(("us$", "usdollar", "usdollars"), ("USD",)),
    **dict.fromkeys(("c$", "can$", "canadiandollar", "canadiandollars"), ("CAD",)),
    **dict.fromkeys(("au$", "aud$", "australiandollar", "australiandollars"), ("AUD",)),
    **dict.fromkeys(("euro", "euros"), ("EUR",)),
    **dict.fromkeys(("pound", "pounds"), ("GBP",)),
    **dict.fromkeys(("yen", "jp¥", "円"), ("JPY",)),
    **dict.fromkeys(("rs", "rupee", "rupees"), ("INR",)),
}
"""Currencies by how they are written; of several, the one that is chosen is meant, or the first."""
