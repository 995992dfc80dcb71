"""The log as data: anybody can check its seals with nothing but SHA-256, and nobody is in it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.api import moderation_log
from reviews_app.db import db
from reviews_app.reviews.readers import banning, log
from reviews_app.reviews.readers.models import ModerationEntry
from reviews_app.reviews.readers.rules import Action, Reason
from tests.pages import check_headers
from tests.reviews.readers.writing import NOON, begin
from tests.web.reviewing import a_machine, a_published, a_waiting, someone, withheld

PATH = "/api/v1/moderation-log"


@pytest.fixture
def logged(app: Flask) -> int:
    """Some decisions, a ban among them, and how many entries they made."""
    product_id = a_machine(app)
    a_published(app, product_id)
    withheld(app, a_waiting(app, product_id), someone(app))
    author, one, two = (someone(app) for _ in range(3))
    with app.app_context():
        begin()
        banning.propose(author, Reason.SPAM, one, NOON)
        banning.confirm(author, two, NOON)
        db.session.commit()
        return log.head().entries


def whole(client: FlaskClient) -> list[dict[str, Any]]:
    """Every entry, from page to page."""
    found, path = [], PATH
    while path:
        answer = client.get(path)
        check_headers(answer)
        page = answer.get_json()
        found += page["entries"]
        path = page["next"]
    return found


def seal(sealed: dict[str, Any]) -> str:
    """As `how_to_check` says it, with nothing of ours."""
    spelled = json.dumps(sealed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def test_a_stranger_checks_the_whole_chain(
    client: FlaskClient, logged: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation_log, "MOST_ENTRIES", 3)
    entries = whole(client)

    before = "0" * 64
    for number, entry in enumerate(entries, 1):
        assert entry["sealed"]["id"] == number
        assert entry["sealed"]["before"] == before
        assert entry["seal"] == seal(entry["sealed"])
        before = entry["seal"]
    answer = client.get(PATH).get_json()
    assert (len(entries), before) == (logged, answer["last_seal"])
    assert answer["total"] == logged


def test_a_stranger_sees_a_change(client: FlaskClient, logged: int) -> None:
    entry = whole(client)[logged - 1]

    for name in entry["sealed"]:
        assert seal({**entry["sealed"], name: "changed"}) != entry["seal"]


def test_nobody_is_named_and_equal_people_look_different(client: FlaskClient, logged: int) -> None:
    entries = whole(client)

    for entry in entries:
        assert {"by_id", "about_account_id", "salt"}.isdisjoint(entry["sealed"])
    assert len({entry["sealed"]["who"] for entry in entries}) == logged


def test_an_entry_sealed_over_a_number_is_not_shown(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        begin()
        entry = log.record(Action.BANNED, NOON, log.Subject(account_id=7), by_id=9)
        entry.salt = ""
        old = ModerationEntry(
            **{one.name: getattr(entry, one.name) for one in entry.__table__.columns}
        )
        assert log.sealed(old)["by_id"] == 9
        old.seal = log.seal_of(old)
        assert log.broken_at([old]) is None
        db.session.rollback()
    assert client.get(PATH).get_json()["entries"] == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "٣", "9" * 10])
def test_a_number_that_is_none_is_answered(client: FlaskClient, after: str) -> None:
    answer = client.get(PATH, query_string={"after": after})

    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == "after"


def test_past_the_end_there_is_nothing_more(client: FlaskClient, logged: int) -> None:
    answer = client.get(f"{PATH}?after={logged}").get_json()

    assert (answer["entries"], answer["next"]) == ([], None)
