"""Knows the numbers and sizes a reader can type, and the parts of the leg that are measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from reviews_app.catalogue.spellings import CURRENCIES, DEGREES, SPELLINGS, as_spelled
from reviews_app.catalogue.units import HEAT, LENGTH, UNITS, Unit, convert, shown_as, unit_words

CM_PER = {one.id: one.size for one in UNITS.values() if one.measures == LENGTH}
"""Centimetres in one of each unit of length."""

OF_SIZES = ("cm", "in")
"""What a leg is measured in."""

PARTS = {
    "calf": ("Calf", "How far round your calf is at its widest, like 48 cm or 19 inches."),
    "thigh": ("Thigh", "How far round your thigh is at its widest, like 60 cm or 24 inches."),
    "foot": ("Foot", "How long your foot is from heel to toe, like 28 cm or 11 inches."),
}
"""What a reader may measure for a machine to fit: the label, and how to measure it."""

NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]*))?")
NEGATIVE = re.compile(r"[-−]\s*[.,]?[0-9].*", re.DOTALL)
DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]{1,2}")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
MIXED = re.compile(r"(?:[0-9]+[\s-]+)?[0-9]+\s*[/⁄]\s*[0-9]+")
FRACTIONS = {(str(n), str(of)): Decimal(n) / of for of in (2, 4, 8, 16) for n in range(1, of)}
"""What a tape in inches shows."""
FRACTION_SIGN = re.compile("[¼-¾⅐-⅞]")
TYPED = re.compile(
    # What stands before the number, in which only a letter has a point behind it: "Rs.200", "$.50".
    r"((?:[^\d.,+−-]|(?<=[^\W\d_])\.)*)"
    rf"([-−+]?\s*(?:{MIXED.pattern}|[0-9.,]*))"
    r"(.*)",
    re.DOTALL,
)
NO_NUMBER = "that is not a number we can read: write digits, like 120 or 1.5"
NO_COMMA = "we cannot tell what the comma means: write 38.5 with a point, and 1000 without a comma"
NO_FRACTION = "write halves, quarters, eighths or sixteenths, like 15 1/2, or a point, like 15.5"
ALONE = "write the number alone"
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
    """The number in `text`, like 1299.5, 1,299.50, 38,5 or 15 1/2.

    A comma before one or two last digits is a point; one before each three is left out. Raises
    NotUsable for anything else.
    """
    if NEGATIVE.fullmatch(text):
        raise NotUsable("a number here cannot be below 0")
    if not MIXED.fullmatch(text):
        return _read_digits(_with_point(text))
    *whole, over, under = re.findall("[0-9]+", text)
    if (over, under) not in FRACTIONS:
        raise NotUsable(NO_FRACTION)
    return _read_digits("".join(whole) or "0") + FRACTIONS[over, under]


def _with_point(text: str) -> str:
    if DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if "," in text and not THOUSANDS.fullmatch(text):
        raise NotUsable(NO_COMMA)
    return text.replace(",", "")


def _read_digits(text: str) -> Decimal:
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
    before, number_text, behind = _parted(text)
    units = _units_in_words(unit)
    if before or not number_text:
        raise NotUsable(f"{NO_NUMBER}, alone or with {units} behind it" if units else NO_NUMBER)
    number = read_number(number_text)
    typed = _unit_read(behind, unit, chosen) if behind else chosen or unit
    if behind and typed is None:
        raise NotUsable(
            f"this is in {units}: {ALONE} or with {units} behind it" if units else ALONE
        )
    return _quantity(number, UNITS.get(typed or ""), UNITS.get(unit or ""))


def _unit_read(text: str, unit: str | None, chosen: str | None) -> str | None:
    """The unit that `text` spells, where it measures what `unit` does."""
    if unit is None or SPELLINGS.get(text) == unit or text == as_spelled(unit):
        return unit
    stated = UNITS.get(unit)
    if text in DEGREES:
        return chosen or unit if stated and stated.measures == HEAT else None
    typed = UNITS.get(SPELLINGS.get(text, ""))
    return typed.id if typed and stated and typed.measures == stated.measures else None


def _quantity(number: Decimal, typed: Unit | None, stated: Unit | None) -> Quantity:
    if typed is None or stated is None or typed == stated:
        return Quantity(number, number, number)
    found = shown_as(number, typed, stated)
    if min(found) < 0:
        raise NotUsable(f"a number here cannot be below 0 {stated.words}")
    least, most = (read_number(plain(one)) for one in (min(found), max(found)))
    return Quantity(convert(number, typed, stated), least, most)


def _units_in_words(unit: str | None) -> str:
    return " or ".join(map(unit_words, units_for(unit) or ([unit] if unit else [])))


def read_price(text: str, currency: str | None, offered: Collection[str]) -> Quantity:
    """The number in `text`, to be held against prices in `currency`, of all that are `offered`.

    Its sign, code or name may stand on either side. Raises NotUsable where it cannot be read, and
    for another currency, since nothing is converted.
    """
    before, number_text, behind = _parted(text)
    if not number_text:
        raise NotUsable(NO_NUMBER)
    number = read_number(number_text)
    for word in filter(None, (before, behind)):
        meant = CURRENCIES.get(word) or [one for one in offered if as_spelled(one) == word]
        if currency is None or not meant:
            raise NotUsable(f"prices are in {currency} now: {ALONE}" if currency else ALONE)
        if currency not in meant:
            raise NotUsable(_of_another_currency(meant[0], currency, offered))
    return Quantity(number, number, number)


def _of_another_currency(typed: str, chosen: str, offered: Collection[str]) -> str:
    if typed not in offered:
        return f"no machine has a price in {typed} here: write it in {chosen}, which is chosen now"
    how = f"to ask in {typed}, choose it under “Prices in”"
    return f"prices are in {chosen} now, and we convert none: {how}"


def read_size(text: str, chosen: str | None = None) -> Size:
    """The size in `text`, like 48cm or 19in; raises NotUsable where it cannot be read.

    Without a unit behind it, it is in the one `chosen` beside the field, which is of OF_SIZES or
    none.
    """
    before, number_text, behind = _parted(text)
    if before or not number_text:
        raise NotUsable("that is not a size we can read: write it like 48cm or 19in")
    number = read_number(number_text)
    if not behind and chosen not in OF_SIZES:
        raise NotUsable("say in which unit: 48cm or 19in")
    unit = SPELLINGS.get(behind, "") if behind else chosen
    if unit not in CM_PER:
        raise NotUsable("we measure in centimetres or inches here: write it like 48cm or 19in")
    if not number:
        raise NotUsable("a size must be more than 0")
    if unit in OF_SIZES:
        return Size(number, unit)
    return Size(read_number(plain(Size(number, unit).within("cm"))), "cm")


def plain(number: Decimal) -> str:
    """The one way to write a number in an address: no exponent, no closing zeros (rule 10)."""
    return format(number.normalize(), "f")


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the number, the number, and what stands behind it."""
    spaced = FRACTION_SIGN.sub(lambda sign: f" {unicodedata.normalize('NFKC', sign[0])}", text)
    before, number, behind = TYPED.findall(spaced.strip())[0]
    return as_spelled(before), number, as_spelled(behind)
