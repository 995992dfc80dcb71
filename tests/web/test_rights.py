"""Every route says whom it answers, and answers nobody else: each cell of routes × roles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from reviews_app.accounts.roles import ROLES
from reviews_app.web.kept import PRIVATE
from reviews_app.web.rights import RIGHTS, SAFE, is_public
from tests.databases import NewDatabase, a_site
from tests.people import PASSWORD, an_account, send, signed_in, token

VISITOR = "visitor"
FILLED = {"key": "x", "token": "x", "slug": "x", "id": 1, "number": 1}
"""What stands in the places of an address: nothing there is anybody's."""


def _routes(app: Flask, *, public: bool) -> Iterator[tuple[str, Rule]]:
    """The routes of the site by an address each, the same whoever asks."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if is_public(rule.endpoint) == public:
                values = {name: FILLED.get(name, 1) for name in rule.arguments}
                yield app.url_map.bind("localhost").build(rule.endpoint, values), rule


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _ask(client: FlaskClient, path: str, method: str) -> TestResponse:
    if method in SAFE:
        return client.open(path, method=method)
    page = "/account" if client.get("/account").status_code == 200 else "/account/sign-in"
    return client.open(path, method=method, data={"csrf_token": token(client, page)})


def _answered(answer: TestResponse, role: str) -> str:
    """What the table did with a request: let it through, asked to sign in, or knew no page."""
    location = answer.headers.get("Location", "")
    if role == VISITOR and answer.status_code == 303 and location.startswith("/account/sign-in"):
        return "sign in"
    return "none" if "the page is not for your account" in answer.text else "through"


def _stated(endpoint: str, role: str) -> str:
    right = RIGHTS[endpoint]
    if role in right.roles or (role == VISITOR and right.visitors):
        return "through"
    return "sign in" if role == VISITOR and right.roles else "none"


def test_every_route_has_a_row_and_every_row_a_route(new_database: NewDatabase) -> None:
    with a_site(new_database, development=True) as app:
        assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(RIGHTS)


@pytest.mark.parametrize("role", [VISITOR, *ROLES])
def test_every_cell_of_routes_and_roles_is_as_stated(app: Flask, role: str) -> None:
    client = app.test_client() if role == VISITOR else signed_in(app, role)
    seen = {}
    for path, rule in _routes(app, public=False):
        for method in _methods(rule):
            if role != VISITOR and client.get("/account").status_code != 200:
                client = signed_in(app, role)  # the last one signed out
            seen[rule.endpoint, method] = _answered(_ask(client, path, method), role)

    assert seen == {(endpoint, method): _stated(endpoint, role) for endpoint, method in seen}
    assert len(seen) > 30


def test_a_route_without_a_row_answers_nobody(app: Flask) -> None:
    app.add_url_rule("/new", "new.show", lambda: "open to all")

    assert app.test_client().get("/new").status_code == 404
    assert signed_in(app, "admin").get("/new").status_code == 404


def test_pages_that_are_not_for_all_are_kept_by_nobody(app: Flask) -> None:
    client = signed_in(app)
    for path, rule in _routes(app, public=False):
        assert PRIVATE.match(path), path
        if "GET" in _methods(rule):
            answer = client.get(path)
            assert answer.headers["Cache-Control"] == "no-store", path
            assert "ETag" not in answer.headers


def test_a_public_page_is_the_same_whoever_asks(app: Flask) -> None:
    visitor, reader, admin = app.test_client(), signed_in(app), signed_in(app, "admin")
    for path, rule in _routes(app, public=True):
        if "GET" not in _methods(rule):
            continue
        answers = [client.get(path) for client in (visitor, reader, admin)]
        for answer in answers:
            assert "Set-Cookie" not in answer.headers, path
            assert "Cookie" not in answer.headers.get("Vary", ""), path
            assert "csrf_token" not in answer.text if answer.mimetype == "text/html" else True
        assert len({answer.status_code for answer in answers}) == 1, path
        assert len({answer.data for answer in answers}) == 1, path


def test_a_public_page_cannot_keep_anything_of_a_visitor(app: Flask) -> None:
    def keeps() -> str:
        session["seen"] = True
        return "kept"

    app.view_functions["about.show"] = keeps
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = app.test_client().get("/about")

    assert answer.status_code == 500
    assert "Set-Cookie" not in answer.headers


def test_who_is_asked_to_sign_in_comes_back_to_what_they_asked_for(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        an_account(email="someone@people.example")
    asked = client.get("/account/deletion").headers["Location"]
    assert asked == "/account/sign-in?next=/account/deletion"
    fields = {"email": "someone@people.example", "password": PASSWORD}

    answer = send(client, asked, fields, status=302)

    assert answer.headers["Location"] == "/account/deletion"
