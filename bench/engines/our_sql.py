"""The site's own SQL, the oracle: on the SQLite file, and on an embedded PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack

import psycopg
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

from bench.compared import PER_PAGE, Answer, answer_of
from bench.engines import Material
from bench.storing import site, sqlite_url
from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse import sql as ours
from reviews_app.browse.conditions import conditions
from reviews_app.browse.texts import texts
from reviews_app.browse.words import matches
from reviews_app.catalogue.products import Fact, FactOption
from reviews_app.catalogue.revision import current_revision, raise_revision
from reviews_app.db import Base, db
from tests.postgres import Server, a_server

MEMORY_OF_POSTGRES = {"shared_buffers": "1GB", "work_mem": "64MB", "max_wal_size": "8GB"}


class _Sql:
    def __init__(self, material: Material) -> None:
        self.material = material
        self.kept = ExitStack()

    def answer(self, selection: Selection) -> Answer:
        """See `Engine`: what `browse.find` does, less the labels and links around the numbers."""
        word_classes = matches(selection.words, texts()) if selection.words else {}
        by_name = conditions(selection, word_classes)
        counts = ours._counts(selection, by_name, current_revision())
        asked = selection.asked(word_classes)
        return answer_of(counts, ours._page(selection, by_name, asked, PER_PAGE))

    def change(self, product_id: int, *, cordless: bool) -> dict[str, float]:
        """See `Engine`."""
        db.session.rollback()
        state_cordless(product_id, cordless=cordless)
        return {}

    def close(self) -> None:
        """See `Engine`."""
        self.kept.close()

    def _serve(self, app: Flask) -> None:
        self.kept.enter_context(app.app_context())
        browse.vocabulary()


class OnSqlite(_Sql):
    """An Engine."""

    @property
    def version(self) -> str:
        """See `Engine`."""
        return f"SQLite {sqlite3.sqlite_version}"

    def build(self) -> dict[str, float]:
        """See `Engine`; the file is there already."""
        self._serve(site(sqlite_url(self.material.file)))
        return {}

    def disk_bytes(self) -> int:
        """See `Engine`."""
        return self.material.file.stat().st_size


class OnPostgres(_Sql):
    """An Engine."""

    server: Server

    @property
    def version(self) -> str:
        """See `Engine`."""
        with psycopg.connect(self.server.url("postgres")) as connection:
            number: str = connection.info.parameter_status("server_version") or ""
        return f"PostgreSQL {number}"

    def build(self) -> dict[str, float]:
        """See `Engine`; copies every table of the SQLite file."""
        self.server = self.kept.enter_context(a_server(**MEMORY_OF_POSTGRES))
        url = self.kept.enter_context(self.server.database("template1"))
        app = site(url)
        started = time.perf_counter()
        with app.app_context():
            _copy(self.material, url, db.engine)
        seconds = time.perf_counter() - started
        self._serve(app)
        self.kept.callback(db.engine.dispose)
        return {"build": seconds}

    def disk_bytes(self) -> int:
        """See `Engine`."""
        return db.session.scalar(sa.func.pg_database_size(sa.func.current_database())) or 0


def state_cordless(product_id: int, *, cordless: bool) -> None:
    """Store it as a fact, with the revision, and commit."""
    this = sa.and_(Fact.product_id == product_id, Fact.attribute_id == "cordless")
    option = "yes" if cordless else "no"
    mine = FactOption.fact_id.in_(sa.select(Fact.id).where(this))
    db.session.execute(sa.update(Fact).where(this).values(value=cordless))
    db.session.execute(sa.update(FactOption).where(mine).values(option=option))
    raise_revision([product_id])
    db.session.commit()


def _copy(material: Material, url: str, engine: sa.Engine) -> None:
    """Tables first, then their rows by COPY, then indexes."""
    tables = Base.metadata.sorted_tables
    indexes = [index for table in tables for index in table.indexes]
    Base.metadata.create_all(engine)
    for index in indexes:
        index.drop(engine)
    with sqlite3.connect(material.file) as source, psycopg.connect(url) as target:
        for table in tables:
            _copy_table(table, source, target)
        target.commit()
    for index in indexes:
        index.create(engine)
    with psycopg.connect(url, autocommit=True) as target:
        for table in tables:
            if isinstance(table.autoincrement_column, sa.Column):
                target.execute(_NEXT_ID.format(sql.Literal(table.name), sql.Identifier(table.name)))
        target.execute("VACUUM ANALYZE")


_NEXT_ID = sql.SQL(
    "SELECT setval(pg_get_serial_sequence({}, 'id'), coalesce(max(id), 0) + 1, false) FROM {}"
)


def _copy_table(
    table: sa.Table, source: sqlite3.Connection, target: psycopg.Connection[tuple[object, ...]]
) -> None:
    columns = list(table.columns)
    booleans = [at for at, column in enumerate(columns) if isinstance(column.type, sa.Boolean)]
    listed = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), listed)
    names = ", ".join(f'"{column.name}"' for column in columns)
    rows = source.execute(f'SELECT {names} FROM "{table.name}"')  # noqa: S608  (our own names)
    with target.cursor().copy(into) as copy:
        for row in rows:
            values = list(row)
            for at in booleans:
                values[at] = None if values[at] is None else bool(values[at])
            copy.write_row(values)
