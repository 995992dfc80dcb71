"""Holds the snapshot that answers now, and puts the next in its place after a change."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import sqlalchemy as sa

from reviews_app.browse.answer import check_page, listing_of
from reviews_app.browse.facets import Sort
from reviews_app.browse.index.patching import built, changed_since, one_state, patched
from reviews_app.browse.index.polling import Poll
from reviews_app.browse.index.reading import Progress, silent
from reviews_app.browse.index.snapshot import Snapshot
from reviews_app.browse.listing import PER_PAGE, Listing
from reviews_app.browse.selection import Selection
from reviews_app.browse.sorts import SORTS

MOST_BUILT_AT_ONCE = 20_000
"""Up to so many products (half a second) the index is built anew within a request."""


class Index:
    """The index of one database. Built once before workers fork, or when first asked.

    Readers take the reference to the snapshot once and need no lock; who makes the next one does.
    """

    def __init__(
        self, engine: sa.Engine, sorts: Sequence[Sort] = SORTS, *, builds_beside: bool = True
    ) -> None:
        """builds_beside: whether readers start a long build; else their parent calls `keep_up`."""
        self._engine = engine
        self._sorts = tuple(sorts)
        self._builds_beside = builds_beside
        self._poll = Poll(engine)
        self._snapshot: Snapshot | None = None
        self._making = threading.Lock()
        self._process = os.getpid()
        self._rebuild: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether there is a snapshot, of whatever revision."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot published last; `refresh` gives one that is up to date."""
        return self._snapshot

    def revision(self) -> int:
        """The last committed revision, whether or not there is a snapshot of it yet."""
        return self._poll.revision()

    def build(self, progress: Progress = silent) -> Snapshot:
        """A snapshot of all that is committed, made from nothing and published."""
        with one_state(self._engine) as connection:
            snapshot = built(connection, self._sorts, progress)
        self._snapshot = snapshot
        return snapshot

    def refresh(self) -> Snapshot | None:
        """The snapshot of the last committed revision, patched or built where needed.

        None where nothing has been built, or where building is so long that it is done in the
        background: then answer by SQL.
        """
        snapshot = self._snapshot
        if snapshot is None:
            return None
        if snapshot.revision == self._poll.revision():
            return snapshot
        with self._lock():
            snapshot = self._snapshot or snapshot  # another thread may have been here first
            if snapshot.revision == self._poll.revision():
                return snapshot
            return self._caught_up(snapshot)

    def find(self, selection: Selection, *, per_page: int = PER_PAGE) -> Listing | None:
        """What `browse.find` answers in SQL, at the last committed revision; None where not ready.

        Raises BadSelection when the page is past the last one.
        """
        snapshot = self.refresh()
        return None if snapshot is None else listing(snapshot, selection, per_page=per_page)

    def keep_up(self) -> bool:
        """Build anew what is too large to be built within a request, if it has to be.

        Whether it was: then forks of this process have a better start than those that answer now.
        """
        before = self._snapshot
        if before is None or before.revision == self._poll.revision():
            return False
        with one_state(self._engine) as connection:
            following = self._patched(connection, before)
        if following is not None and not following.is_due():
            self._snapshot = following
            return False
        return self.build().size > MOST_BUILT_AT_ONCE

    def close(self) -> None:
        """Let go of the database; a rebuild under way is waited for."""
        if self._rebuild is not None and self._process == os.getpid():
            self._rebuild.join()
        self._poll.close()

    def _caught_up(self, snapshot: Snapshot) -> Snapshot | None:
        with one_state(self._engine) as connection:
            following = self._patched(connection, snapshot)
            if following is None and snapshot.size <= MOST_BUILT_AT_ONCE:
                following = built(connection, self._sorts)
        if following is None:
            self._build_beside()
            return None
        self._snapshot = following
        if following.is_due() and following.size > MOST_BUILT_AT_ONCE:
            self._build_beside()
        return following

    def _patched(self, connection: sa.Connection, snapshot: Snapshot) -> Snapshot | None:
        changed = changed_since(connection, snapshot)
        return None if changed is None else patched(connection, self._sorts, snapshot, changed)

    def _build_beside(self) -> None:
        if not self._builds_beside:
            return
        if self._rebuild is None or not self._rebuild.is_alive():
            self._rebuild = threading.Thread(target=self._rebuilt, name="browse index", daemon=True)
            self._rebuild.start()

    def _rebuilt(self) -> None:
        """Build without holding anyone up, then patch what changed meanwhile."""
        with one_state(self._engine) as connection:
            snapshot = built(connection, self._sorts)
        with self._lock(), one_state(self._engine) as connection:
            following = self._patched(connection, snapshot)
            # Should it be behind still, the next reader finds that it is.
            self._snapshot = following or snapshot

    def _lock(self) -> threading.Lock:
        """The lock of who makes the next snapshot; a new one in the child of a fork."""
        if self._process != os.getpid():
            self._making, self._rebuild, self._process = threading.Lock(), None, os.getpid()
        return self._making


def listing(snapshot: Snapshot, selection: Selection, *, per_page: int = PER_PAGE) -> Listing:
    """The answer of one snapshot. Raises BadSelection when the page is past the last one."""
    counts, ids = snapshot.find(selection, per_page)
    check_page(selection, counts.total, per_page)
    return listing_of(selection, counts, ids, per_page)
