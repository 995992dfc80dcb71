"""The log tells what happened, one line an event, and holds nobody's secrets."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from reviews_app.accounts import queries
from reviews_app.log_lines import Lines
from tests.databases import NewDatabase, a_site
from tests.people import PASSWORD, an_account, code_of, link_in, mails, send, signed_in, token
from tests.web.reviewing import FIELDS, FORM, a_machine

SIGN_IN = "/account/sign-in"
OWNER = "owner@people.example"
WRONG = "not the password of anybody"
SEPARATORS = ["\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\x1b[2K"]

Said = Callable[[], list[dict[str, Any]]]


@contextmanager
def collected() -> Iterator[io.StringIO]:
    """What the site writes meanwhile, as it would stand in a file."""
    file = io.StringIO()
    handler = logging.StreamHandler(file)
    handler.setFormatter(Lines())
    logging.getLogger("reviews_app").addHandler(handler)
    yield file
    logging.getLogger("reviews_app").removeHandler(handler)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the site writes while a test runs."""
    with collected() as file:
        yield file


@pytest.fixture
def said(written: io.StringIO) -> Said:
    """Gives what was said since it was asked last, a dictionary a line."""

    def since() -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in written.getvalue().splitlines()]
        written.seek(0)
        written.truncate()
        return lines

    return since


def _only(said: Said) -> tuple[str, str]:
    """The one event since, and what came of it."""
    (line,) = said()
    assert line["request"]
    assert line["at"].endswith("+00:00")
    return line["event"], line.get("outcome") or line["why"]


def _owner(app: Flask, *roles: str) -> int:
    with app.app_context():
        return an_account(*roles, email=OWNER)


def test_every_try_to_sign_in_is_one_line(app: Flask, client: FlaskClient, said: Said) -> None:
    owner = _owner(app)
    send(client, SIGN_IN, {"email": OWNER, "password": WRONG}, status=422)
    (failed,) = said()
    send(client, SIGN_IN, {"email": "nobody@people.example", "password": WRONG}, status=422)
    (unknown,) = said()
    send(client, SIGN_IN, {"email": OWNER, "password": PASSWORD}, status=302)
    (signed,) = said()
    send(client, SIGN_IN, {"email": OWNER, "password": WRONG}, page="/account")

    assert [one["event"] for one in (failed, unknown, signed)] == ["sign-in"] * 3
    assert [one["outcome"] for one in (failed, unknown, signed)] == ["failed"] * 2 + ["succeeded"]
    assert [one["account"] for one in (failed, unknown, signed)] == [owner, None, owner]
    assert [one["level"] for one in (failed, unknown, signed)] == ["warning"] * 2 + ["info"]
    assert said() == []  # who is signed in already has proved nothing


def test_every_try_of_a_second_factor_is_one_line(app: Flask, said: Said) -> None:
    _owner(app, "moderator")
    with app.app_context():
        secret = str(getattr(queries.find_account(OWNER), "tf_totp_secret"))  # noqa: B009
    client, code = app.test_client(), "/account/second-factor/code"
    send(client, SIGN_IN, {"email": OWNER, "password": PASSWORD}, status=302)
    assert _only(said) == ("sign-in", "second factor asked for")
    send(client, code, {"code": "000000"}, status=422)
    assert _only(said) == ("second factor", "failed")
    send(client, "/account/recovery-code", {"code": "no-such-code"}, status=422)
    assert _only(said) == ("recovery code", "failed")
    send(client, code, {"code": code_of(app, secret)}, status=302)
    assert _only(said) == ("second factor", "succeeded")
    send(app.test_client(), code, {"code": "000000"}, page=SIGN_IN)
    assert _only(said) == ("second factor", "failed")  # without a password before


