"""Turns each choice of a Selection into the bitmap of the rows of a segment that meet it.

The twin of `browse.conditions`, which does the same in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyroaring import BitMap

from reviews_app.browse.facets import PRICE, SCORE, Range
from reviews_app.browse.index.bitmaps import union
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name, spelled
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.browse.selection import Selection

PRICES = frozenset((PRICE, f"-{PRICE}"))


def filters(segment: Segment, selection: Selection) -> dict[str, BitMap]:
    """The rows that meet each facet, range and fit that is narrowed, by name; not the words."""
    vocabulary = selection.vocabulary
    found: dict[str, BitMap] = {}
    for name, values in selection.values:
        found[name] = union([segment.having(name, value) for value in values])
    for name, bounds in selection.bounds:
        found[name] = in_range(segment, vocabulary.range[name], bounds, key_of(name, selection))
    for name, measure in selection.measures:
        found[name] = fitting(segment, name, measure)
    return found


def key_of(name: str, selection: Selection) -> Name:
    """The name of a range or sort among the columns: one for each currency, or a reader's weights.

    The published weights need no naming.
    """
    if name in PRICES:
        return (name, selection.price_currency)
    if name == SCORE and selection.weights is not None and selection.has_own_weights:
        return (name, spelled(weight for _, weight in selection.weights.chosen))
    return (name, None)


def in_range(segment: Segment, declared: Range, bounds: Bounds, name: Name) -> BitMap:
    """The span stated meets the range; not applicable passes, not stated when let in (rule 7)."""
    column = segment.number(name)
    if column is None:
        return segment.everything if bounds.include_unknown else BitMap()
    return _let_in(
        segment, name, column.meeting(*bounds.stored(declared.per)), bounds.include_unknown
    )


def fitting(segment: Segment, fit: str, measure: Measure) -> BitMap:
    """No limit stated is broken; not applicable passes, not stated when let in (rule 8)."""
    limits = segment.limits[fit]
    name = (fit, None)
    kept = segment.stating(name)
    for unit, column in limits.largest:
        size = float(measure.within(unit))
        kept = kept - (column.stated - column.meeting(size, None))
    for unit, column in limits.smallest:
        size = float(measure.within(unit))
        kept = kept - (column.stated - column.meeting(None, size))
    return _let_in(segment, name, kept, measure.include_unknown)


def _let_in(segment: Segment, name: Name, kept: BitMap, include_unknown: bool) -> BitMap:
    if include_unknown:
        return segment.everything - (segment.stating(name) - kept)
    inapplicable = segment.exempt(name)
    return kept | inapplicable if inapplicable else kept


def contexts_of(
    by_name: Mapping[str, BitMap], everything: BitMap
) -> tuple[BitMap, dict[str, BitMap]]:
    """The rows that meet all, and for each name the rows that meet all others.

    Partial intersections are shared: all before a name, all after it. Smallest first, so that what
    is shared is small.
    """
    names = sorted(by_name, key=lambda name: len(by_name[name]))
    after: list[BitMap | None] = [None]
    for name in reversed(names[1:]):
        last = after[-1]
        after.append(by_name[name] if last is None else by_name[name] & last)
    after.reverse()
    found: dict[str, BitMap] = {}
    before: BitMap | None = None
    for name, rest in zip(names, after, strict=False):
        found[name] = _both(before, rest, everything)
        before = by_name[name] if before is None else before & by_name[name]
    return (everything if before is None else before), found


def _both(before: BitMap | None, after: BitMap | None, everything: BitMap) -> BitMap:
    if before is None:
        return everything if after is None else after
    return before if after is None else before & after
