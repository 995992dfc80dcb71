"""A form sets what it offers and nothing else, whatever is sent along."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect

from reviews_app.accounts import queries
from reviews_app.accounts.models import Account
from reviews_app.db import Base
from tests.people import PASSWORD, an_account, link_in, mails, send, signed_in

EVERY_COLUMN = sorted(
    {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    | {"roles", "role", "is_staff", "role_names", "remember"}
)
SENT = "admin"

NEW_PASSWORD = "some other plain words"  # noqa: S105

FORMS: list[tuple[str, dict[str, str], set[str]]] = [
    ("/account/name", {"public_name": "Better Name"}, {"public_name"}),
    (
        "/account/password",
        {"password": PASSWORD, "new_password": NEW_PASSWORD},
        {"password", "fs_uniquifier"},
    ),
    ("/account/email", {"email": "newer@people.example"}, set()),
    ("/account/identity", {"password": PASSWORD}, set()),
    ("/account/second-factor", {"setup": "authenticator"}, set()),
    ("/account/sessions/ending", {}, set()),
    ("/account/sign-out", {}, set()),
    ("/account/confirmation", {"email": "owner@people.example"}, set()),
    ("/account/recovery", {"email": "owner@people.example"}, set()),
]


def _columns(app: Flask, account_id: int) -> dict[str, Any]:
    with app.app_context():
        account = queries.get_account(account_id)
        own = {column.key: getattr(account, column.key) for column in inspect(Account).columns}
        return {**own, "roles": sorted(account.role_names)}


@pytest.mark.parametrize(("path", "fields", "changes"), FORMS)
def test_a_form_changes_its_own_columns_only(
    app: Flask, path: str, fields: dict[str, str], changes: set[str]
) -> None:
    with app.app_context():
        account_id = an_account(email="owner@people.example")
    client = signed_in(app, account_id=account_id)
    before = _columns(app, account_id)

    answer = send(client, path, {**dict.fromkeys(EVERY_COLUMN, SENT), **fields}, page="/account")

    assert answer.status_code < 400
    after = _columns(app, account_id)
    assert {name for name in after if after[name] != before[name]} == changes


def test_who_registers_is_a_reader_who_is_not_confirmed(app: Flask) -> None:
    fields = {
        "email": "new@people.example",
        "public_name": "New Person",
        "password": "four plain synthetic words",
    }
    sent = {**dict.fromkeys(EVERY_COLUMN, SENT), "id": "77", "confirmed_at": "2026-01-01"}
    send(app.test_client(), "/account/new", {**sent, **fields, "next": ""}, status=302)

    with app.app_context():
        account = queries.find_account("new@people.example")
        assert account
        assert account.role_names == {"reader"}
        assert account.confirmed_at is None
        assert account.id != 77
        assert account.tf_primary_method is None
        assert account.tf_totp_secret is None
        assert account.fs_uniquifier != SENT
        assert account.made_at is not None


def test_a_link_for_a_new_password_sets_that_alone(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email="owner@people.example")
    client = app.test_client()
    send(client, "/account/recovery", {"email": "owner@people.example"})
    before = _columns(app, account_id)
    fields = {**dict.fromkeys(EVERY_COLUMN, SENT), "password": NEW_PASSWORD}

    send(client, link_in(mails(app)[0][2]), fields, status=302)

    after = _columns(app, account_id)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"password", "fs_uniquifier"}
