"""Knows the numbers and sizes a reader can type, and the parts of the leg that are measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reviews_app.catalogue.units import LENGTH, UNITS

CM_PER = {one.id: one.size for one in UNITS.values() if one.measures == LENGTH}
"""Centimetres in one of each unit of length."""

SPELLINGS = {
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("in", "in.", "inch", "inches", '"', "″", "”", "''"), "in"),
}

PARTS = {
    "calf": ("Calf", "How far round your calf is at its widest, like 48cm or 19in."),
    "thigh": ("Thigh", "How far round your thigh is at its widest, like 60cm or 24in."),
    "foot": ("Foot", "How long your foot is from heel to toe, like 28cm or 11in."),
}
"""What a reader may measure for a machine to fit: the label, and how to measure it."""

NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]*))?")
NEGATIVE = re.compile(r"[-−]\s*[0-9.]+")
MEASURE = re.compile(r"([-−+]?[0-9.]*)\s*(.*)", re.DOTALL)
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


def read_number(text: str) -> Decimal:
    """The number in `text`; raises NotUsable for anything but digits with at most one point."""
    if NEGATIVE.fullmatch(text):
        raise NotUsable("a number here cannot be below 0")
    found = NUMBER.fullmatch(text)
    if found is None or not any(found.groups()):
        raise NotUsable("that is not a number we can read: write digits, like 120 or 1.5")
    whole, decimals = found[1].lstrip("0"), (found[2] or "").rstrip("0")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise NotUsable("that number has more digits than anything here can have")
    return Decimal(f"{whole or 0}.{decimals}" if decimals else whole or "0")


def read_size(text: str) -> Size:
    """The size in `text`, like 48cm or 19in; raises NotUsable where it cannot be read."""
    number_text, unit_text = _parted(text)
    if not number_text:
        raise NotUsable("that is not a size we can read: write it like 48cm or 19in")
    number = read_number(number_text)
    if not unit_text:
        raise NotUsable("say in which unit: 48cm or 19in")
    unit = SPELLINGS.get(unit_text)
    if unit is None:
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
