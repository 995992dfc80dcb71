"""Knows the numbers and sizes a reader can type, and the parts of the leg that are measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reviews_app.catalogue.units import LENGTH, UNITS, Unit, convert, shown_as, unit_words

CM_PER = {one.id: one.size for one in UNITS.values() if one.measures == LENGTH}
"""Centimetres in one of each unit of length."""

SPELLINGS = {
    **{spelled.lower(): one.id for one in UNITS.values() for spelled in (one.words, one.id)},
    **dict.fromkeys(("centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
    **dict.fromkeys(("in.", "inch", "inches", '"', "″", "”", "''"), "in"),
    **dict.fromkeys(("kilo", "kilos", "kgs", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("gram", "grams"), "g"),
    **dict.fromkeys(("lbs", "lb.", "lbs.", "pound", "pounds"), "lb"),
    **dict.fromkeys(("oz.", "ounce", "ounces"), "oz"),
    **dict.fromkeys(("c", "celsius"), "°C"),
    **dict.fromkeys(("f", "fahrenheit"), "°F"),
    **dict.fromkeys(("mins", "minute"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour"), "h"),
}
"""How readers write each unit, in small letters."""

OF_SIZES = ("cm", "in")
"""What a leg is measured in."""

PARTS = {
    "calf": ("Calf", "How far round your calf is at its widest, like 48 cm or 19 inches."),
    "thigh": ("Thigh", "How far round your thigh is at its widest, like 60 cm or 24 inches."),
    "foot": ("Foot", "How long your foot is from heel to toe, like 28 cm or 11 inches."),
}
"""What a reader may measure for a machine to fit: the label, and how to measure it."""

NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]*))?")
NEGATIVE = re.compile(r"[-−]\s*[0-9.]+")
MEASURE = re.compile(r"([-−+]?[0-9.]*)\s*(.*)", re.DOTALL)
NO_NUMBER = "that is not a number we can read: write digits, like 120 or 1.5"
MOST_DIGITS = 9
MOST_DECIMALS = 6


class NotUsable(ValueError):
    """What was typed is no number we can use; its text says why, in words for a reader."""


@dataclass(frozen=True)
class Size:
    """A length, in the unit the reader used."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{plain(self.number)}{self.unit}"

    def within(self, unit: str) -> Decimal:
        """The same size in another unit of length."""
        return self.number * CM_PER[self.unit] / CM_PER[unit]


@dataclass(frozen=True)
class Quantity:
    """A number that was typed, in the unit of the facts it is held against.

    least, most: the ends of all that a page shows as what was typed. They differ where that was in
    another unit, in which pages show less of it: "5 lb" is 2.267 to 2.3 kg.
    """

    exact: Decimal
    least: Decimal
    most: Decimal


def read_number(text: str) -> Decimal:
    """The number in `text`; raises NotUsable for anything but digits with at most one point."""
    if NEGATIVE.fullmatch(text):
        raise NotUsable("a number here cannot be below 0")
    found = NUMBER.fullmatch(text)
    if found is None or not any(found.groups()):
        raise NotUsable(NO_NUMBER)
    whole, decimals = found[1].lstrip("0"), (found[2] or "").rstrip("0")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise NotUsable("that number has more digits than anything here can have")
    return Decimal(f"{whole or 0}.{decimals}" if decimals else whole or "0")


def units_for(unit: str | None) -> tuple[str, ...]:
    """The unit facts are stated in, and the other that pages show; none where one is enough."""
    stated = UNITS.get(unit or "")
    return (stated.id, stated.other) if stated and stated.other else ()


def read_quantity(text: str, unit: str | None, chosen: str | None = None) -> Quantity:
    """The number in `text`, to be held against facts in `unit`.

    It is in the unit written behind it, or else in the one `chosen` beside the field, or else in
    `unit`. Raises NotUsable where it cannot be read, or measures something else.
    """
    number_text, unit_text = _parted(text)
    typed = _unit_read(unit_text, unit) if unit_text else chosen or unit
    if not number_text or (unit_text and typed is None):
        raise NotUsable(_how_to_write(unit))
    return _quantity(read_number(number_text), UNITS.get(typed or ""), UNITS.get(unit or ""))


def _unit_read(text: str, unit: str | None) -> str | None:
    """The unit that `text` spells, where it measures what `unit` does."""
    if unit is None or text in {unit.lower(), unit_words(unit).lower()}:
        return unit
    typed, stated = UNITS.get(SPELLINGS.get(text, "")), UNITS.get(unit)
    return typed.id if typed and stated and typed.measures == stated.measures else None


def _quantity(number: Decimal, typed: Unit | None, stated: Unit | None) -> Quantity:
    if typed is None or stated is None or typed == stated:
        return Quantity(number, number, number)
    found = shown_as(number, typed, stated)
    if min(found) < 0:
        raise NotUsable(f"a number here cannot be below 0 {stated.words}")
    least, most = (read_number(plain(one)) for one in (min(found), max(found)))
    return Quantity(convert(number, typed, stated), least, most)


def _how_to_write(unit: str | None) -> str:
    units = [UNITS[one].words for one in units_for(unit)] or ([unit_words(unit)] if unit else [])
    behind = f", alone or with {' or '.join(units)} behind it" if units else ""
    return f"{NO_NUMBER}{behind}"


def read_size(text: str, chosen: str | None = None) -> Size:
    """The size in `text`, like 48cm or 19in; raises NotUsable where it cannot be read.

    Without a unit behind it, it is in the one `chosen` beside the field.
    """
    number_text, unit_text = _parted(text)
    if not number_text:
        raise NotUsable("that is not a size we can read: write it like 48cm or 19in")
    number = read_number(number_text)
    if not unit_text and chosen is None:
        raise NotUsable("say in which unit: 48cm or 19in")
    unit = SPELLINGS.get(unit_text) if unit_text else chosen
    if unit not in OF_SIZES:
        raise NotUsable("we measure in centimetres or inches here: write it like 48cm or 19in")
    if not number:
        raise NotUsable("a size must be more than 0")
    return Size(number, unit)


def plain(number: Decimal) -> str:
    """The one way to write a number in an address: no exponent, no closing zeros (rule 10)."""
    return format(number.normalize(), "f")


def _parted(text: str) -> tuple[str, str]:
    found = MEASURE.fullmatch(text)
    return (found[1], found[2].strip().lower()) if found else ("", text)
