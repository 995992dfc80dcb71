"""The site's index: over the compared columns only, and as the site has it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version

import sqlalchemy as sa

from bench.compared import FACETS, FITS, PER_PAGE, RANGES, Answer, answer_of
from bench.engines import Material
from bench.engines.our_sql import state_cordless
from bench.storing import site, sqlite_url
from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse.index import Index, Snapshot
from reviews_app.browse.index.patching import one_state, revision_of
from reviews_app.browse.index.reading import read
from reviews_app.browse.index.segment import build
from reviews_app.browse.index.snapshot import View
from reviews_app.browse.index.table import Table
from reviews_app.db import db


class _Ours:
    snapshot: Snapshot

    def __init__(self, material: Material) -> None:
        self.material = material
        self.kept = ExitStack()

    @property
    def version(self) -> str:
        """See `Engine`."""
        return f"numpy {version('numpy')}, pyroaring {version('pyroaring')}"

    def build(self) -> dict[str, float]:
        """See `Engine`: reads the columns out of the SQLite file, then makes the index of them."""
        app = site(sqlite_url(self.material.file))
        self.kept.enter_context(app.app_context())
        started = time.perf_counter()
        with one_state(db.engine) as connection:
            table = self.columns(connection)
            revision = revision_of(connection)
        read_at = time.perf_counter()
        segment = build(table)
        built_at = time.perf_counter()
        self.snapshot = Snapshot(revision, (View(segment, segment.everything),))
        return {"read": read_at - started, "build": built_at - read_at}

    def columns(self, connection: sa.Connection) -> Table:
        """What the index is made of."""
        return read(connection, browse.SORTS)

    def answer(self, selection: Selection) -> Answer:
        """See `Engine`."""
        return answer_of(*self.snapshot.find(selection, PER_PAGE))

    def change(self, product_id: int, *, cordless: bool) -> None:
        """See `Engine`; for the index as the site has it."""
        raise NotImplementedError

    def close(self) -> None:
        """See `Engine`."""
        self.kept.close()


class Compared(_Ours):
    """An Engine that holds what the others hold."""

    def columns(self, connection: sa.Connection) -> Table:
        """See `_Ours`."""
        table = super().columns(connection)
        wanted = {*FACETS, "mechanism"}
        return replace(
            table,
            facets={name: marks for name, marks in table.facets.items() if name in wanted},
            derived={name: one for name, one in table.derived.items() if name in FACETS},
            numbers={name: one for name, one in table.numbers.items() if name[0] in RANGES},
            limits={name: one for name, one in table.limits.items() if name in FITS},
        )


class Full(_Ours):
    """An Engine that answers the whole listing; takes changes as the site does."""

    index: Index

    def build(self) -> dict[str, float]:
        """See `Engine`."""
        seconds = super().build()
        self.index = Index(db.engine)
        return seconds

    def change(self, product_id: int, *, cordless: bool) -> None:
        """See `Engine`."""
        state_cordless(product_id, cordless=cordless)
        if self.index.refresh() is None:
            raise RuntimeError("The index was built anew instead of patched.")
