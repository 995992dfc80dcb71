"""Knows the database: the base every model inherits, and how SQLite is opened.

Models inherit `Base`, not `db.Model`: the same tables, and it type-checks.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, String, event
from sqlalchemy.exc import DBAPIError as DatabaseTrouble
from sqlalchemy.exc import OperationalError as DatabaseOutOfOrder  # full, locked, away
from sqlalchemy.orm import DeclarativeBase

__all__ = [
    "Base",
    "DatabaseOutOfOrder",
    "DatabaseTrouble",
    "apart",
    "at_rest",
    "db",
    "forget_traces",
    "now",
    "writing",
]

# Constraints need names that can be foretold, or a migration cannot drop them.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

WAIT_MILLISECONDS = 5000
"""How long a writer waits for another."""

TRACES_WAIT_MILLISECONDS = 250
"""How long the emptying of the log waits for readers, and with it all writers."""

PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose what was answered with success when power fails
    f"busy_timeout={WAIT_MILLISECONDS}",
    "secure_delete=ON",  # what is deleted is overwritten: people may leave for good
)


# Texts compare by code point, as they do on SQLite, whatever the language of the database is.
TEXT = String().with_variant(String(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What every table is declared on; models name their own `__tablename__`."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


# Said to the registry: Flask-SQLAlchemy makes a base below ours, which may not have its own map.
Base.registry.update_type_annotation_map({str: TEXT})

db = SQLAlchemy(model_class=Base)


def now() -> datetime:
    """This moment, as it is stored: in UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def apart() -> Iterator[None]:
    """Within it `db.session` is another session, which reads what is committed and ends with it."""
    registry = db.session.registry
    outer, inner = registry(), db.session.session_factory()
    registry.set(inner)
    try:
        yield
    finally:
        inner.close()
        registry.set(outer)


WRITES = "legwise_writes"
"""The option of a connection whose transaction is going to write."""


def writing() -> None:
    """Begin the transaction of `db.session` as one that writes; say it before the first statement.

    On SQLite writers wait for each other from the start: one that has read first and writes later
    would fail where somebody else wrote in between. On PostgreSQL rows are read as they are when
    they are written, and constraints decide who was first.
    """
    options: dict[str, Any] = {WRITES: True}
    if db.engine.dialect.name == "postgresql":
        options["isolation_level"] = "READ COMMITTED"
    db.session.connection(execution_options=options)


@contextmanager
def at_rest() -> Iterator[None]:
    """Within it nobody waits for a transaction of `db.session` that is going to write.

    It ends before and begins anew after, so that what was read is read again. Say it before
    anything was written; where something waits to be, the transaction goes on.
    """
    if not _only_begun():
        yield
        return
    db.session.rollback()
    try:
        yield
    finally:
        writing()


def _only_begun() -> bool:
    session = db.session()
    if not session.in_transaction() or session.new or session.dirty or session.deleted:
        return False
    return bool(session.connection().get_execution_options().get(WRITES))


def forget_traces() -> None:
    """Have what was deleted and committed stand in no file of the database any more.

    On SQLite its pages are overwritten when they are deleted, and the log beside the file, which
    still has them as they were, is emptied here. While somebody else reads that waits for the next
    time. PostgreSQL cleans its pages by itself (autovacuum).
    """
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection  # it cannot be in a transaction
        driver.execute(f"PRAGMA busy_timeout={TRACES_WAIT_MILLISECONDS}")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        driver.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    """Every SQLite connection keeps foreign keys, writes ahead and syncs each commit."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # Left to itself the driver opens a transaction at the first write only, so that a page's
    # statements may see different states and a broken migration stays half done.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A transaction is one state of the database from its first statement to its last."""
    driver = connection.connection.driver_connection
    # In memory all sessions share one connection, which may be in a transaction already.
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
