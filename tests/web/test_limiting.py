"""Limits are real: they count exactly, say when there is room again, and keep what was typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app import create_app, limits
from reviews_app.config import Config
from reviews_app.db import db
from reviews_app.limits import LimitUse
from reviews_app.web import limiting
from reviews_app.web.limiting import LIMITS
from tests.databases import NewDatabase, a_site
from tests.pages import checked
from tests.people import PASSWORD, an_account, mails, send, signed_in, token

SIGN_IN = "/account/sign-in"
START = datetime(2026, 11, 26, 12, tzinfo=UTC)
WRONG = "not the password of anybody"
NEW = {"email": "a@b.example", "public_name": "A Name", "password": "four plain words here"}


def _try(
    app: Flask, email: str, address: str, client: FlaskClient | None = None, password: str = WRONG
) -> TestResponse:
    client = client or app.test_client()
    form = {"csrf_token": token(client), "email": email, "password": password}
    return client.post(SIGN_IN, data=form, environ_base={"REMOTE_ADDR": address})


def test_an_account_is_tried_ten_times_in_five_minutes(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        statuses = [_try(app, "a@b.example", f"10.0.0.{n}").status_code for n in range(10)]
        assert statuses == [422] * 10
        clock.shift(timedelta(seconds=100))
        answer = _try(app, "a@b.example", "10.0.1.1")
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "200"
        clock.shift(timedelta(seconds=199))
        assert _try(app, "a@b.example", "10.0.1.2").status_code == 429
        clock.shift(timedelta(seconds=1))
        assert _try(app, "a@b.example", "10.0.1.3").status_code == 422


def test_another_spelling_of_an_address_is_no_way_around(app: Flask) -> None:
    for spelling in ("Name@Bücher.example", " name@xn--bcher-kva.example", "NAME@bücher.example "):
        for number in range(3):
            _try(app, spelling, f"10.0.{len(spelling)}.{number}")
    assert _try(app, "name@bücher.example", "10.0.1.1").status_code == 422

    assert _try(app, "name@bücher.example", "10.0.1.2").status_code == 429


def test_a_network_address_tries_twenty_times(app: Flask) -> None:
    statuses = [_try(app, f"{n}@b.example", "10.0.0.1").status_code for n in range(21)]

    assert statuses == [422] * 20 + [429]


def test_a_home_with_many_addresses_is_one(app: Flask) -> None:
    statuses = [_try(app, f"{n}@b.example", f"2001:db8:1:2::{n}").status_code for n in range(21)]

    assert statuses == [422] * 20 + [429]
    assert _try(app, "a@b.example", "2001:db8:1:3::1").status_code == 422


def test_forged_forwarding_moves_nothing(app: Flask) -> None:
    client = app.test_client()
    csrf = token(client)
    statuses = []
    for number in range(22):
        forged = f"203.0.113.{number}"
        headers = {"X-Forwarded-For": forged, "Forwarded": f"for={forged}", "X-Real-IP": forged}
        form = {"csrf_token": csrf, "email": f"{number}@b.example", "password": WRONG}
        statuses.append(client.post(SIGN_IN, data=form, headers=headers).status_code)

    assert statuses == [422] * 20 + [429] * 2


def test_behind_our_own_proxy_its_word_counts_and_no_other(new_database: NewDatabase) -> None:
    with a_site(new_database, trusted_proxies=1) as app:
        client = app.test_client()
        csrf = token(client)
        form = {"csrf_token": csrf, "email": "a@b.example", "password": WRONG}
        for number in range(22):
            form["email"] = f"{number}@b.example"
            forged = {"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.7"}
            status = client.post(SIGN_IN, data=form, headers=forged).status_code
        assert status == 429
        other = {"X-Forwarded-For": "203.0.113.1, 192.0.2.8"}
        assert client.post(SIGN_IN, data=form, headers=other).status_code == 422


def test_the_owner_gets_in_while_strangers_try(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email="owner@people.example")
    owner = signed_in(app, account_id=account_id)
    send(owner, "/account/sign-out", page="/account", status=302)
    for number in range(12):
        answer = _try(app, "owner@people.example", f"10.0.0.{number}")
    assert answer.status_code == 429

    statuses = []
    for _ in range(10):
        answer = _try(app, "owner@people.example", "10.0.0.1", owner, PASSWORD)
        statuses.append(answer.status_code)
        send(owner, "/account/sign-out", page="/account", status=302)

    assert statuses == [302] * 10


def test_a_known_browser_is_known_for_its_own_account_only(app: Flask) -> None:
    mine = signed_in(app)
    send(mine, "/account/sign-out", page="/account", status=302)

    statuses = [_try(app, "other@b.example", "10.0.0.1", mine).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_a_proof_that_was_tampered_with_is_none(app: Flask) -> None:
    client = signed_in(app)
    send(client, "/account/sign-out", page="/account", status=302)
    cookie = client.get_cookie("device", path=SIGN_IN)
    assert cookie
    client.set_cookie("device", cookie.value[:-1] + "0", path=SIGN_IN)
    statuses = [
        _try(app, "synthetic-x@people.example", "10.0.0.1", client).status_code for _ in range(11)
    ]

    assert statuses[-1] == 429


@pytest.mark.parametrize("path", ["/account/recovery", "/account/confirmation", "/account/new"])
def test_nobodys_mailbox_is_flooded(app: Flask, path: str) -> None:
    client = app.test_client()
    statuses = []
    for number in range(4):
        form = {"csrf_token": token(client), **NEW}
        answer = client.post(path, data=form, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
        statuses.append(answer.status_code)

    assert statuses[-1] == 429
    assert 429 not in statuses[:3]


def test_mistakes_in_making_an_account_cost_no_mail(app: Flask, client: FlaskClient) -> None:
    for wrong in ({"password": "short"}, {"public_name": ""}, {"email": "mary"}) * 3:
        send(client, "/account/new", {**NEW, **wrong}, status=422)

    send(client, "/account/new", NEW, status=302)

    send(client, "/account/confirmation", NEW, status=200)
    send(client, "/account/recovery", NEW, status=200)
    assert len(mails(app)) == 3
    send(client, "/account/recovery", NEW, status=429)


@pytest.mark.parametrize("path", ["/account/recovery", "/account/confirmation"])
def test_an_address_that_is_none_costs_no_mail(client: FlaskClient, path: str) -> None:
    for typed in ("", "mary", "mary smith@b.example") * 4:
        send(client, path, {"email": typed}, status=422)

    send(client, path, {"email": "a@b.example"}, status=200)


def test_mistakes_in_a_new_address_cost_no_mail(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email="own@people.example")
    client = signed_in(app, account_id=account_id)
    for typed in ("", "mary", "Own@people.example") * 2:
        send(client, "/account/email", {"email": typed}, status=422)

    for number in range(3):
        send(client, "/account/email", {"email": f"{number}@people.example"}, status=200)

    assert len(mails(app)) == 3
    send(client, "/account/email", {"email": "3@people.example"}, status=429)


@pytest.mark.parametrize("path", ["/account/new", "/account/recovery", "/account/confirmation"])
def test_a_mail_counts_whether_or_not_one_is_written(app: Flask, path: str) -> None:
    known, nobody = "known@people.example", "nobody@people.example"
    with app.app_context():
        an_account(email=known)
    statuses: dict[str, list[int]] = {known: [], nobody: []}
    for email, seen in statuses.items():
        client = app.test_client()
        for sent in ({"email": "mary"}, *[{"email": email}] * 4, {"email": email}):
            seen.append(send(client, path, {**NEW, **sent}).status_code)

    assert statuses[known] == statuses[nobody]
    assert [status == 429 for status in statuses[known]] == [False] * 4 + [True] * 2


def test_a_view_that_is_tried_twice_counts_one_mail(app: Flask) -> None:
    with app.test_request_context("/account/recovery", method="POST", data=NEW):
        for _ in range(5):
            limiting.refuse_too_many_mails()
        times = {row.limit: row.times for row in db.session.query(LimitUse)}

    assert times == {"mail by address": 1, "mail by account": 1}


def test_forms_that_ask_for_a_mail_are_sent_sixty_times_an_hour(client: FlaskClient) -> None:
    csrf, paths = token(client), ("/account/new", "/account/recovery", "/account/confirmation")
    statuses = [
        client.post(paths[number % 3], data={"csrf_token": csrf, "email": "mary"}).status_code
        for number in range(61)
    ]

    assert statuses == [422] * 60 + [429]


def test_what_was_typed_comes_back_with_the_word_to_wait(app: Flask) -> None:
    client = app.test_client()
    for number in range(21):
        answer = _try(app, f"{number}@b.example", "10.0.0.1", client)

    page = checked(answer, SIGN_IN, status=429, personal=True)

    assert "Please wait 5 minutes" in page.words
    again = {one.get("name", ""): one.get("value") for one in page.all("input")}
    assert again["email"] == "20@b.example"
    assert WRONG not in page.response.text


def test_an_own_password_is_not_guessed(app: Flask) -> None:
    client = signed_in(app)
    fields = {"password": WRONG, "keep": "no"}
    statuses = [send(client, "/account/deletion", fields).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_no_address_stands_in_the_counts(app: Flask) -> None:
    _try(app, "a@b.example", "10.9.8.7")

    with app.app_context():
        kept = [f"{row.limit} {row.whose}" for row in db.session.query(LimitUse)]
    assert kept
    assert not [row for row in kept if "10.9.8.7" in row or "a@b.example" in row]


def test_counts_are_exact_over_four_sites_on_one_database(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    """Each with its own connections, as four workers have; a fifth one starts later."""
    with a_site(new_database, tmp_path / "shared.db") as app:
        config = Config(database_url=app.config["SQLALCHEMY_DATABASE_URI"], secret_key="s" * 32)
        sites = [create_app(config) for _ in range(4)]

        def tries(site: Flask) -> list[int]:
            client = site.test_client()
            return [_try(site, "a@b.example", "10.0.0.1", client).status_code for _ in range(5)]

        with ThreadPoolExecutor(4) as pool:
            statuses = [status for some in pool.map(tries, sites) for status in some]
        late = create_app(config)
        assert sorted(statuses) == [422] * 10 + [429] * 10
        assert _try(late, "a@b.example", "10.0.0.2").status_code == 429
        for site in (*sites, late):
            with site.app_context():
                db.engine.dispose()


def test_one_address_takes_no_room_of_an_account_or_of_everybody(app: Flask) -> None:
    client = app.test_client()
    form = {"csrf_token": token(client), "password": WRONG}
    here = {"REMOTE_ADDR": "10.0.0.1"}
    for number in range(40):
        sent = {**form, "email": f"{number}@b.example"}
        client.post(SIGN_IN, data=sent, environ_base=here)

    with app.app_context():
        times = {row.limit: row.times for row in db.session.query(LimitUse)}
    assert times["sign-in by all"] == 20
    assert _try(app, "39@b.example", "10.0.0.2").status_code == 422


def test_every_limit_lets_through_what_it_says_and_no_more(app: Flask) -> None:
    """But for the one of all together, which `test_stuffing.py` reaches."""
    every = {one.limit for form in LIMITS.values() for one in form}
    different = {limit for limit in every if limit.times <= 100}
    with app.app_context():
        for limit in different:
            waits = [limits.use(limit, "somebody", "s" * 32) for _ in range(limit.times + 1)]
            assert [bool(one) for one in waits] == [False] * limit.times + [True], limit.name
            assert waits[-1] <= limit.seconds

    assert len(different) == len(every) - 1 > 12
