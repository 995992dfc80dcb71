"""People with accounts, for tests: made, signed in by the real form, sending forms with a token."""

from __future__ import annotations

import itertools
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from flask_security.proxies import _security as security
from werkzeug.test import TestResponse

from reviews_app import outbox
from reviews_app.accounts import queries
from reviews_app.accounts.roles import READER
from reviews_app.db import db

PASSWORD = "correct horse battery staple of synthetic people"  # noqa: S105
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

_numbers = itertools.count(1)


def an_account(*roles: str, email: str | None = None, public_name: str = "Synthetic Person") -> int:
    """The number of a confirmed account with these roles, a reader's unless given. Commits.

    Staff have their second factor set up. Call it within an app context.
    """
    roles = roles or (READER,)
    address = email or f"synthetic-{next(_numbers)}@people.example"
    account = queries.make_account(address, public_name, roles, password=hash_password(PASSWORD))
    account.confirmed_at = queries.now()
    if account.is_staff:
        account.tf_primary_method = "authenticator"
        account.tf_totp_secret = security.totp_factory.generate_totp_secret()
    db.session.commit()
    return account.id


def signed_in(app: Flask, *roles: str, account_id: int | None = None) -> FlaskClient:
    """The browser of somebody with these roles (a reader unless given), signed in by the form."""
    with app.app_context():
        account = queries.get_account(account_id if account_id else an_account(*roles))
        email, secret = account.email, account.tf_totp_secret
    client = app.test_client()
    send(client, "/account/sign-in", {"email": email, "password": PASSWORD}, status=302)
    if secret:
        code = code_of(app, secret)
        send(client, "/account/second-factor/code", {"code": code}, status=302)
    return client


def code_of(app: Flask, totp_secret: str) -> str:
    """What an authenticator shows now for a stored secret."""
    with app.app_context():
        code: str = security.totp_factory.generate_totp_password(totp_secret)
    return code


def token(client: FlaskClient, page: str = "/account/sign-in") -> str:
    """The token of this browser's session, as `page` gives it in a form."""
    found = TOKEN.search(client.get(page, follow_redirects=True).text)
    assert found, f"{page} holds no token"
    return found[1]


def send(
    client: FlaskClient,
    path: str,
    fields: dict[str, Any] | None = None,
    *,
    page: str | None = None,
    status: int | None = None,
) -> TestResponse:
    """What `path` answers to a form, sent with the token of the form on `page` (or there)."""
    form = {"csrf_token": token(client, page or path), **(fields or {})}
    response = client.post(path, data=form)
    assert status is None or response.status_code == status, (path, response.status_code)
    return response


def mails(app: Flask) -> list[tuple[str, str, str]]:
    """The mails that wait to be sent: to whom, subject and body, the oldest first."""
    with app.app_context():
        return [(one.recipient, one.subject, one.body) for one in outbox.waiting()]


def link_in(body: str) -> str:
    """The path of the one link with a token in a mail."""
    (path,) = re.findall(r"^http://127\.0\.0\.1:8000(/account/\w+/\S+)$", body, re.MULTILINE)
    return str(path)
