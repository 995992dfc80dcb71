"""Says in words what is chosen, each piece with the way to be rid of it (rule 13)."""

from __future__ import annotations

from collections.abc import Iterator

from reviews_app.browse.listing import Chip
from reviews_app.browse.numbers import Bounds
from reviews_app.browse.selection import Selection
from reviews_app.catalogue.measures import plain
from reviews_app.catalogue.units import unit_words


def chips(selection: Selection) -> tuple[Chip, ...]:
    """Everything that narrows, in the order of the address."""
    return tuple(_chips(selection))


def _chips(selection: Selection) -> Iterator[Chip]:
    vocabulary = selection.vocabulary
    for name, values in selection.values:
        facet = vocabulary.facet[name]
        for value in values:
            text = facet.labels[value]
            yield Chip(name, value, facet.label, text, selection)
    for name, bounds in selection.bounds:
        declared = vocabulary.range[name]
        unit = selection.price_currency if declared.is_price else declared.unit
        yield Chip(name, None, declared.label, _span(bounds, unit), selection)
    for name, measure in selection.measures:
        size = f"{plain(measure.number)} {measure.unit}{_unstated(measure.include_unknown)}"
        yield Chip(name, None, vocabulary.fit[name].label, size, selection)
    if selection.words:
        yield Chip("q", None, "Words", f"“{selection.words}”", selection)


def _span(bounds: Bounds, unit: str | None) -> str:
    low = "" if bounds.low is None else plain(bounds.low)
    high = "" if bounds.high is None else plain(bounds.high)
    ends = f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}"
    return f"{ends}{f' {unit_words(unit)}' if unit else ''}{_unstated(bounds.include_unknown)}"


def _unstated(included: bool) -> str:
    return " or not stated" if included else ""
