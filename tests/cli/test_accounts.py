"""The commands for the accounts of those who run the site."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from reviews_app.accounts import queries
from tests.pages import visit
from tests.people import an_account, send, signed_in

NEW_PASSWORD = "some other plain words"  # noqa: S105


def _link(output: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/account/recovery/\S+)", output)
    assert found, output
    return found[1]


def test_an_account_is_made_with_a_link_that_works_once(app: Flask, runner: FlaskCliRunner) -> None:
    result = runner.invoke(
        args=["accounts", "create", "Mo@Desk.example", "--role", "moderator", "--role", "editor"]
    )

    assert result.exit_code == 0, result.output
    assert "Made an account for mo@desk.example: editor, moderator." in result.output
    with app.app_context():
        account = queries.find_account("mo@desk.example")
        assert account
        assert (account.password, account.role_names) == (None, frozenset({"editor", "moderator"}))
    client = app.test_client()
    link = _link(result.output)
    fields = {"email": "mo@desk.example", "password": NEW_PASSWORD}
    send(client, "/account/sign-in", fields, status=422)
    send(client, link, {"password": NEW_PASSWORD}, status=302)
    assert client.get(link).headers["Location"] == "/account/recovery"
    answer = send(client, "/account/sign-in", fields, status=302)
    assert answer.headers["Location"] == "/account/second-factor"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody", "--role", "reader"], "'nobody' is not an e-mail address."),
        (["mo@desk.example", "--role", "owner"], "'owner' is not one of"),
        (["mo@desk.example"], "Missing option '--role'"),
        (["admin@desk.example", "--role", "admin"], "The name 'admin' cannot be used; give --name"),
        (["there@desk.example", "--role", "reader"], "There is an account for there@desk.example"),
    ],
)
def test_what_cannot_be_made_is_said_in_words(
    app: Flask, runner: FlaskCliRunner, arguments: list[str], words: str
) -> None:
    with app.app_context():
        an_account(email="there@desk.example")

    result = runner.invoke(args=["accounts", "create", *arguments])

    assert result.exit_code != 0
    assert words in result.output


def test_new_roles_hold_at_once_and_want_a_second_factor(
    app: Flask, runner: FlaskCliRunner
) -> None:
    with app.app_context():
        account_id = an_account(email="rises@desk.example")
    client = signed_in(app, account_id=account_id)

    result = runner.invoke(
        args=["accounts", "roles", "Rises@desk.example", "--role", "reader", "--role", "moderator"]
    )

    assert result.output == "rises@desk.example is moderator, reader now.\n"
    assert client.get("/account").status_code == 303


def test_a_lost_authenticator_is_forgotten_and_set_up_anew(
    app: Flask, runner: FlaskCliRunner
) -> None:
    with app.app_context():
        account_id = an_account("moderator", email="lost@desk.example")
    client = signed_in(app, account_id=account_id)

    result = runner.invoke(
        args=["accounts", "recover", "lost@desk.example", "--without-second-factor"]
    )

    assert client.get("/account").status_code == 303
    link = _link(result.output)
    visit(client, link, personal=True)
    send(client, link, {"password": NEW_PASSWORD}, status=302)
    fields = {"email": "lost@desk.example", "password": NEW_PASSWORD}
    answer = send(client, "/account/sign-in", fields, status=302)
    assert answer.headers["Location"] == "/account/second-factor"


def test_one_or_all_are_signed_out(app: Flask, runner: FlaskCliRunner) -> None:
    with app.app_context():
        account_id = an_account(email="one@desk.example")
    one, other = signed_in(app, account_id=account_id), signed_in(app)

    runner.invoke(args=["accounts", "sign-out", "one@desk.example"])
    assert (one.get("/account").status_code, other.get("/account").status_code) == (303, 200)
    runner.invoke(args=["accounts", "sign-out", "--all"])
    assert other.get("/account").status_code == 303
    result = runner.invoke(args=["accounts", "sign-out"])
    assert result.exit_code != 0
