"""A database that takes nothing hurts writing only, and loses nothing that was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from reviews_app import create_app
from reviews_app.config import Config
from reviews_app.db import db
from reviews_app.reviews.readers.models import ReaderReview
from tests.databases import a_site, on_sqlite
from tests.people import send, signed_in, token
from tests.web.reviewing import FORM, PAGE, a_machine, count, write
from tests.web.test_review_form import TYPED, holds_what_was_typed

AT_ONCE_MILLISECONDS = 20

LONG = "Synthetic words & signs, longer than what is free in a page of the file. " * 60


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """A site on a file: what happens to one is different on PostgreSQL."""
    with a_site(on_sqlite, tmp_path / "site.db") as app:
        a_machine(app)
        yield app


@contextmanager
def _full(app: Flask) -> Iterator[None]:
    """Within it the file may not grow by one page: SQLite says that the disk is full."""
    with app.app_context():
        engine = db.engine

    def allow(connection: sqlite3.Connection, pages: int) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    def full(connection: sqlite3.Connection, *_: object) -> None:
        allow(connection, 1)  # it is never less than what there is

    engine.dispose()
    event.listen(engine, "checkout", full)
    _fill(engine.url.database)
    try:
        yield
    finally:
        event.remove(engine, "checkout", full)
        engine.dispose()


def _fill(path: str | None) -> None:
    """Use up the pages that are free in the file."""
    fills = "INSERT INTO limit_use VALUES ('filling', ?, 1, '2026-01-01', '2027-01-01')"
    with closing(sqlite3.connect(str(path))) as file:
        file.execute("PRAGMA max_page_count=1")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            file.executemany(fills, ((str(number),) for number in range(100_000)))
        file.commit()


@contextmanager
def _locked(app: Flask) -> Iterator[None]:
    """Within it somebody else writes and does not end."""
    with app.app_context():
        engine = db.engine

    def hurry(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA busy_timeout={AT_ONCE_MILLISECONDS}")

    event.listen(engine, "checkout", hurry)
    with closing(sqlite3.connect(str(engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    event.remove(engine, "checkout", hurry)


TROUBLES = {"full": _full, "locked": _locked}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_review_that_cannot_be_stored_stays_in_the_form(site: Flask, trouble: str) -> None:
    client = signed_in(site)
    csrf = token(client, FORM)
    with TROUBLES[trouble](site):
        answer = client.post(FORM, data={**TYPED, "text": LONG, "csrf_token": csrf})
        reading = site.test_client().get(PAGE)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert holds_what_was_typed(answer, text=LONG)
    assert "Our database does not answer just now" in answer.text
    assert reading.status_code == 200
    assert count(site, ReaderReview) == 0
    write(client)  # and there is room again, without a new start
    assert count(site, ReaderReview) == 1


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_visitor_finds_the_text_again_too(site: Flask, trouble: str) -> None:
    with TROUBLES[trouble](site):
        client = site.test_client()
        form = client.get(FORM)
        first = client.post(FORM, data={**TYPED, "csrf_token": "never made"})

    assert form.status_code == 200  # the page is read, and no session of it is kept
    assert first.status_code == 400
    assert holds_what_was_typed(first)
    send(client, FORM, TYPED, status=303)


def test_any_other_form_comes_back_filled(site: Flask) -> None:
    client = site.test_client()
    csrf = token(client)
    typed = {"email": "synthetic@people.example", "password": "never sent back"}
    with _locked(site):
        answer = client.post("/account/sign-in", data={"csrf_token": csrf, **typed})

    assert answer.status_code == 503
    assert 'value="synthetic@people.example"' in answer.text
    assert "never sent back" not in answer.text


@pytest.mark.parametrize("path", ["/massagers", FORM, "/api/v1/massagers"])
def test_a_database_that_is_not_there_is_no_fault_of_the_reader(tmp_path: Path, path: str) -> None:
    app = create_app(Config(f"sqlite:///{tmp_path}/no-tables.db", "s" * 32))

    answer = app.test_client().get(path)

    with app.app_context():
        db.engine.dispose()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Our database does not answer just now" in answer.text
    assert "no such table" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
