"""Which of some choices machines do not meet, from bitmaps; the twin of `browse.left_out`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import of_rows, rows_of, union
from reviews_app.browse.index.contexts import Context
from reviews_app.browse.index.snapshot import Snapshot, View
from reviews_app.browse.left_out import Missed, Misses
from reviews_app.browse.selection import Selection

BY_NAME = ("name", None)

Groups = Mapping[Missed, BitMap]
"""The rows that miss exactly these choices; each row that counts is in one."""


def misses(snapshot: Snapshot, selection: Selection, names: Sequence[str], most: int) -> Misses:
    """What machines miss of the choices named, among those that meet all others of a Selection."""
    of_views = [(view, _groups(view, selection, names)) for view in snapshot.views]
    counts: Counter[Missed] = Counter()
    for _, groups in of_views:
        counts.update({missed: len(rows) for missed, rows in groups.items()})
    missing = [
        Context(view.segment, union([rows for missed, rows in groups.items() if missed]))
        for view, groups in of_views
    ]
    ids = snapshot.first(missing, BY_NAME, most)
    by_id = {id_: missed for view, groups in of_views for id_, missed in _of(view, groups, ids)}
    return Misses(dict(counts), [(by_id[one], one) for one in ids])


def total(snapshot: Snapshot, selection: Selection) -> int:
    """How many machines meet all of a Selection."""
    return sum(
        len(rows) for view in snapshot.views for rows in _groups(view, selection, ()).values()
    )


def _groups(view: View, selection: Selection, names: Sequence[str]) -> Groups:
    by_name, _ = view.meeting(selection)
    base = view.alive
    for name in by_name.keys() - set(names):
        base = base & by_name[name]
    groups: dict[Missed, BitMap] = {(): base} if base else {}
    for name in names:
        parts = {}
        for missed, rows in groups.items():
            parts[missed] = rows & by_name[name]
            parts[*missed, name] = rows - by_name[name]
        groups = {missed: rows for missed, rows in parts.items() if rows}
    return groups


def _of(view: View, groups: Groups, ids: Sequence[int]) -> Iterator[tuple[int, Missed]]:
    segment = view.segment
    here = of_rows(np.sort(segment.rows_of_ids(np.array(ids, dtype=np.int64))))
    for missed, rows in groups.items():
        for id_ in segment.ids.take(rows_of(rows & here)).tolist():
            yield id_, missed
