"""Turns each choice of a Selection into the bitmap of the rows of a segment that meet it.

The twin of `browse.conditions`, which does the same in SQL.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pyroaring import BitMap

from reviews_app.browse.facets import Range
from reviews_app.browse.index.bitmaps import union
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.browse.selection import Selection


def filters(segment: Segment, selection: Selection) -> dict[str, BitMap]:
    """The rows that meet each facet, range and fit that is narrowed, by name; not the words."""
    vocabulary = selection.vocabulary
    found: dict[str, BitMap] = {}
    for name, values in selection.values:
        found[name] = union([segment.having(name, value) for value in values])
    for name, bounds in selection.bounds:
        found[name] = in_range(segment, vocabulary.range[name], bounds, selection.price_currency)
    for name, measure in selection.measures:
        found[name] = fitting(segment, name, measure)
    return found


def key_of(declared: Range, currency: str | None) -> Name:
    """The name of a range among the columns: a price has one column for each currency."""
    return (declared.name, currency if declared.is_price else None)


def in_range(segment: Segment, declared: Range, bounds: Bounds, currency: str | None) -> BitMap:
    """The span stated meets the range; not applicable passes, not stated when let in (rule 7)."""
    name = key_of(declared, currency)
    column = segment.numbers.get(name)
    if column is None:
        return segment.everything if bounds.include_unknown else BitMap()
    return _let_in(
        segment, name, column.meeting(*ends_of(declared, bounds)), bounds.include_unknown
    )


def fitting(segment: Segment, fit: str, measure: Measure) -> BitMap:
    """No limit stated is broken; not applicable passes, not stated when let in (rule 8)."""
    limits = segment.limits[fit]
    name = (fit, None)
    kept = segment.layout.bitmaps[segment.stated[name]]
    for unit, column in limits.largest:
        size = float(measure.within(unit))
        kept = kept - (column.stated - column.meeting(size, None))
    for unit, column in limits.smallest:
        size = float(measure.within(unit))
        kept = kept - (column.stated - column.meeting(None, size))
    return _let_in(segment, name, kept, measure.include_unknown)


def _let_in(segment: Segment, name: Name, kept: BitMap, include_unknown: bool) -> BitMap:
    if include_unknown:
        return segment.everything - (segment.layout.bitmaps[segment.stated[name]] - kept)
    inapplicable = segment.layout.bitmaps[segment.inapplicable[name]]
    return kept | inapplicable if inapplicable else kept


def ends_of(declared: Range, bounds: Bounds) -> tuple[float | None, float | None]:
    """The ends of a range in the unit of its column."""
    low, high = bounds.low, bounds.high
    if declared.is_price:  # columns hold whole cents
        return (
            None if low is None else float(math.ceil(low * 100)),
            None if high is None else float(math.floor(high * 100)),
        )
    return (None if low is None else float(low)), (None if high is None else float(high))


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
