"""Machines like another one, from bitmaps: those that share most of what they do and their form."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from pyroaring import BitMap

from reviews_app.browse.facets import RECALLED, STATUS
from reviews_app.browse.index.bitmaps import bools_of, of_rows, rows_of, union
from reviews_app.browse.index.contexts import Context
from reviews_app.browse.index.snapshot import Snapshot, View
from reviews_app.catalogue.similar import Like

BY_FACTS = ("facts", None)


def nearest(snapshot: Snapshot, like: Like, n: int) -> list[int]:
    """The ids of the nearest, nearest first, as `catalogue.similar.nearest` says in SQL."""
    best = [Context(view.segment, _best(view, like)) for view in snapshot.views]
    found = snapshot.first(best, BY_FACTS, n)
    if len(found) == n:
        return found
    scored = [_by_score(view, like) for view in snapshot.views]
    found = []
    for score in sorted({score for one in scored for score in one}, reverse=True):
        rows = [one.get(score, BitMap()) for one in scored]
        contexts = [Context(v.segment, one) for v, one in zip(snapshot.views, rows, strict=True)]
        found += snapshot.first(contexts, BY_FACTS, n - len(found))
        if len(found) == n:
            break
    return found


def _best(view: View, like: Like) -> BitMap:
    """Those of the same form with the same types and no other: no score is higher."""
    found = _eligible(view, like) & view.segment.having("form", like.form)
    for type_id in like.types:
        found = found & view.segment.having("type", type_id)
    others = [rows for type_id, rows in _of_types(view).items() if type_id not in like.types]
    return found - union(others)


def _by_score(view: View, like: Like) -> Mapping[int, BitMap]:
    """The rows of each score: one a type shared, one for the form, less one a type not shared."""
    rows = rows_of(_eligible(view, like)).astype(np.int64)
    n = view.segment.n
    score = bools_of(view.segment.having("form", like.form), n)[rows].astype(np.int64)
    for type_id, having in _of_types(view).items():
        score += (1 if type_id in like.types else -1) * bools_of(having, n)[rows]
    return {int(one): of_rows(rows[score == one]) for one in np.unique(score)}


def _eligible(view: View, like: Like) -> BitMap:
    """Other machines for the same audience with a type in common, not recalled."""
    segment = view.segment
    shared = union([rows for one, rows in _of_types(view).items() if one in like.types])
    itself = of_rows(segment.rows_of_ids(np.array([like.id])))
    rows = view.alive & shared & segment.having("audience", like.audience)
    return rows - segment.having(STATUS, RECALLED) - itself


def _of_types(view: View) -> Mapping[str, BitMap]:
    segment = view.segment
    return {type_id: segment.having("type", type_id) for type_id in segment.options("type")}
