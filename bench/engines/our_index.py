"""The site's index: over the compared columns only, and as the site has it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from typing import Any
from unittest.mock import patch

from bench.compared import FACETS, FITS, PER_PAGE, RANGES, Answer, answer_of
from bench.engines import Material
from bench.engines.our_sql import state_cordless
from bench.storing import site, sqlite_url
from reviews_app.browse import Selection
from reviews_app.browse.facets import SCORE
from reviews_app.browse.index import Index, Snapshot, patching, reading
from reviews_app.browse.index.table import Table
from reviews_app.db import db

NEEDED = ("mechanism", "status")
"""What needs follow from, and what puts recalled machines last."""


class Ours:
    """What the three have in common."""

    index: Index
    snapshot: Snapshot

    def __init__(self, material: Material) -> None:
        self.material = material
        self.kept = ExitStack()

    @property
    def version(self) -> str:
        """See `Engine`."""
        return f"numpy {version('numpy')}, pyroaring {version('pyroaring')}"

    def build(self) -> dict[str, float]:
        """See `Engine`; reads the columns out of the SQLite file, then makes the index of them."""
        self.kept.enter_context(site(sqlite_url(self.material.file)).app_context())
        self.index = Index(db.engine)
        self.kept.callback(self.index.close)
        marks = [time.perf_counter()]

        def some(*args: Any, **options: Any) -> Table:
            table = self.columns(reading.read(*args, **options))
            marks.append(time.perf_counter())
            return table

        with patch.object(patching, "read", some):
            self.snapshot = self.index.build()
        marks.append(time.perf_counter())
        return {"read": marks[1] - marks[0], "build": marks[2] - marks[1]}

    def columns(self, table: Table) -> Table:
        """What of the catalogue the index is made of."""
        return table

    def answer(self, selection: Selection) -> Answer:
        """See `Engine`."""
        return answer_of(*self.snapshot.find(selection, PER_PAGE))

    def change(self, product_id: int, *, cordless: bool) -> dict[str, float]:
        """See `Engine`; commits to SQLite, then patches as the site's next reader does."""
        started = time.perf_counter()
        state_cordless(product_id, cordless=cordless)
        committed = time.perf_counter()
        following = self.index.refresh()
        if following is None:
            raise RuntimeError("The index would have been built anew.")
        self.snapshot = following
        return {"commit": committed - started, "patch": time.perf_counter() - committed}

    def disk_bytes(self) -> int:
        """See `Engine`; what is on disk is the site's database."""
        return 0

    def close(self) -> None:
        """See `Engine`."""
        self.kept.close()


class Compared(Ours):
    """An Engine that holds what the others hold; not what the site patches."""

    def columns(self, table: Table) -> Table:
        """See `Ours`."""
        wanted = {*FACETS, *NEEDED}
        return replace(
            table,
            facets={name: marks for name, marks in table.facets.items() if name in wanted},
            derived={name: one for name, one in table.derived.items() if name in FACETS},
            numbers={name: one for name, one in table.numbers.items() if name[0] in RANGES},
            limits={name: one for name, one in table.limits.items() if name in FITS},
            sorts={name: one for name, one in table.sorts.items() if name[0] != SCORE},
            scores=None,
        )


class Full(Ours):
    """An Engine that answers the whole listing, as the site does."""


class WithoutWords(Ours):
    """The same without the words, for what they take."""

    def columns(self, table: Table) -> Table:
        """See `Ours`."""
        return replace(table, texts=(), labels=(), aliases=())
