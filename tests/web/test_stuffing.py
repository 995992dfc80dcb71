"""Stolen lists of passwords are tried in vain, and the owner of an account still gets in."""

from __future__ import annotations

import io
import json
import logging

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.accounts import queries
from reviews_app.config import ROOT
from reviews_app.db import db
from reviews_app.web.limiting import SIGN_IN as LIMITS
from tests.people import PASSWORD, an_account, send, signed_in, token
from tests.web.test_security_log import collected

SIGN_IN = "/account/sign-in"
OWNER = "owner@people.example"

PAIRS, ADDRESSES, ACCOUNTS, OWNERS_TIMES = 10_000, 200, 1_000, 10

DOCUMENTED = 1_000
"""So many passwords of strangers are checked in five minutes (docs/security.md)."""


def _tried(client: FlaskClient, csrf: str, number: int) -> int:
    form = {
        "csrf_token": csrf,
        "email": f"victim-{number % ACCOUNTS}@many.example",
        "password": f"a stolen password, number {number}",
    }
    address = {"REMOTE_ADDR": f"198.51.{number % ADDRESSES}.7"}
    return client.post(SIGN_IN, data=form, environ_base=address).status_code


def _people(app: Flask) -> FlaskClient:
    """A thousand who may be tried, and the browser of one of them, who was here before."""
    with app.app_context():
        owner = queries.get_account(an_account(email=OWNER))
        for number in range(ACCOUNTS):
            email = f"victim-{number}@many.example"
            one = queries.make_account(email, "Synthetic", password=owner.password)
            one.confirmed_at = queries.now()
        db.session.commit()
        browser = signed_in(app, account_id=owner.id)
    send(browser, "/account/sign-out", page="/account", status=302)
    return browser


@pytest.mark.slow
def test_ten_thousand_stolen_pairs_from_two_hundred_places(app: Flask) -> None:
    with time_machine.travel("2026-11-26T12:00Z", tick=False), collected() as written:
        owner, strangers = _people(app), app.test_client()
        csrf, statuses, owners = token(strangers), [], []
        for number in range(PAIRS):
            statuses.append(_tried(strangers, csrf, number))
            if number % (PAIRS // OWNERS_TIMES) == 0:
                answer = send(owner, SIGN_IN, {"email": OWNER, "password": PASSWORD})
                owners.append(answer.status_code)
                send(owner, "/account/sign-out", page="/account", status=302)
    checked = _checked(written)
    logging.getLogger(__name__).info("%s of %s pairs were checked", checked, PAIRS)

    assert checked == statuses.count(422) <= DOCUMENTED
    assert set(statuses) == {422, 429}
    assert owners == [302] * OWNERS_TIMES


def _checked(written: io.StringIO) -> int:
    """How many passwords were looked at, as the log has it."""
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return sum(line.get("outcome") == "failed" for line in lines)


def test_the_number_that_is_documented_is_the_limit() -> None:
    (for_all,) = [one.limit for one in LIMITS if one.limit.name == "sign-in by all"]

    assert (for_all.times, for_all.seconds) == (DOCUMENTED, 300)
    assert f"{DOCUMENTED:,} passwords" in (ROOT / "docs" / "security.md").read_text()