def test_every_other_proof_is_one_line(app: Flask, said: Said) -> None:
    owner = _owner(app)
    client = signed_in(app, account_id=owner)
    send(client, "/account/recovery", {"email": OWNER})
    link = link_in(mails(app)[-1][2])
    said()
    new = "another set of plain words"
    steps = (
        ("/account/identity", {"password": WRONG}, "identity", "failed"),
        ("/account/identity", {"password": PASSWORD}, "identity", "succeeded"),
        (
            "/account/password",
            {"password": WRONG, "new_password": new},
            "change of password",
            "failed",
        ),
        ("/account/deletion", {"password": WRONG, "keep": "no"}, "leaving", "failed"),
    )
    for path, fields, event, outcome in steps:
        send(client, path, fields)
        (line,) = said()
        assert (line["event"], line["outcome"], line["account"]) == (event, outcome, owner)
    send(app.test_client(), link, {"password": new}, status=302)
    (line,) = said()
    assert (line["event"], line["outcome"], line["account"]) == ("recovery", "succeeded", owner)


def test_a_link_that_is_none_is_a_try_that_failed(client: FlaskClient, said: Said) -> None:
    form = {"csrf_token": token(client), "password": "another set of plain words"}
    client.post("/account/recovery/made-up", data=form)

    assert _only(said) == ("recovery", "failed")


def test_a_second_factor_that_is_set_up_is_one_line(app: Flask, said: Said) -> None:
    client, setup = signed_in(app), "/account/second-factor"
    page = send(client, setup, {"setup": "authenticator"}).text
    key = re.search(r'secret-key">([^<]+)<', page)
    action = re.search(r'action="(/account/second-factor/[^"]+)"', page)
    assert key
    assert action
    said()
    send(client, action[1], {"code": "000000"}, page=setup)
    assert _only(said) == ("second factor", "failed")

    code = TOTP(key=unescape(key[1])).generate().token
    send(client, action[1], {"code": code}, page=setup, status=302)

    assert _only(said) == ("second factor", "succeeded")


def test_who_left_stands_there_by_number_once_more(app: Flask, said: Said) -> None:
    owner = _owner(app)
    client = signed_in(app, account_id=owner)
    said()

    send(client, "/account/deletion", {"password": PASSWORD, "keep": "no"}, status=200)

    (line,) = said()
    assert (line["event"], line["outcome"], line["account"]) == ("leaving", "succeeded", owner)


def test_every_refusal_is_one_line(app: Flask, said: Said) -> None:
    client, staff = signed_in(app), signed_in(app, "moderator")
    a_machine(app)
    proof = {"csrf_token": token(client, "/account")}
    said()
    client.post("/account/name", data=proof, headers={"Sec-Fetch-Site": "cross-site"})
    assert _only(said) == ("refused", "sent from another site")
    client.post("/account/name", data={"csrf_token": "made up"})
    assert _only(said) == ("refused", "not the token of this session")
    client.post("/account/name", data="{}", content_type="application/json")
    assert _only(said) == ("refused", "no form")
    client.get("/moderation")
    assert _only(said) == ("refused", "not for this account")
    app.test_client().get("/account")
    assert _only(said) == ("refused", "not signed in")
    send(app.test_client(), "/account/name", {"public_name": "A Name"}, page=SIGN_IN, status=403)
    assert _only(said) == ("refused", "not signed in")
    send(staff, FORM, FIELDS, status=403)
    assert _only(said) == ("refused", "by a rule of the page")


def test_a_limit_that_is_reached_is_one_line(app: Flask, client: FlaskClient, said: Said) -> None:
    for _ in range(3):
        send(client, "/account/recovery", {"email": OWNER})
    assert said() == []

    send(client, "/account/recovery", {"email": OWNER}, status=429)

    assert _only(said) == ("limit", "mail by account")


