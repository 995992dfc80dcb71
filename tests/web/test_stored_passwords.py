"""What is stored of a password is slow to guess, gets better by itself, and holds nobody up."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher, Type
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from passlib.context import CryptContext

from reviews_app.accounts import queries
from reviews_app.accounts.models import Account
from reviews_app.db import db
from reviews_app.web.account_guards import HashingAtRest
from tests.databases import NewDatabase, a_site, on_sqlite
from tests.people import PASSWORD, an_account, send, signed_in

SIGN_IN = "/account/sign-in"
OWNER = {"email": "owner@people.example", "password": PASSWORD}
FLOOR = "$argon2id$v=19$m=19456,t=2,p=1$"
"""The least that OWASP's sheet on storing passwords asks for: 19 MiB, twice over them."""

WEAKER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1, type=Type.ID)
OLDER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.I)


def _stored(app: Flask) -> str:
    with app.app_context():
        account = queries.find_account(OWNER["email"])
        assert account
        return str(account.password)


def _store(app: Flask, stored: str) -> None:
    with app.app_context():
        an_account(email=OWNER["email"])
        db.session.execute(sa.update(Account).values(password=stored))
        db.session.commit()


def test_the_hash_meets_the_floor(app: Flask) -> None:
    with app.app_context():
        an_account(email=OWNER["email"])

    assert _stored(app).startswith(FLOOR)


@pytest.mark.parametrize("hasher", [WEAKER, OLDER], ids=["weaker", "older"])
def test_a_hash_below_it_is_made_anew_at_sign_in(
    app: Flask, client: FlaskClient, hasher: PasswordHasher
) -> None:
    _store(app, hasher.hash(PASSWORD))
    before = _stored(app)
    send(client, SIGN_IN, {**OWNER, "password": "not the password"}, status=422)
    assert _stored(app) == before

    send(client, SIGN_IN, OWNER, status=302)

    assert _stored(app).startswith(FLOOR)
    send(app.test_client(), SIGN_IN, OWNER, status=302)


def test_a_hash_that_is_good_stays(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email=OWNER["email"])
    before = _stored(app)
    signed_in(app, account_id=account_id)

    assert _stored(app) == before


def test_nobody_waits_while_a_password_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite, where one writes at a time: another connection may, all the while."""
    path, checks = tmp_path / "site.db", []
    check = CryptContext.verify

    def verify(self: CryptContext, *given: Any, **named: Any) -> bool:
        with closing(sqlite3.connect(path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")  # or it is locked
            other.rollback()
        checks.append(given)
        return bool(check(self, *given, **named))

    monkeypatch.setattr(CryptContext, "verify", verify)
    with a_site(on_sqlite, path) as app:
        with app.app_context():
            account_id = an_account(email=OWNER["email"])
        client = signed_in(app, account_id=account_id)
        new = {**OWNER, "new_password": "another set of plain words"}
        for page in ("/account/identity", "/account/password"):
            assert send(client, page, new).status_code == 302
        leave = {"password": new["new_password"], "keep": "no"}
        send(client, "/account/deletion", leave, status=200)

    assert len(checks) >= 4


@pytest.mark.parametrize("meanwhile", ["changed", "left"])
def test_a_password_that_goes_while_it_is_checked_lets_nobody_in(
    new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    with a_site(new_database, tmp_path / "site.db") as app:
        _goes_while_checked(app, monkeypatch, meanwhile)


def _goes_while_checked(app: Flask, monkeypatch: pytest.MonkeyPatch, meanwhile: str) -> None:
    with app.app_context():
        an_account(email=OWNER["email"])
        new = hash_password("another set of plain words")
        engine = db.engine
    check = CryptContext.verify

    def verify(self: CryptContext, *given: Any, **named: Any) -> bool:
        change: sa.Update | sa.Delete = (
            sa.update(Account).values(password=new)
            if meanwhile == "changed"
            else sa.delete(Account)
        )
        with engine.begin() as other:
            other.execute(change)
        return bool(check(self, *given, **named))

    monkeypatch.setattr(CryptContext, "verify", verify)

    send(app.test_client(), SIGN_IN, OWNER, status=422)


class Watched:
    """Stands for a CryptContext; notes which threads hash, and how many at a time."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.at_once = [0]
        self._busy = Lock()

    def hash(self, password: str) -> str:
        self.threads.add(get_ident())
        self.at_once.append(0 if self._busy.acquire(blocking=False) else 1)
        time.sleep(0.01)
        if not self.at_once[-1]:
            self._busy.release()
        return password.upper()


def test_a_process_hashes_one_password_at_a_time_and_in_one_thread(app: Flask) -> None:
    watched = Watched()
    hashing = HashingAtRest(watched)

    def hashed(password: str) -> str:
        with app.app_context():
            return hashing.hash(password)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(hashed, "abcdefgh")) == list("ABCDEFGH")

    assert sum(watched.at_once) == 0
    assert len(watched.threads) == 1
