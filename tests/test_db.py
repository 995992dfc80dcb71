"""How a database is opened, on a real file: what every connection keeps, what a transaction is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from reviews_app.db import db
from tests.databases import NewDatabase, a_site


@pytest.fixture
def engine(new_database: NewDatabase, tmp_path: Path) -> Iterator[Engine]:
    with a_site(new_database, tmp_path / "x.db") as app, app.app_context():
        yield db.engine


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 5000)],
)
def test_every_connection_to_sqlite_is_opened_alike(
    engine: Engine, pragma: str, value: object
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no pragmas")
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b (a_id INTEGER REFERENCES a (id))"))

    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("INSERT INTO b VALUES (7)"))


def test_a_reader_sees_one_state_while_another_writes(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.execute(text("CREATE TABLE a (id INTEGER)"))

    with engine.connect() as reader:
        count = text("SELECT count(*) FROM a")
        before = reader.execute(count).scalar_one()
        with engine.begin() as writer:
            writer.execute(text("INSERT INTO a VALUES (1)"))
        after = reader.execute(count).scalar_one()

    assert before == after == 0


def test_a_table_made_in_a_transaction_that_fails_is_not_there(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER)"))
        connection.rollback()

        with pytest.raises(DBAPIError, match=r"no such table|does not exist"):
            connection.execute(text("SELECT * FROM a"))
