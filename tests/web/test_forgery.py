"""Other sites cannot act for anybody: what changes something wants a token of the session,
a request from one of our pages, and no GET."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.db import Base, db
from reviews_app.web.rights import RIGHTS, SAFE, is_public
from tests.pages import checked
from tests.people import an_account, link_in, mails, send, signed_in, token

CHANGE_NOTHING = {"check.create", "finder.create"}
"""Public forms: they store nothing and answer everybody alike, so there is nothing to forge."""

FILLED = {"key": "x", "token": "x", "slug": "x"}


def _changing(app: Flask, *, also_read: bool = False) -> Iterator[tuple[str, str, set[str]]]:
    """The personal routes that change something: endpoint, address, methods; or all of them."""
    for rule in app.url_map.iter_rules():
        methods = rule.methods or set()
        is_somebodys = not is_public(rule.endpoint) and bool(RIGHTS[rule.endpoint].roles)
        if is_somebodys and (also_read or methods - SAFE):
            values = {name: FILLED.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, app.url_map.bind("x").build(rule.endpoint, values), set(methods)


def _who_may(app: Flask, endpoint: str) -> FlaskClient:
    right = RIGHTS[endpoint]
    return app.test_client() if right.visitors else signed_in(app, sorted(right.roles)[-1])


def test_public_routes_change_nothing(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if is_public(rule.endpoint) and (rule.methods or set()) - SAFE
    }

    assert public == CHANGE_NOTHING


def test_every_changing_route_refuses_what_is_forged(app: Flask) -> None:
    stranger = signed_in(app)
    foreign = token(stranger, "/account")
    people: dict[object, FlaskClient] = {}
    walked = 0
    readable: dict[str, set[str]] = defaultdict(set)  # one address may be of several routes
    for _, path, methods in _changing(app, also_read=True):
        readable[path] |= methods
    for endpoint, path, _ in _changing(app):
        client = people.setdefault(RIGHTS[endpoint], _who_may(app, endpoint))
        page = "/account/sign-in" if RIGHTS[endpoint].visitors else "/account"
        own = token(client, page)
        before = _rows(app)
        for wrong in ({}, {"csrf_token": ""}, {"csrf_token": own[:-1]}, {"csrf_token": foreign}):
            assert client.post(path, data=wrong).status_code == 400, (path, wrong)
        for header in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ):
            answer = client.post(path, data={"csrf_token": own}, headers=header)
            assert answer.status_code == 403, (path, header)
        if "GET" not in readable[path]:
            assert client.get(path).status_code == 405, path
        assert _rows(app) == before, path
        walked += 1
    assert walked > 15


def test_the_walk_sees_a_site_that_asks_for_no_token(app: Flask) -> None:
    app.config["WTF_CSRF_METHODS"] = set()

    answer = signed_in(app).post("/account/name", data={"public_name": "Forged Name"})

    assert answer.status_code != 400


def test_reading_changes_nothing(app: Flask) -> None:
    """Also not with links that would do something when pressed."""
    with app.app_context():
        account_id = an_account(email="someone@people.example")
    client = signed_in(app, account_id=account_id)
    send(client, "/account/recovery", {"email": "someone@people.example"})
    send(client, "/account/email", {"email": "newer@people.example"})
    send(
        app.test_client(),
        "/account/new",
        {
            "email": "new@people.example",
            "public_name": "New",
            "password": "four plain synthetic words",
        },
    )
    links = [link_in(body) for _, _, body in mails(app)]
    assert len(links) == 3
    before = _rows(app)

    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not is_public(rule.endpoint):
            values = {name: FILLED.get(name, 1) for name in rule.arguments}
            client.get(app.url_map.bind("x").build(rule.endpoint, values))
    for link in links:
        client.get(link)

    assert _rows(app) == before


def test_a_form_that_waited_too_long_comes_back_with_all_that_was_typed(app: Flask) -> None:
    client = app.test_client()
    fields = {
        "email": "somebody@people.example",
        "public_name": 'Quotes " and <signs>',
        "password": "never sent back",
    }

    page = checked(
        client.post("/account/new", data=fields), "/account/new", status=400, personal=True
    )

    again = {one.get("name", ""): one.get("value") for one in page.all("input")}
    assert again["email"] == fields["email"]
    assert again["public_name"] == fields["public_name"]
    assert again["password"] is None
    assert "never sent back" not in page.response.text
    answer = client.post("/account/new", data={**fields, **{"csrf_token": again["csrf_token"]}})
    assert answer.status_code == 422  # read, and only the name refused


def test_what_another_site_sent_does_not_come_back(app: Flask) -> None:
    answer = app.test_client().post(
        "/account/new",
        data={"email": "victim@people.example"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "victim@people.example" not in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_only_forms_are_read(app: Flask, kind: str) -> None:
    client = app.test_client()
    headers = {"X-CSRFToken": token(client), "Content-Type": kind}

    answer = client.post("/account/sign-in", data='{"email": "a@b.example"}', headers=headers)

    assert answer.status_code == 415


def _rows(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, but for who was seen when and how often somebody tried."""
    with app.app_context():
        return {
            table.name: sorted(map(tuple, db.session.execute(table.select())), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in {"account_session", "limit_use"}
        }
