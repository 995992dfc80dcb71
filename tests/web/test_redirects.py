"""A redirect leads to a page of ours, whatever it was asked to lead to."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app.accounts import queries
from reviews_app.web import limiting
from tests.elsewhere import ELSEWHERE, EVIL, HERE, leads_to
from tests.people import PASSWORD, an_account, code_of, send, signed_in, token

OWNER = {"email": "owner@people.example", "password": PASSWORD}
CODE = "/account/second-factor/code"
_numbers = itertools.count(1)


def _wsgi(path: str) -> str:
    """A path as servers hand it over (PEP 3333)."""
    return path.encode().decode("latin-1")


def _stays(answer: TestResponse) -> bool:
    return leads_to(answer.headers.get("Location", "/")) == HERE


def test_the_list_is_of_sixty_and_the_check_knows_them() -> None:
    """A Location that is written as it was asked for leads a browser away, most of the time."""
    away = [one for one in ELSEWHERE if leads_to(one) != HERE]

    assert len(set(ELSEWHERE)) >= 60
    assert len(away) > 40
    assert leads_to("/account/reviews?page=2") == HERE


def test_signing_out_leads_to_no_other_site(client: FlaskClient) -> None:
    """Here without a password, which is slow to check; all others take the same way."""
    csrf = token(client)
    led = []
    for value in ELSEWHERE:
        answers = (
            client.post("/account/sign-out", data={"csrf_token": csrf, "next": value}),
            client.post(f"/account/sign-out?next={quote(value)}", data={"csrf_token": csrf}),
        )
        assert all(one.status_code < 500 for one in answers), value
        led += [(value, one.headers) for one in answers if not _stays(one)]

    assert led == []
    sent = {"csrf_token": csrf, "next": "/guides?page=1"}
    answer = client.post("/account/sign-out", data=sent)
    assert answer.headers["Location"] == "/guides?page=1"  # it does take one


def test_an_address_that_is_none_of_ours_is_led_nowhere_else(client: FlaskClient) -> None:
    for value in ELSEWHERE:
        for path in (value, f"/{value}", f"{value}/", f"/guides/{value}/.."):
            answer = client.get("/", environ_overrides={"PATH_INFO": _wsgi(path)})
            assert answer.status_code < 500
            assert _stays(answer), (path, answer.headers)


@pytest.mark.parametrize("path", ["", "/guides//x", "/api/v1//massagers", "/account"])
def test_a_host_that_somebody_made_up_is_in_no_redirect(client: FlaskClient, path: str) -> None:
    answer = client.get(path, base_url=f"https://{EVIL}", environ_overrides={"PATH_INFO": path})

    assert answer.headers["Location"].startswith("/")
    assert EVIL not in answer.text


def _sign_in(app: Flask, value: str) -> TestResponse:
    return send(app.test_client(), "/account/sign-in", {**OWNER, "next": value})


def _register(app: Flask, value: str) -> TestResponse:
    fields = {
        "email": f"new-{next(_numbers)}@people.example",
        "public_name": "New Person",
        "password": "four plain synthetic words",
        "next": value,
    }
    return send(app.test_client(), "/account/new", fields)


def _prove(app: Flask, value: str) -> TestResponse:
    with app.app_context():
        owner = queries.find_account(OWNER["email"])
        assert owner
        owner_id = owner.id
    client = signed_in(app, account_id=owner_id)
    return send(client, "/account/identity", {**OWNER, "next": value})


@pytest.mark.slow
@pytest.mark.parametrize("do", [_sign_in, _register, _prove])
def test_no_form_leads_to_another_site(
    app: Flask, do: Callable[[Flask, str], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "LIMITS", {})
    with app.app_context():
        an_account(email=OWNER["email"])

    led = {value: answer.headers for value in ELSEWHERE if not _stays(answer := do(app, value))}

    assert led == {}
    assert do(app, "/guides").headers["Location"] == "/guides"


@pytest.mark.slow
def test_no_second_factor_leads_to_another_site(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "LIMITS", {})
    with app.app_context():
        account = queries.get_account(an_account("moderator", email=OWNER["email"]))
        secret = str(account.tf_totp_secret)
    led = []
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=False) as clock:
        for value in [*ELSEWHERE, "/guides"]:
            clock.shift(timedelta(seconds=90))  # a code is taken once
            client = app.test_client()
            first = send(client, "/account/sign-in", {**OWNER, "next": value})
            fields = {"code": code_of(app, secret), "next": value}
            last = send(client, CODE, fields)
            led += [(value, one.headers) for one in (first, last) if not _stays(one)]

    assert led == []
    assert last.headers["Location"] == "/guides"
    assert EVIL not in last.headers["Location"]
