"""The second factor: asked of all but readers, taken once, and never skipped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from reviews_app.accounts import queries, recovery
from reviews_app.accounts.models import RecoveryCode
from reviews_app.accounts.roles import STAFF
from reviews_app.db import db
from tests.pages import Page, checked, visit
from tests.people import PASSWORD, an_account, code_of, link_in, mails, send, signed_in

SIGN_IN, CODE, SETUP = "/account/sign-in", "/account/second-factor/code", "/account/second-factor"
START = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _newly_made(app: Flask, role: str) -> dict[str, str]:
    """What somebody signs in with who has not set up their second factor yet."""
    with app.app_context():
        account = queries.get_account(an_account(role, email=f"{role}@people.example"))
        account.tf_primary_method = account.tf_totp_secret = None
        db.session.commit()
    return {"email": f"{role}@people.example", "password": PASSWORD}


def _half_way(app: Flask) -> tuple[FlaskClient, str]:
    """The browser of a moderator who has given the password, and the stored secret."""
    with app.app_context():
        account = queries.get_account(an_account("moderator"))
        fields, secret = {"email": account.email, "password": PASSWORD}, account.tf_totp_secret
    client = app.test_client()
    send(client, SIGN_IN, fields, status=302)
    return client, str(secret)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_set_it_up_before_they_are_in(app: Flask, client: FlaskClient, role: str) -> None:
    answer = send(client, SIGN_IN, _newly_made(app, role), status=302)
    assert answer.headers["Location"] == SETUP
    assert client.get("/account").status_code == 303
    visit(client, SETUP, personal=True)
    page = checked(
        send(client, SETUP, {"setup": "authenticator"}), SETUP, status=200, personal=True
    )
    assert page.all("svg"), "no square for the camera"
    key = re.search(r'secret-key">([^<]+)<', page.response.text)
    assert key
    code = TOTP(key=unescape(key[1])).generate().token

    send(client, CODE, {"code": code}, page=SETUP, status=302)

    page = visit(client, "/account", personal=True)
    assert "You have no recovery codes." in page.words
    assert f"Here you are {role}." in page.words


def test_the_password_alone_opens_nothing(app: Flask) -> None:
    client, _ = _half_way(app)

    assert client.get("/account").status_code == 303
    visit(client, CODE, personal=True)
    checked(send(client, CODE, {"code": "000000"}), CODE, status=422, personal=True)
    assert client.get("/account").status_code == 303


def test_staff_cannot_take_it_off(app: Flask) -> None:
    client = signed_in(app, "moderator")

    page = checked(send(client, SETUP, {"setup": "disable"}), SETUP, status=422, personal=True)

    assert "Do without it" not in page.words


def test_a_code_is_taken_once(app: Flask) -> None:
    with time_machine.travel(START, tick=False):
        first, secret = _half_way(app)
        code = code_of(app, secret)
        second = app.test_client()
        with app.app_context():
            (account,) = [queries.get_account(1)]
            fields = {"email": account.email, "password": PASSWORD}
        send(second, SIGN_IN, fields, status=302)
        send(first, CODE, {"code": code}, status=302)

        send(second, CODE, {"code": code}, status=422)


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 302), (30, 302), (60, 422)])
def test_a_clock_may_be_half_a_minute_wrong(app: Flask, seconds: int, status: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client, secret = _half_way(app)
        clock.shift(timedelta(seconds=seconds))
        code = code_of(app, secret)
        clock.move_to(START)

        send(client, CODE, {"code": code}, status=status)


def test_a_code_is_not_guessed(app: Flask) -> None:
    client, secret = _half_way(app)
    for _ in range(5):
        send(client, CODE, {"code": "000000"}, status=422)

    answer = send(client, CODE, {"code": code_of(app, secret)}, status=429)

    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_a_new_password_does_not_skip_it(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        an_account("editor", email="editor@people.example")
    send(client, "/account/recovery", {"email": "editor@people.example"})
    send(client, link_in(mails(app)[0][2]), {"password": "some other plain words"}, status=302)
    fields = {"email": "editor@people.example", "password": "some other plain words"}

    answer = send(client, SIGN_IN, fields, status=302)

    assert answer.headers["Location"].startswith(CODE)
    assert client.get("/account").status_code == 303


def _codes(client: FlaskClient) -> list[str]:
    answer = send(client, "/account/recovery-codes", {"generate_new_codes": "1"}, status=200)
    return re.findall(r"<code>([0-9a-f-]+)</code>", answer.text)


def test_a_recovery_code_lets_in_once(app: Flask) -> None:
    with app.app_context():
        account_id = an_account("moderator")
    codes = _codes(signed_in(app, account_id=account_id))
    assert len(set(codes)) == 10
    with app.app_context():
        email = queries.get_account(account_id).email
        kept = {row.digest for row in db.session.query(RecoveryCode)}
    assert not kept & set(codes)
    fields = {"email": email, "password": PASSWORD}
    client, again = app.test_client(), app.test_client()
    send(client, SIGN_IN, fields, status=302)
    visit(client, "/account/recovery-code", personal=True)
    typed = codes[3].replace("-", " ").upper()

    send(client, "/account/recovery-code", {"code": typed}, status=302)

    assert client.get("/account").status_code == 200
    send(again, SIGN_IN, fields, status=302)
    page = checked(
        send(again, "/account/recovery-code", {"code": codes[3]}),
        "/account/recovery-code",
        status=422,
        personal=True,
    )
    assert "or it was used before" in page.words
    with app.app_context():
        assert recovery.left(account_id) == 9


def test_recovery_codes_are_not_shown_again(app: Flask) -> None:
    client = signed_in(app, "moderator")
    codes = _codes(client)

    page = visit(client, "/account/recovery-codes?show_codes=1", personal=True)

    assert "You have 10 codes left." in page.words
    assert not any(code in page.words for code in codes)


def test_new_recovery_codes_replace_the_old(app: Flask) -> None:
    client = signed_in(app, "moderator")
    first = _codes(client)

    assert not set(first) & set(_codes(client))
    with app.app_context():
        assert db.session.query(RecoveryCode).count() == 10


def test_what_changes_who_gets_in_wants_the_password_again(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(app, "moderator")
        clock.shift(timedelta(minutes=16))
        for path in (SETUP, "/account/recovery-codes", "/account/email"):
            assert client.get(path).headers["Location"].startswith("/account/identity?next=")

        answer = send(
            client, "/account/identity?next=/account/email", {"password": PASSWORD}, status=302
        )

        assert answer.headers["Location"] == "/account/email"
        visit(client, "/account/email", personal=True)


def test_a_reader_may_have_one_and_do_without_again(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    client = signed_in(app, account_id=account_id)
    page = checked(send(client, SETUP, {"setup": "authenticator"}), SETUP, personal=True)
    key = re.search(r'secret-key">([^<]+)<', page.response.text)
    action = re.search(r'action="(/account/second-factor/[^"]+)"', page.response.text)
    assert key
    assert action
    code = TOTP(key=unescape(key[1])).generate().token
    send(client, action[1], {"code": code}, page=SETUP, status=302)
    assert mails(app)[-1][1] == "Legwise: your second factor was changed"
    with app.app_context():
        assert queries.get_account(account_id).tf_primary_method == "authenticator"

    send(client, SETUP, {"setup": "disable"}, status=302)

    with app.app_context():
        assert queries.get_account(account_id).tf_primary_method is None


SQUARE = re.compile(r'<svg aria-hidden="true".+?</svg>', re.DOTALL)


def _key(page: Page) -> str:
    """The key that a page shows in words."""
    (key,) = re.findall(r'secret-key">([^<]+)<', page.response.text)
    return unescape(key)


def _square(page: Page) -> str:
    """The same for cameras."""
    (drawn,) = SQUARE.findall(page.response.text)
    return str(drawn)


def _where_to(page: Page) -> str:
    """Where the form of the code is sent."""
    (path,) = re.findall(r'action="(/account/second-factor/[^"]+)"', page.response.text)
    return str(path)


@pytest.mark.parametrize("role", ["reader", "moderator"])
def test_a_wrong_code_leaves_the_key_as_it_was(app: Flask, role: str) -> None:
    if role == "reader":
        client = signed_in(app)
    else:
        client = app.test_client()
        send(client, SIGN_IN, _newly_made(app, role), status=302)
    first = checked(send(client, SETUP, {"setup": "authenticator"}), SETUP, personal=True)
    path = _where_to(first)
    for code, words in (
        ("000000", "the newest one"),
        ("", "Please type the six digits"),
        ("x", ""),
    ):
        answer = send(client, path, {"code": code}, page=SETUP)
        page = checked(answer, path, status=422, personal=True)
        assert (_key(page), _square(page), _where_to(page)) == (_key(first), _square(first), path)
        assert words in page.words
        assert page.by_id("code").get("aria-invalid") == "true"
        assert page.by_id("code").get("aria-describedby", "").split() == ["code-error-1"]
    code = TOTP(key=_key(first)).generate().token

    send(client, path, {"code": code}, page=SETUP, status=302)

    page = visit(client, "/account", personal=True)
    assert "Change your second factor" in page.words
    assert "not the code we expect" not in page.words


def test_a_code_that_comes_too_late_begins_anew(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(app)
        first = checked(send(client, SETUP, {"setup": "authenticator"}), SETUP, personal=True)
        clock.shift(timedelta(minutes=31))

        answer = send(client, _where_to(first), {"code": "000000"}, page="/account", status=302)

        assert answer.headers["Location"] == SETUP
        assert client.get(SETUP).status_code == 302  # and asks for the password again


def test_a_code_that_is_not_typed_is_asked_for(app: Flask) -> None:
    client, _ = _half_way(app)

    page = checked(send(client, CODE, {"code": ""}), CODE, status=422, personal=True)

    assert "Please type the six digits that your authenticator shows." in page.words
    assert page.heading == "The code of your authenticator"


def test_a_link_to_the_page_of_the_code_signs_nobody_out(app: Flask) -> None:
    client = signed_in(app, "moderator")

    answer = client.get(CODE)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert client.get("/account").status_code == 200
