"""Knows how a migration reaches the database: in one transaction, or not at all."""

import logging
import pkgutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import reviews_app
from reviews_app.db import db

# A table is known once its module is imported, and not every table has a page.
for module in pkgutil.walk_packages(reviews_app.__path__, "reviews_app."):
    import_module(module.name)

logger = logging.getLogger("alembic")
if not logger.level and not logging.root.handlers:  # on a terminal, and the first time
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: "Running" in record.getMessage())  # the steps, no chatter
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def migrate() -> None:
    """Run the migrations that were asked for, on the database of the app."""
    with db.engine.connect() as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            # SQLite can, once transactions are opened for real, as reviews_app.db does.
            transactional_ddl=True,
            process_revision_directives=only_what_changed,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_dangling_rows(connection)


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one would take its children along.

    Said to the driver, since it has no effect inside a transaction.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_dangling_rows(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise RuntimeError(f"{len(dangling)} rows would refer to nothing, first {dangling[0]}")


def only_what_changed(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """No empty file when models and migrations are in step."""
    generated = getattr(context.config.cmd_opts, "autogenerate", False)
    if generated and directives[0].upgrade_ops.is_empty():
        directives.clear()
        context.config.print_stdout("Models and migrations are in step: nothing to write.")


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; --sql is not supported.")
migrate()
