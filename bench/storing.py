"""Fills a SQLite file with a synthetic catalogue, and refuses any file not called so.

The words, the guidance and the migrations are the site's own; the machines of the seed files are
taken out, so that nothing real stands beside what is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import Flask

from bench import rows
from bench.synthetic import Catalogue
from bench.vocabulary import SEED_DATA
from reviews_app import create_app
from reviews_app.catalogue.products import Brand, Product
from reviews_app.catalogue.revision import raise_revision
from reviews_app.config import Config
from reviews_app.db import Base, db

NAME = "synthetic"
SECRET = "benchmarks run on loopback, nobody signs in"  # noqa: S105  (there is nothing to protect)

Progress = Callable[[int], None]


class NotSynthetic(SystemExit):
    """A file that may hold a real catalogue; left alone it ends the command with its sentence."""


def site(url: str) -> Flask:
    """The site on a database."""
    return create_app(Config(database_url=url, secret_key=SECRET))


def sqlite_url(file: Path) -> str:
    """The address of a synthetic database; raises NotSynthetic where the name does not say so."""
    if NAME not in file.name:
        raise NotSynthetic(f"{file.name} does not have {NAME!r} in its name: nothing was written.")
    return f"sqlite:///{file.resolve()}"


def store(catalogue: Catalogue, file: Path, progress: Progress | None = None) -> None:
    """Write the catalogue to a new SQLite file; one that is there already is replaced.

    progress is told after every few thousand machines how many more are stored.
    """
    url = sqlite_url(file)
    for old in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    app = site(url)
    runner = app.test_cli_runner()
    for command in (["db", "upgrade"], ["catalogue", "import", str(SEED_DATA)]):
        result = runner.invoke(args=command, catch_exceptions=False)
        if result.exit_code:
            raise RuntimeError(result.output)
    with app.app_context():
        _take_out_machines()
        with _without_indexes():
            _insert(catalogue, progress)
        db.session.execute(sa.text("ANALYZE"))
        raise_revision()
        db.session.commit()
        db.session.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.engine.dispose()


def _take_out_machines() -> None:
    """Delete machines and brands, with every row that refers to them."""
    for table in reversed(_tables_of_machines()):
        db.session.execute(sa.delete(table))


def _tables_of_machines() -> list[sa.Table]:
    found = {Product.__table__, Brand.__table__}
    ordered = []
    for table in Base.metadata.sorted_tables:
        if table in found or any(key.column.table in found for key in table.foreign_keys):
            found.add(table)
            ordered.append(table)
    return ordered


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Filling a table is many times faster when its indexes are made afterwards."""
    connection = db.session.connection()
    indexes = [index for table in _tables_of_machines() for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _insert(catalogue: Catalogue, progress: Progress | None) -> None:
    connection = db.session.connection()
    for source in (rows.shared(), rows.machines(catalogue)):
        for model, found in source:
            if found:
                connection.execute(sa.insert(cast(sa.Table, model.__table__)), found)
            if progress is not None and model is Product:
                progress(len(found))
