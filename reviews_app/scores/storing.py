"""Writing the scores of machines, a batch at a time, touching only what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import Base, db
from reviews_app.scores.gathering import background, subjects
from reviews_app.scores.models import Score, ScorePart
from reviews_app.scores.records import MethodRecord
from reviews_app.scores.scoring import Scored, scored

BATCH = 500

Row = dict[str, Any]


def score_products(method: MethodRecord, product_ids: Sequence[int] | None) -> list[int]:
    """Score these products, or all, by this method; the ids of those whose score changed.

    The scores that other versions gave are not touched. No commit.
    """
    behind = background()
    changed: list[int] = []
    for ids in _batches(product_ids):
        results = [scored(method, one) for one in subjects(ids, behind)]
        changed += _store(method.version, results)
    return changed


def _batches(product_ids: Sequence[int] | None) -> Iterator[Sequence[int]]:
    if product_ids is not None:
        yield from (product_ids[n : n + BATCH] for n in range(0, len(product_ids), BATCH))
        return
    last = 0
    while ids := list(
        db.session.scalars(
            sa.select(Product.id).where(Product.id > last).order_by(Product.id).limit(BATCH)
        )
    ):
        yield ids
        last = ids[-1]


def _store(version: int, results: Iterable[Scored]) -> list[int]:
    wanted = {one.product_id: _rows(version, one) for one in results}
    stored = _stored(version, list(wanted))
    changed = [id_ for id_, rows in wanted.items() if stored.get(id_) != rows]
    for kind in (ScorePart, Score):
        table = _table(kind)
        old = table.c.product_id.in_([id_ for id_ in changed if id_ in stored])
        db.session.execute(sa.delete(table).where(old, table.c.method_version == version))
    _insert(Score, [wanted[id_][0] for id_ in changed])
    _insert(ScorePart, [row for id_ in changed for row in wanted[id_][1:]])
    return changed


def _rows(version: int, one: Scored) -> list[Row]:
    """The row of the score, then those of its parts in order of their ids."""
    key = {"product_id": one.product_id, "method_version": version}
    own: Row = {
        **key,
        "total_centi": one.total.points_centi,
        "coverage_percent": one.total.coverage_percent,
        "cap_centi": one.cap_centi,
        "reason": None if one.reason is None else one.reason.value,
    }
    parts: list[Row] = [
        {
            **key,
            "part_id": part.rule.id,
            "points_centi": part.score.points_centi,
            "coverage_percent": part.score.coverage_percent,
        }
        for part in one.parts
    ]
    return [own, *sorted(parts, key=lambda row: str(row["part_id"]))]


def _stored(version: int, ids: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for kind in (Score, ScorePart):
        table = _table(kind)
        query = sa.select(table).where(table.c.product_id.in_(ids))
        ordered = query.where(table.c.method_version == version).order_by(*table.primary_key)
        for row in db.session.execute(ordered).mappings():
            found[row["product_id"]].append(dict(row))
    return dict(found)


def _insert(kind: type[Base], rows: list[Row]) -> None:
    if rows:
        db.session.execute(sa.insert(_table(kind)), rows)


def _table(kind: type[Base]) -> sa.Table:
    return cast(sa.Table, kind.__table__)
