"""Makes a snapshot from the database, or from the snapshot before it and what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import sqlalchemy as sa

from reviews_app.browse.facets import Sort
from reviews_app.browse.index.bitmaps import of_rows
from reviews_app.browse.index.declared import declared, method_in_force
from reviews_app.browse.index.reading import Part, Progress, read, silent
from reviews_app.browse.index.segment import build
from reviews_app.browse.index.snapshot import Snapshot, View
from reviews_app.browse.index.streaming import without_collecting
from reviews_app.catalogue.products import Revision
from reviews_app.catalogue.revision import REVISIONS_KEPT, CatalogueChange

REVISION = sa.select(Revision.number).where(Revision.id == 1)
CHANGED_SINCE = (
    sa.select(CatalogueChange.product_id)
    .where(CatalogueChange.revision > sa.bindparam("revision"))
    .distinct()
)

FEWEST_PATCHED = 256
ROWS_A_PATCHED = 50
"""A snapshot takes up to one changed product in so many before it is due to be built anew."""


@contextmanager
def one_state(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in a transaction that sees one state of the database from first to last."""
    isolated = engine
    if engine.dialect.name == "postgresql":
        isolated = engine.execution_options(isolation_level="REPEATABLE READ")
    with isolated.connect() as connection, connection.begin():
        yield connection


def revision_of(connection: sa.Connection) -> int:
    """The revision this transaction sees."""
    return connection.scalar(REVISION) or 0


def built(
    connection: sa.Connection, sorts: Sequence[Sort], progress: Progress = silent
) -> Snapshot:
    """Everything, read from the database."""
    revision = revision_of(connection)
    known = declared(connection)
    with without_collecting():
        table = read(connection, sorts, known, progress=progress)
        progress("index")
        segment = build(table)
    return Snapshot(revision, known, (View(segment, segment.everything),))


def changed_since(connection: sa.Connection, snapshot: Snapshot) -> frozenset[int] | None:
    """The ids of products changed after a snapshot; None where that is everything or not known."""
    if revision_of(connection) - snapshot.revision >= REVISIONS_KEPT:
        return None
    ids = connection.scalars(CHANGED_SINCE, {"revision": snapshot.revision}).all()
    return None if None in ids else frozenset(one for one in ids if one is not None)


def patched(
    connection: sa.Connection,
    sorts: Sequence[Sort],
    snapshot: Snapshot,
    changed: Collection[int],
) -> Snapshot | None:
    """The snapshot with some products read again; None where it must be built anew.

    The products changed since the large segment was built make a small one, read whole each time.
    """
    main, *patch = snapshot.views
    revision = revision_of(connection)
    if method_in_force(connection) != snapshot.declared.method:
        return None
    if not changed:
        return Snapshot(revision, snapshot.declared, snapshot.views)
    ids = set(changed)
    for view in patch:
        ids.update(view.segment.ids.tolist())
    if len(ids) > max(FEWEST_PATCHED, main.segment.n // ROWS_A_PATCHED):
        return None
    part = Part(frozenset(ids), main.segment.currencies)
    segment = build(read(connection, sorts, snapshot.declared, part))
    if not segment.orders.keys() <= main.segment.orders.keys():
        return None  # the first price in a currency
    gone = of_rows(np.sort(main.segment.rows_of_ids(np.array(sorted(ids)))))
    views = (View(main.segment, main.alive - gone), View(segment, segment.everything))
    return Snapshot(revision, snapshot.declared, views)
