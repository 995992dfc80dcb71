"""What single machines have of what was asked for, from columns; the twin of `browse.stated`."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import of_rows
from reviews_app.browse.index.matching import key_of
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.snapshot import Snapshot
from reviews_app.browse.index.table import Name
from reviews_app.browse.presence import STATED
from reviews_app.browse.selection import Selection
from reviews_app.browse.stated import Said, Traits, asked_of
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE


def traits(snapshot: Snapshot, selection: Selection, ids: Collection[int]) -> dict[int, Traits]:
    """What each machine has of what a Selection asks, by id."""
    found = {}
    for view in snapshot.views:
        segment = view.segment
        rows = segment.rows_of_ids(np.array(list(ids), dtype=np.int64))
        here = of_rows(np.sort(rows)) & view.alive
        options, numbers = _options(segment, selection, here), _numbers(selection)
        for row in here:
            found[int(segment.ids[row])] = Traits(
                {name: [value for value, has in values if row in has] for name, values in options},
                {name: said for name, key in numbers if (said := _said(segment, key, row))},
            )
    return found


def _options(
    segment: Segment, selection: Selection, here: BitMap
) -> list[tuple[str, list[tuple[str, BitMap]]]]:
    return [
        (name, [(value, segment.having(name, value) & here) for value in asked_of(values)])
        for name, values in selection.values
    ]


def _numbers(selection: Selection) -> list[tuple[str, Name]]:
    names = (name for name, _ in (*selection.bounds, *selection.measures))
    return [(name, key_of(name, selection)) for name in names]


def _said(segment: Segment, key: Name, row: int) -> Said | None:
    if row in segment.stating(key):
        column = segment.number(key)
        if column is None:  # a fit, whose limits are no span
            return Said(STATED)
        ends = (column.values[int(end.codes[row]) - 1] for end in (column.low, column.high))
        return Said(STATED, *map(float, ends))
    return Said(NOT_APPLICABLE) if row in segment.exempt(key) else None
