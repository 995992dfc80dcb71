"""What stands in the fields of the finder's form: the answers so far, and what it carries along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reviews_app.advise.finding_questions import OWN, UNSTATED, lets_unstated_in
from reviews_app.browse import Selection
from reviews_app.browse.facets import Facet, Option, Range
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED
from reviews_app.web.fields import Size, size_of

OFFERED = ("need", "area", "type", "cordless", "heat")
"""Facets with boxes to tick."""

CURRENCY = "currency"
TYPED = (
    *("calf", "thigh", "foot", "pressure_max_mmhg_max", "intensity_levels_min"),
    *("noise_db_max", "price_max", CURRENCY),
)
"""Parameters with a field; the form answers for those not stated on its own."""


@dataclass(frozen=True)
class Answered:
    """The form with the answers so far; `typed` is as it was sent, right or wrong.

    carried are choices that the form has no field for, made in the listing; wrong the parameters
    that could not be read.
    """

    selection: Selection
    typed: Mapping[str, str]
    carried: tuple[tuple[str, str], ...]
    lets_unstated_in: bool
    wrong: Collection[str] = ()

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """What the finder chooses by itself."""
        return OWN

    def facet(self, name: str) -> Facet | None:
        """A facet, where this catalogue has it."""
        return self.selection.vocabulary.facet.get(name)

    def range(self, name: str) -> Range | None:
        """A range, where this catalogue has it."""
        return self.selection.vocabulary.range.get(name)

    @property
    def marked(self) -> set[str]:
        """The parameters that could not be read and have a field, which says so."""
        return {one for one in self.wrong if one in TYPED and one != CURRENCY}

    @property
    def sizes(self) -> list[Size]:
        """The fields of the sizes of a leg."""
        fits = self.selection.vocabulary.fits
        return [
            size_of(one.name, one.label, one.explanation, self.typed, self.wrong) for one in fits
        ]

    def units(self, name: str) -> tuple[str, ...]:
        """The units in which a range can be typed, where there is a choice."""
        return self.selection.vocabulary.units_of(name)

    def options(self, name: str) -> tuple[Option, ...]:
        """The options with a box: those that state something."""
        facet = self.facet(name)
        return tuple(one for one in facet.options if _is_stated(one.value)) if facet else ()

    def is_ticked(self, name: str, value: str) -> bool:
        """Whether an option is chosen."""
        return value in self.selection.chosen(name)

    def field(self, parameter: str) -> str:
        """What stands in a field."""
        return self.typed.get(parameter, "")


def answered(
    selection: Selection,
    args: Iterable[tuple[str, str]] | None = None,
    wrong: Collection[str] = (),
) -> Answered:
    """The form for a Selection, with `args` in its fields where they could not be read.

    `wrong`: the parameters that could not.
    """
    sent = selection.as_args() if args is None else list(args)
    typed = dict(reversed(sent))
    carried, lets_in = tuple(_carried(selection)), _lets_in(selection, typed)
    return Answered(selection, typed, carried, lets_in, wrong)


def _carried(selection: Selection) -> Iterable[tuple[str, str]]:
    own = dict(OWN)
    included = {f"{one.name}_unknown" for one in selection.vocabulary.ranges}
    included |= {f"{one.name}_unknown" for one in selection.vocabulary.fits}
    for name, value in selection.as_args():
        has_box = name in OFFERED and (_is_stated(value) or _is_with_others(selection, name))
        if not has_box and name not in {*own, *TYPED, *included, "page"}:
            yield name, value


def _lets_in(selection: Selection, typed: Mapping[str, str]) -> bool:
    return typed[UNSTATED] != "exclude" if UNSTATED in typed else lets_unstated_in(selection)


def _is_stated(value: str) -> bool:
    return value not in {NOT_STATED, NOT_APPLICABLE}


def _is_with_others(selection: Selection, name: str) -> bool:
    """Whether "not stated" only lets machines in: something else of that facet was asked for."""
    values: Collection[str] = selection.chosen(name)
    return NOT_STATED in values and any(_is_stated(value) for value in values)
