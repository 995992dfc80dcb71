"""What one machine says to each choice: met, not met, not stated, or not applicable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reviews_app.browse import Said, Selection, Traits
from reviews_app.browse.facets import Facet, Range
from reviews_app.catalogue.measures import plain
from reviews_app.catalogue.units import unit_words
from reviews_app.catalogue.values import money_in_words, number_in_words
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED

TAKES = {"met": "takes", "unstated": "whether it takes"}
"""How a size is spoken of; where none can apply it is not."""


@dataclass(frozen=True)
class Point:
    """One choice, and what the machine has to say to it."""

    name: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class Points:
    """Every choice once, under what the machine says to it.

    `unmet` are further values of a facet that was asked for several and met by another.
    """

    met: tuple[Point, ...] = ()
    unmet: tuple[Point, ...] = ()
    unstated: tuple[Point, ...] = ()
    inapplicable: tuple[Point, ...] = ()


def points(selection: Selection, names: Iterable[str], traits: Traits) -> Points:
    """The choices named, sorted by what a machine that the Selection found has to say to them."""
    sorted_: dict[str, list[Point]] = defaultdict(list)
    for name in names:
        for kind, point in _said(selection, name, traits):
            sorted_[kind].append(point)
    return Points(**{kind: tuple(found) for kind, found in sorted_.items()})


def _said(selection: Selection, name: str, traits: Traits) -> Iterator[tuple[str, Point]]:
    vocabulary = selection.vocabulary
    if name in vocabulary.facet:
        has = traits.options.get(name, ())
        yield from _of_facet(vocabulary.facet[name], selection.chosen(name), has)
    elif name in vocabulary.range:
        declared = vocabulary.range[name]
        span = traits.numbers.get(name)
        words = _span_in_words(declared, span, selection.price_currency)
        yield _kind(span), Point(name, declared.label, words)
    elif name in vocabulary.fit:
        size = selection.measure_of(name)
        kind = _kind(traits.numbers.get(name))
        asked = f"{TAKES[kind]} {plain(size.number)} {size.unit}" if size and kind in TAKES else ""
        yield kind, Point(name, vocabulary.fit[name].label, asked)
    else:
        yield "met", Point(name, "Words", f"“{selection.words}”")


def _of_facet(
    facet: Facet, chosen: Collection[str], has: Collection[str]
) -> Iterator[tuple[str, Point]]:
    if NOT_STATED in has:
        yield "unstated", Point(facet.name, facet.label)
    elif NOT_APPLICABLE in has:
        yield "inapplicable", Point(facet.name, facet.label)
    else:
        stated = [value for value in facet.labels if value in chosen and value != NOT_STATED]
        for value in stated:
            point = Point(facet.name, facet.label, facet.labels[value])
            if value in has:
                yield "met", point
            elif facet.kind == "many":
                yield "unmet", point


def _kind(span: Said | None) -> str:
    if span is None:
        return "unstated"
    return "inapplicable" if span.state == NOT_APPLICABLE else "met"


def _span_in_words(declared: Range, span: Said | None, currency: str | None) -> str:
    if span is None or span.low is None or span.high is None:
        return ""
    if declared.is_price:
        return money_in_words(int(span.low), currency or "")
    grouped = declared.unit is not None  # a year is not 2,023
    ends = [number_in_words(end, grouped=grouped) for end in sorted({span.low, span.high})]
    unit = unit_words(declared.unit) if declared.unit else ""
    return f"{' to '.join(ends)} {unit}".strip()