def _break(app: Flask, endpoint: str) -> None:
    def broken(**_: object) -> str:
        raise KeyError("what a reader typed")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions[endpoint] = broken


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("/about", "about.show"),
        ("/account/recovery/a-secret-link", "security.reset_password"),
        ("/api/v1/recalls", "api_recalls.index"),
    ],
)
def test_a_fault_of_ours_has_the_number_that_its_page_shows(
    app: Flask, client: FlaskClient, said: Said, path: str, endpoint: str
) -> None:
    _break(app, endpoint)

    answer = client.get(path)

    assert answer.status_code == 500
    (line,) = said()
    assert (line["event"], line["kinds"], line["route"]) == ("fault", ["KeyError"], endpoint)
    assert "test_security_log.py" in line["places"][-1]
    assert line["request"] in answer.text
    for place in (answer.text, json.dumps(line)):
        assert "what a reader typed" not in place
        assert "a-secret-link" not in place
        assert "Traceback" not in place


def test_in_development_a_fault_says_what_it_is(new_database: NewDatabase, said: Said) -> None:
    with a_site(new_database, development=True) as app:
        _break(app, "about.show")
        app.test_client().get("/about")

    (line,) = said()
    assert line["says"] == "'what a reader typed'"


def test_no_secret_and_no_address_stands_in_the_log(app: Flask, written: io.StringIO) -> None:
    client, password = app.test_client(), "canary words of a synthetic person"
    new = {"email": "canary@people.example", "public_name": "Canary Name", "password": password}
    send(client, "/account/new", new, status=302)
    link = link_in(mails(app)[-1][2])
    send(client, link, status=302)
    csrf = token(client)
    for sent in ({**new, "password": f"{password} x"}, new, {"csrf_token": "canary-token"}):
        form = {"csrf_token": csrf, **sent}
        address = {"REMOTE_ADDR": "203.0.113.77"}
        client.post(f"{SIGN_IN}?next=/canary-path", data=form, environ_base=address)
    cookies = [client.get_cookie("session"), client.get_cookie("device", path=SIGN_IN)]
    client.get("/moderation")
    for _ in range(4):
        send(client, "/account/recovery", {"email": new["email"]})
    _break(app, "security.confirm_email")
    client.get(link)

    text = written.getvalue().lower()
    secrets = [cookie.value for cookie in cookies if cookie] + [csrf, link.rpartition("/")[2]]
    assert len(text.splitlines()) > 4
    assert len(secrets) == 4
    assert "canary" not in text
    assert "203.0.113.77" not in text
    assert not [one for one in secrets if one.lower() in text]


def test_the_search_for_secrets_finds_one(written: io.StringIO) -> None:
    logging.getLogger("reviews_app.somewhere").warning("Tried by %s", "canary@people.example")

    assert "canary" in written.getvalue()


def test_nothing_typed_makes_a_second_line(client: FlaskClient, written: io.StringIO) -> None:
    forged = "".join(f'x{one}{{"event": "sign-in", "outcome": "succeeded"}}' for one in SEPARATORS)
    logging.getLogger("reviews_app.somewhere").warning("A note with %s", forged)
    fields = {"email": forged, "password": forged, "next": forged}
    send(client, SIGN_IN, fields, status=422)
    client.get("/account", query_string={forged: forged}, headers={"X-Forwarded-For": "x"})

    lines = written.getvalue().split("\n")
    assert len(lines) == 4  # three lines, and nothing after the last one's end
    assert written.getvalue().splitlines() == lines[:3]
    assert written.getvalue().isascii()
    assert "\x1b" not in written.getvalue()
    assert [json.loads(line)["event"] for line in lines[:3]] == ["note", "sign-in", "refused"]


def test_who_asks_is_another_mark_the_next_day(app: Flask, said: Said) -> None:

    marks = []
    for moment in ("2026-11-26T00:01Z", "2026-11-26T23:59Z", "2026-11-27T00:01Z"):
        with time_machine.travel(moment, tick=False):
            app.test_client().get("/account")
        marks += [line["mark"] for line in said()]
    app.test_client().get("/account", environ_base={"REMOTE_ADDR": "203.0.113.1"})
    (elsewhere,) = said()

    assert marks[0] == marks[1] != marks[2]
    assert elsewhere["mark"] not in marks
