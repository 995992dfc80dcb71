"""Sessions cannot be fixed, replayed or read, and end when they should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app.accounts import sessions
from reviews_app.accounts.models import AccountSession
from reviews_app.db import db
from reviews_app.web.sessions import this_session
from tests.databases import NewDatabase, a_site
from tests.people import PASSWORD, an_account, send, signed_in

START = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _secret(client: FlaskClient) -> str:
    cookie = client.get_cookie("session")
    assert cookie
    return cookie.value


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def _with(app: Flask, secret: str) -> FlaskClient:
    """Another browser that shows the same secret."""
    client = app.test_client()
    client.set_cookie("session", secret)
    return client


def test_the_secret_has_256_bits_and_only_its_digest_is_kept(app: Flask) -> None:
    client = signed_in(app)
    secret = _secret(client)

    assert len(secret) == 43  # 32 bytes in base 64
    with app.app_context():
        kept = [row.digest + row.content for row in db.session.query(AccountSession)]
    assert kept
    assert all(secret not in row for row in kept)
    assert secret not in client.get("/account").text


def test_signing_in_gives_another_secret_and_kills_the_old(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        an_account(email="someone@people.example")
    client.get("/account/sign-in")
    before = _secret(client)
    planted = _with(app, before)

    fields = {"email": "someone@people.example", "password": PASSWORD}
    send(client, "/account/sign-in", fields, status=302)

    assert _secret(client) != before
    assert _is_in(client)
    assert not _is_in(planted)


def test_a_secret_that_somebody_made_up_is_not_taken_up(app: Flask) -> None:
    made_up = "a" * 43
    client = _with(app, made_up)

    client.get("/account/sign-in")

    assert _secret(client) != made_up


def test_proving_again_who_one_is_gives_another_secret(app: Flask) -> None:
    client = signed_in(app)
    before = _secret(client)
    send(client, "/account/identity", {"password": PASSWORD}, status=302)

    assert _secret(client) != before
    assert not _is_in(_with(app, before))
    assert _is_in(client)


def test_after_signing_out_the_secret_opens_nothing(app: Flask) -> None:
    client = signed_in(app)
    secret = _secret(client)

    answer = send(client, "/account/sign-out", page="/account", status=302)

    assert answer.headers["Location"] == "/account/sign-in"
    assert not _is_in(_with(app, secret))
    assert 'cache"' in answer.headers["Clear-Site-Data"]


@pytest.mark.parametrize("path", ["/account/sessions/ending", "/account/deletion"])
def test_after_leaving_everywhere_no_secret_opens_anything(app: Flask, path: str) -> None:
    with app.app_context():
        account_id = an_account()
    here, there = signed_in(app, account_id=account_id), signed_in(app, account_id=account_id)
    secrets = [_secret(here), _secret(there)]

    send(here, path, {"keep": "no", "password": PASSWORD}, page="/account/deletion")

    assert not any(_is_in(_with(app, secret)) for secret in secrets)


def test_after_a_change_of_password_only_who_changed_it_is_in(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    here, there = signed_in(app, account_id=account_id), signed_in(app, account_id=account_id)
    before = [_secret(here), _secret(there)]
    fields = {"password": PASSWORD, "new_password": "another set of plain words"}

    send(here, "/account/password", fields, status=302)

    assert not any(_is_in(_with(app, secret)) for secret in before)
    assert _is_in(here)
    with app.app_context():
        assert len(sessions.listed(account_id)) == 1


def test_a_person_sees_where_they_are_signed_in_and_ends_one(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    here, there = signed_in(app, account_id=account_id), signed_in(app, account_id=account_id)
    page = here.get("/account").text
    assert page.count("last used") == 2
    with app.app_context():
        (key,) = {one.key for one in sessions.listed(account_id)} - {sessions.digest(_secret(here))}

    send(here, f"/account/sessions/{key}/ending", page="/account", status=303)

    assert _is_in(here)
    assert not _is_in(there)


def test_a_session_that_ends_while_a_page_is_made_stays_ended(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    client = signed_in(app, account_id=account_id)
    secret = _secret(client)

    def sign_out_elsewhere() -> None:
        this_session()["changed"] = True  # so that it is written down
        sessions.end_all(account_id)
        db.session.commit()

    app.before_request_funcs[None].append(sign_out_elsewhere)
    client.get("/account")
    app.before_request_funcs[None].remove(sign_out_elsewhere)

    assert not _is_in(_with(app, secret))
    with app.app_context():
        assert sessions.listed(account_id) == []


def test_nobody_ends_the_session_of_another(app: Flask) -> None:
    mine, other = signed_in(app), signed_in(app)
    key = sessions.digest(_secret(other))

    send(mine, f"/account/sessions/{key}/ending", page="/account", status=303)

    assert _is_in(other)


@pytest.mark.parametrize(
    ("role", "times"), [("reader", sessions.READER), ("moderator", sessions.STAFF)]
)
def test_a_session_ends_when_it_is_not_used(app: Flask, role: str, times: sessions.Times) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(app, role)
        clock.shift(times.idle - timedelta(seconds=1))
        assert _is_in(client)
        clock.shift(times.idle)
        assert not _is_in(client)


@pytest.mark.parametrize(
    ("role", "times"), [("reader", sessions.READER), ("moderator", sessions.STAFF)]
)
def test_a_session_ends_at_last_however_much_it_is_used(
    app: Flask, role: str, times: sessions.Times
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(app, role)
        step = times.idle / 2
        while datetime.now(UTC) + step < START + times.absolute:
            clock.shift(step)
            assert _is_in(client)
        clock.move_to(START + times.absolute)
        assert not _is_in(client)


def test_the_session_not_used_for_longest_makes_room(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    with time_machine.travel(START, tick=False) as clock:
        first = signed_in(app, account_id=account_id)
        others = []
        for _ in range(sessions.MOST_SESSIONS):
            clock.shift(timedelta(minutes=6))  # beyond the limit of signing in
            others.append(signed_in(app, account_id=account_id))

        assert not _is_in(first)
        assert all(_is_in(one) for one in others)


def test_sessions_that_have_ended_are_swept_away(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        signed_in(app)
        app.test_client().get("/account/sign-in")
        clock.shift(sessions.READER.absolute + timedelta(seconds=1))
        app.test_client().get("/account/sign-in")

        with app.app_context():
            assert db.session.query(AccountSession).count() == 1


def _cookies(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


def test_cookies_are_for_this_site_and_no_script(app: Flask, client: FlaskClient) -> None:
    (cookie,) = _cookies(client.get("/account/sign-in"))

    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(new_database: NewDatabase) -> None:
    with a_site(new_database, site_url="https://legwise.example") as app:
        (cookie,) = _cookies(app.test_client().get("/account/sign-in"))

    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_no_remember_me_outlives_the_session(app: Flask) -> None:
    with app.app_context():
        an_account(email="someone@people.example")
    fields = {"email": "someone@people.example", "password": PASSWORD, "remember": "y"}

    answer = send(app.test_client(), "/account/sign-in", fields, status=302)

    names = {cookie.partition("=")[0] for cookie in _cookies(answer)}
    assert names == {"session", "device"}
