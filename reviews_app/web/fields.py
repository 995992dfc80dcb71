"""Knows what stands in the fields of numbers and sizes, and in which units they can be typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reviews_app.browse import Selection
from reviews_app.browse.facets import Range
from reviews_app.browse.ranges import RangeResult
from reviews_app.catalogue.measures import OF_SIZES, NotUsable, plain, read_size
from reviews_app.catalogue.units import unit_words
from reviews_app.catalogue.values import number_in_words


@dataclass(frozen=True)
class Ends:
    """The two fields of a range with what stands in them; bounds where the context has any.

    unit: in what, where there is no choice of `units`. wrong: parameters that could not be read.
    """

    name: str
    label: str
    unit: str | None
    units: tuple[str, ...]
    typed_unit: str
    bounds: str
    typed_min: str
    typed_max: str
    lets_unstated_in: bool
    wrong: Collection[str] = ()

    @property
    def is_used(self) -> bool:
        """Whether anything stands in the fields."""
        return bool(self.typed_min or self.typed_max)


@dataclass(frozen=True)
class Size:
    """The field of a size with what stands in it."""

    name: str
    label: str
    explanation: str
    typed: str
    units: tuple[str, ...]
    typed_unit: str
    lets_unstated_in: bool
    is_wrong: bool = False


def ends_of(
    declared: Range,
    typed: Mapping[str, str],
    found: RangeResult | None,
    selection: Selection,
    wrong: Collection[str] = (),
) -> Ends:
    """The fields of a range with what was typed, and the bounds of its context where known."""
    units = selection.vocabulary.units_of(declared.name)
    unit = selection.price_currency if declared.is_price else declared.unit
    return Ends(
        name=declared.name,
        label=declared.label,
        unit=None if units or not unit or f"({unit})" in declared.label else unit_words(unit),
        units=units,
        typed_unit=typed.get(f"{declared.name}_unit", ""),
        bounds=_bounds_in_words(found, units) if found else "",
        typed_min=typed.get(f"{declared.name}_min", ""),
        typed_max=typed.get(f"{declared.name}_max", ""),
        lets_unstated_in=typed.get(f"{declared.name}_unknown") == "include",
        wrong=wrong,
    )


def _bounds_in_words(found: RangeResult, units: Sequence[str]) -> str:
    if found.low is None or found.high is None:
        return ""
    grouped = found.unit is not None  # a year is not 2,023
    ends = dict.fromkeys(number_in_words(one, grouped=grouped) for one in (found.low, found.high))
    return " ".join([" to ".join(ends), *map(unit_words, units[:1])])


def size_of(
    name: str, label: str, explanation: str, typed: Mapping[str, str], wrong: Collection[str] = ()
) -> Size:
    """The field of a size; of one that can be read the number, with its unit chosen beside it."""
    text, unit = typed.get(name, ""), typed.get(f"{name}_unit", "")
    lets_unstated_in = typed.get(f"{name}_unknown") == "include"
    try:
        size = read_size(text, unit)
        text, unit = plain(size.number), size.unit
    except NotUsable:
        pass
    return Size(name, label, explanation, text, OF_SIZES, unit, lets_unstated_in, name in wrong)
