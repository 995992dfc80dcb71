"""Reads what the method in force made of every product: its total, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reviews_app.browse.index.streaming import Coded, Column, Floats, Integers
from reviews_app.browse.index.table import ABSENT, MOST_CENTI, Numbers, Scores
from reviews_app.scores.models import Score, ScorePart
from reviews_app.scores.records import MethodRecord

Stream = Callable[[Any, Any, Sequence[Column]], None]
RowsOf = Callable[[NDArray[np.int64]], tuple[NDArray[np.int64], NDArray[np.bool_]]]


def read_scores(
    method: MethodRecord, n: int, stream: Stream, rows_of: RowsOf
) -> tuple[Scores, Numbers]:
    """The scores of `n` products, and the published totals of those that have one.

    stream: runs a statement that selects product ids into columns. rows_of: the row of each id, and
    whether the product is among those read.
    """
    ids, totals, caps = Integers(), Floats(), Floats()
    stream(_totals_by(method.version), Score.product_id, (ids, totals, caps))
    rows, live = rows_of(ids.all)
    nobody = np.zeros(n, dtype=np.bool_)
    cap_of = np.full(n, MOST_CENTI, dtype=np.int16)
    cap_of[rows[live]] = np.nan_to_num(caps.all[live], nan=MOST_CENTI)
    scored = live & ~np.isnan(totals.all)
    scored_rows, scored_totals = rows[scored], totals.all[scored]
    by_row = np.argsort(scored_rows)
    published = Numbers(scored_rows[by_row], scored_totals[by_row], scored_totals[by_row], nobody)
    points, coverage = _parts(method, n, stream, rows_of)
    return Scores(points, coverage, cap_of, method.floor_percent), published


def _parts(
    method: MethodRecord, n: int, stream: Stream, rows_of: RowsOf
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    ids, names, points, coverage = Integers(), Coded(), Floats(), Floats()
    stream(_parts_by(method.version), ScorePart.product_id, (ids, names, points, coverage))
    rows, live = rows_of(ids.all)
    places = names.places(tuple(method.weights))
    here = live & (places >= 0)
    found = np.full((2, n, len(method.parts)), ABSENT, dtype=np.int16)
    for which, numbers in enumerate((points.all, coverage.all)):
        found[which, rows[here], places[here]] = np.nan_to_num(numbers[here], nan=ABSENT)
    return found[0], found[1]


@lru_cache(maxsize=4)
def _totals_by(version: int) -> sa.Select[*tuple[Any, ...]]:
    """What a version of the method made of every product; made once, as all in `reading`."""
    return sa.select(Score.product_id, Score.total_centi, Score.cap_centi).where(
        Score.method_version == version
    )


@lru_cache(maxsize=4)
def _parts_by(version: int) -> sa.Select[*tuple[Any, ...]]:
    part = ScorePart
    return sa.select(part.product_id, part.part_id, part.points_centi, part.coverage_percent).where(
        part.method_version == version
    )
