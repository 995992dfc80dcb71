"""Where the tests keep their data: SQLite, or with `--postgres` a PostgreSQL server of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from flask import Flask

from reviews_app import create_app
from reviews_app.config import Config
from reviews_app.db import Base, db
from tests.postgres import TEMPLATE, Server

NewDatabase: TypeAlias = Callable[[Path | None], AbstractContextManager[str]]
"""From a file, or None for memory, to the address of an empty database; PostgreSQL needs neither.

Its tables are made by `a_site`.
"""

NewSite: TypeAlias = Callable[[], AbstractContextManager[Flask]]
"""A site of its own, whose tables are there and empty."""


@contextmanager
def on_sqlite(file: Path | None = None) -> Iterator[str]:
    """A NewDatabase."""
    yield "sqlite://" if file is None else f"sqlite:///{file}"


def on_postgres(server: Server) -> NewDatabase:
    """Databases on the server, in which the tables are there already."""
    engine = sa.create_engine(server.url(TEMPLATE), poolclass=sa.NullPool)
    Base.metadata.create_all(engine)
    return lambda _file: server.empty_database()


@contextmanager
def a_site(new_database: NewDatabase, file: Path | None = None, **settings: Any) -> Iterator[Flask]:
    """A site whose tables are there and empty; `settings` are those of Config."""
    with new_database(file) as url:
        app = create_app(Config(database_url=url, secret_key="s" * 32, **settings))
        with app.app_context():
            engine = db.engine
        if engine.dialect.name == "sqlite":
            Base.metadata.create_all(engine)
        yield app
        engine.dispose()
