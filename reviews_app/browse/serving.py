"""Which answer a process gives: from the index where one was opened for the database, else by SQL.

A vocabulary belongs to one revision, and so does a snapshot. They are handed out as a pair, so that
a Selection made from the one is never answered from another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from weakref import WeakKeyDictionary, WeakSet

import sqlalchemy as sa

from reviews_app.browse import declaring, left_out, sql, stated
from reviews_app.browse.facets import Sort, Vocabulary
from reviews_app.browse.index import Index, Snapshot
from reviews_app.browse.index import left_out as indexed_left_out
from reviews_app.browse.index import stated as indexed_stated
from reviews_app.browse.index.holding import MOST_BUILT_AT_ONCE, listing
from reviews_app.browse.index.reading import Progress, silent
from reviews_app.browse.left_out import Misses
from reviews_app.browse.listing import PER_PAGE, Listing
from reviews_app.browse.selection import Selection
from reviews_app.browse.sorts import SORTS
from reviews_app.browse.stated import Traits
from reviews_app.catalogue import remembering
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import current_revision
from reviews_app.db import db

PAIRS_KEPT = 4
"""A request under way may still hold a vocabulary of a revision or two ago."""


class Serving:
    """The index of one database with the vocabularies that go with its snapshots."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._pairs: tuple[tuple[Vocabulary, Snapshot], ...] = ()

    def vocabulary(self) -> Vocabulary:
        """The words of the last committed revision, read from the database once a revision."""
        snapshot = self.index.refresh()
        for words, partner in self._pairs:
            if partner is snapshot:
                return words
        if snapshot is None or current_revision() != snapshot.revision:
            # A change came between the two: this answer is by SQL and the next is not.
            return declaring.vocabulary()
        words = declaring.vocabulary(currencies=snapshot.currencies)
        # A new tuple, since other threads may be reading the old one.
        self._pairs = ((words, snapshot), *self._pairs)[:PAIRS_KEPT]
        return words

    def snapshot_of(self, vocabulary: Vocabulary) -> Snapshot | None:
        """The catalogue at the revision a vocabulary is of, as far as it is kept."""
        return next((one for words, one in self._pairs if words is vocabulary), None)


_SERVING: WeakKeyDictionary[sa.Engine, Serving] = WeakKeyDictionary()


_EXPECTED: WeakSet[sa.Engine] = WeakSet()


def expect_index() -> bool:
    """Say that an index will be opened; until then this process is not ready.

    Returns whether the catalogue is so small that building it holds nobody up.
    """
    _EXPECTED.add(db.engine)
    live = sa.select(sa.func.count()).select_from(Product).where(Product.retired_at.is_(None))
    return (db.session.scalar(live) or 0) <= MOST_BUILT_AT_ONCE


def is_ready() -> bool:
    """Whether answers come as fast as they will: no index is expected, or it is open."""
    return db.engine not in _EXPECTED or is_indexed()


def open_index(progress: Progress = silent, *, builds_beside: bool = True) -> Snapshot:
    """Build the index of this database; this process and its forks answer from it from now on.

    builds_beside: whether forks build a large one anew themselves, beside their answers; else this
    process does, in `keep_up`.
    """
    index = Index(db.engine, builds_beside=builds_beside)
    snapshot = index.build(progress)
    _SERVING[db.engine] = Serving(index)
    remembering.start(index.revision)
    return snapshot


def keep_up() -> bool:
    """Build a large index anew if it has to be; whether that was done, so that forks are old."""
    return _SERVING[db.engine].index.keep_up()


def close_index() -> None:
    """Answer by SQL again."""
    remembering.stop()
    serving = _SERVING.pop(db.engine, None)
    if serving is not None:
        serving.index.close()


def is_indexed() -> bool:
    """Whether answers come from the index."""
    return db.engine in _SERVING


def revision() -> int:
    """The last committed revision: a question of microseconds where there is an index."""
    serving = _SERVING.get(db.engine)
    return current_revision() if serving is None else serving.index.revision()


def vocabulary(sorts: Sequence[Sort] = SORTS) -> Vocabulary:
    """All that can be chosen now; `sorts` are the orders on offer, the default first."""
    serving = _SERVING.get(db.engine)
    if serving is None or tuple(sorts) != SORTS:
        return declaring.vocabulary(sorts)
    return serving.vocabulary()


def find(selection: Selection, *, per_page: int = PER_PAGE) -> Listing:
    """The page of machines a Selection asks for, with every count (`product.md` §3).

    Raises BadSelection when the page is past the last one.
    """
    snapshot = snapshot_of(selection.vocabulary)
    if snapshot is None:
        return sql.find(selection, per_page=per_page)
    return listing(snapshot, selection, per_page=per_page)


def total(selection: Selection) -> int:
    """How many machines a Selection finds."""
    snapshot = snapshot_of(selection.vocabulary)
    if snapshot is None:
        return left_out.total(selection)
    return indexed_left_out.total(snapshot, selection)


def misses(selection: Selection, names: Sequence[str], *, most: int) -> Misses:
    """What machines miss of the choices named, among those that meet all others of a Selection.

    names: facets, ranges, fits and "q" that narrow it. most: how many machines to name.
    """
    snapshot = snapshot_of(selection.vocabulary)
    if snapshot is None:
        return left_out.misses(selection, names, most)
    return indexed_left_out.misses(snapshot, selection, names, most)


def traits(selection: Selection, ids: Collection[int]) -> dict[int, Traits]:
    """What each machine of the catalogue has of what a Selection asks, by id."""
    snapshot = snapshot_of(selection.vocabulary)
    if snapshot is None:
        return stated.traits(selection, ids)
    return indexed_stated.traits(snapshot, selection, ids)


def snapshot_of(words: Vocabulary) -> Snapshot | None:
    """The catalogue at the revision a vocabulary is of; None where SQL has to answer."""
    serving = _SERVING.get(db.engine)
    return None if serving is None else serving.snapshot_of(words)
