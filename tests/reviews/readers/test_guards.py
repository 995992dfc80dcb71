"""The guards of the tables are those of the migrations, whichever of the two made them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from reviews_app import create_app
from reviews_app.config import Config
from reviews_app.db import db
from reviews_app.reviews.readers.guards import REFUSED
from tests.postgres import Server

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
BODIES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE '%_refuse'",
}


def found(app: Flask, statements: dict[str, str]) -> set[tuple[str, ...]]:
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.execute(sa.text(statements[connection.dialect.name]))
        return {tuple(row) for row in rows}


def test_the_migrations_set_the_same_guards_as_the_models(
    app: Flask, postgres: Server | None, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'migrated.db'}"
    if postgres is None:
        _compare(app, url)
        return
    with postgres.database("template1") as url:
        _compare(app, url)


def _compare(app: Flask, url: str) -> None:
    migrated = create_app(Config(database_url=url, secret_key="s" * 32))
    result = migrated.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code == 0, result.output
    for statements in (TRIGGERS, BODIES):
        assert found(migrated, statements) == found(app, statements)
    assert len(found(app, TRIGGERS)) >= len(REFUSED)
    with migrated.app_context():
        db.engine.dispose()
