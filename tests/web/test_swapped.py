"""What is somebody's own is reached by nobody else, whatever number is put into an address."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.accounts import sessions
from reviews_app.db import Base, db
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.web import limiting
from reviews_app.web.rights import RIGHTS, SAFE, is_public
from tests.people import PASSWORD, an_account, link_in, mails, send, signed_in, token
from tests.web.reviewing import FORM, a_machine, write

EMAIL, NAME = "canary-owner@people.example", "Canary Owner"
CANARY = "canary"

BY_A_SECRET = {"security.reset_password", "security.two_factor_setup_validate"}
"""Whoever has the link of a mail has the mailbox; the other is known to its own session only."""


def _a_life(app: Flask) -> tuple[dict[str, list[object]], FlaskClient]:
    """Somebody with one of everything: what stands in addresses of theirs, and their browser."""
    machine = a_machine(app)
    with app.app_context():
        owner = an_account(email=EMAIL, public_name=NAME)
    client = signed_in(app, account_id=owner)
    write(client, title="Canary title", text="Canary text, of a review that nobody may read yet.")
    send(client, "/account/recovery", {"email": EMAIL})
    secret = client.get_cookie("session")
    assert secret
    with app.app_context():
        review = db.session.scalars(sa.select(ReaderReview.id)).one()
    numbers: list[object] = [review, owner, machine]
    return {
        "review_id": numbers,
        "account_id": numbers,
        "key": [sessions.digest(secret.value)],
        "token": [link_in(mails(app)[-1][2]).rpartition("/")[2]],
        "receipt": numbers,
        "slug": ["boots"],
    }, client


def _addresses(app: Flask, owned: dict[str, list[object]]) -> list[tuple[str, str, set[str]]]:
    """Every personal route with every number it could be asked for; without one, to read."""
    found = []
    for rule in app.url_map.iter_rules():
        right = RIGHTS[rule.endpoint]
        if is_public(rule.endpoint) or not right.roles:
            continue
        for n in range(max([len(owned[name]) for name in rule.arguments], default=1)):
            values = {name: owned[name][n % len(owned[name])] for name in rule.arguments}
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
            methods = set(rule.methods or ()) - {"HEAD", "OPTIONS"}
            found.append((rule.endpoint, path, methods if rule.arguments else methods & SAFE))
    return found


@pytest.mark.parametrize("is_in", [True, False], ids=["another reader", "a visitor"])
def test_numbers_of_somebody_else_open_nothing(
    app: Flask, is_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "LIMITS", {})
    owned, owner = _a_life(app)
    stranger = signed_in(app) if is_in else app.test_client()
    page = "/account" if is_in else "/account/sign-in"
    before, walked, csrf = _theirs(app), 0, token(stranger, page)
    for endpoint, path, methods in _addresses(app, owned):
        if endpoint in BY_A_SECRET:
            continue
        for method in sorted(methods):
            fields = {"password": PASSWORD, "verdict": "publish", "version": "1", "keep": "no"}
            sent = {} if method in SAFE else {"csrf_token": csrf, **fields}
            answer = stranger.open(path, method=method, data=sent)
            assert answer.status_code < 500, path
            assert CANARY not in answer.text.lower(), (method, path)
            walked += 1

    assert _theirs(app) == before
    assert walked > 50
    assert not is_in or stranger.get("/account").status_code == 200  # they were in all the while
    assert CANARY in owner.get("/account/reviews").text.lower()
    assert CANARY in owner.get(FORM).text.lower()


def _theirs(app: Flask) -> dict[str, int]:
    """Rows that hold something of the owner's."""
    with app.app_context():
        rows = {
            table.name: repr(db.session.execute(table.select()).all()).lower().count(CANARY)
            for table in Base.metadata.sorted_tables
        }
    assert sum(rows.values()) > 3
    return rows
