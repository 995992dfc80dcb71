"""What is held because it shares something: said to readers, to its author and on the desk."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.db import db
from reviews_app.reviews.readers.models import ReviewMark, RingHold
from reviews_app.reviews.readers.rules import MARKS_KEPT, RING_PEOPLE, Shared
from tests.pages import visit
from tests.people import PASSWORD, an_account, send, signed_in
from tests.reviews.readers.writing import text_by
from tests.web.reviewing import FIELDS, FORM, PAGE, a_machine, count

HELD = "Being checked: shares something with others"


def write_from(client: FlaskClient, address: str, number: int, **changed: Any) -> None:
    """Send the form of a review from a network address, in words of one's own."""
    fields = {**FIELDS, "text": text_by(number), **changed}
    form = {**fields, "csrf_token": _token(client)}
    answer = client.post(FORM, data=form, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 303, answer.text


def _token(client: FlaskClient) -> str:
    page = visit(client, FORM, personal=True)
    return next(
        one.get("value", "") for one in page.all("input") if one.get("name") == "csrf_token"
    )


@pytest.fixture
def ring(app: Flask) -> list[FlaskClient]:
    """Three people who write of one machine from one address."""
    a_machine(app)
    clients = [signed_in(app) for _ in range(RING_PEOPLE)]
    for number, client in enumerate(clients):
        write_from(client, "198.51.100.7", number)
    return clients


def test_a_moderator_sees_what_is_shared_and_clears_one_by_one(
    app: Flask, ring: list[FlaskClient]
) -> None:
    moderator = signed_in(app, "moderator")
    desk = visit(moderator, "/moderation", personal=True).words
    assert desk.count("shares the network address") == RING_PEOPLE
    case = visit(moderator, "/moderation/1", personal=True)
    assert "Held out of the mean since" in case.words
    assert {"/moderation/2", "/moderation/3"} <= set(case.links)

    fields = {"verdict": "publish", "version": "1"}
    send(moderator, "/moderation/1/decision", fields, page="/account", status=303)
    assert HELD in visit(moderator, PAGE).words
    assert "None of these is counted in an average" in visit(moderator, PAGE).words
    told = moderator.get("/api/v1/massagers/boots/reviews").get_json()["reviews"][0]
    assert (told["in_ring"], told["counts"]) == (True, False)

    send(moderator, "/moderation/1/clearance", page="/account", status=303)
    assert HELD not in visit(moderator, PAGE).words
    assert "4.00 of 5 on average, from 1 review" in visit(moderator, PAGE).words
    assert "a moderator cleared it" in visit(moderator, "/moderation/1", personal=True).words
    send(moderator, "/moderation/1/clearance", page="/account", status=409)
    log = visit(moderator, "/moderation-log").words
    assert log.count("Held out of the mean: it shares something with other reviews") == 4
    assert "A moderator found nothing wrong with what it shares" in log


def test_an_author_reads_that_it_is_held(ring: list[FlaskClient]) -> None:
    page = visit(ring[0], "/account/reviews", personal=True)

    assert "Held out of the mean for now." in page.words
    assert "/reviews/policy#rings" in page.links


def test_a_browser_is_the_same_whoever_signs_in_with_it(app: Flask) -> None:
    a_machine(app)
    with app.app_context():
        emails = [f"synthetic-{n}@many.example" for n in range(RING_PEOPLE)]
        for email in emails:
            an_account(email=email)
    browser = app.test_client()
    for number, email in enumerate(emails):
        send(browser, "/account/sign-in", {"email": email, "password": PASSWORD}, status=302)
        write_from(browser, f"198.51.100.{number}", number)
        send(browser, "/account/sign-out", page="/account", status=302)

    with app.app_context():
        assert set(db.session.scalars(sa.select(RingHold.shared))) == {Shared.DEVICE.value}
        assert count(app, RingHold) == RING_PEOPLE


def test_people_in_their_own_browsers_at_their_own_addresses_share_nothing(app: Flask) -> None:
    a_machine(app)
    for number in range(RING_PEOPLE):
        write_from(signed_in(app), f"198.51.100.{number}", number)

    assert count(app, RingHold) == 0
    assert count(app, ReviewMark) > 0


def test_a_number_that_no_browser_of_ours_has_is_not_taken(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("device", "<script>.x", path="/account/sign-in")
    with app.app_context():
        an_account(email="synthetic-one@many.example")
    fields = {"email": "synthetic-one@many.example", "password": PASSWORD}
    send(client, "/account/sign-in", fields, status=302)

    cookie = client.get_cookie("device", path="/account/sign-in")
    assert cookie is not None
    assert len(cookie.value.partition(".")[0]) == 32


def test_the_policy_says_the_rule_and_what_is_kept_for_it(client: FlaskClient) -> None:
    words = visit(client, "/reviews/policy").words

    for said in (
        f"If {RING_PEOPLE} or more accounts review machines of one maker",
        f"All go {MARKS_KEPT.days} days after the review was sent",
        "The rule does not see the stars.",
    ):
        assert said in words
