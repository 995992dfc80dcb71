"""The moderators' desk: oldest first, the stars hidden, every decision told and in the log."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app.db import db
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.models import PublishedReview, WaitingReview
from reviews_app.reviews.readers.rules import BURST_REVIEWS, Reason
from tests.pages import visit
from tests.people import mails, send, signed_in
from tests.reviews.readers.writing import HOUR, NOON, sent
from tests.web.reviewing import PAGE, a_machine, a_published, a_waiting, count, someone

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def moderator(app: Flask) -> FlaskClient:
    return signed_in(app, "moderator")


def decide(client: FlaskClient, review_id: int, verdict: str, version: str = "1") -> TestResponse:
    page = f"/moderation/{review_id}"
    fields = {"verdict": verdict, "version": version}
    return send(client, f"{page}/decision", fields, page="/account")


def actions(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        return [(one.action, one.reason) for one in log.all_entries()]


def test_the_queue_is_oldest_first_whatever_the_stars(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    for n, stars in enumerate(("3", "1", "5", "2", "4")):
        author = someone(app)
        with app.app_context():
            sent(product_id, author, NOON - n * HOUR, rating=stars, title=f"Synthetic {n}")

    words = visit(moderator, "/moderation", personal=True).words

    places = [words.index(f"Synthetic {n}") for n in (4, 3, 2, 1, 0)]
    assert places == sorted(places)
    assert "5 reviews wait" in words


def test_the_same_text_with_any_stars_is_shown_and_treated_alike(
    app: Flask, moderator: FlaskClient
) -> None:
    product_id = a_machine(app)
    moderator.get("/account")  # says once that they are signed in
    seen = set()
    for stars in range(1, 6):
        review = a_waiting(
            app, product_id, rating=str(stars), text="Call 0123 456 789 0123 now! " * 3
        )
        page = visit(moderator, f"/moderation/{review}", personal=True)
        assert "a long number, perhaps of a telephone" in page.words
        before_the_stars = page.words[: page.words.index("Show the stars")]
        seen.add(before_the_stars)

    assert len(seen) == 1, seen


def test_one_press_publishes_and_leads_to_the_next(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    first, second = a_waiting(app, product_id), a_waiting(app, product_id)

    answer = decide(moderator, first, "publish")

    assert answer.location == f"/moderation/{second}"
    page = visit(moderator, f"/moderation/{second}", personal=True)
    keys = [one.get("accesskey") for one in page.all("button") if one.get("accesskey")]
    assert len(keys) == len(set(keys)) == 1 + len(Reason)
    assert count(app, PublishedReview) == 1
    assert decide(moderator, second, "publish").location == "/moderation"


@pytest.mark.parametrize("reason", list(Reason))
def test_a_review_is_withheld_for_a_reason_of_the_list_and_its_author_is_told_once(
    app: Flask, moderator: FlaskClient, reason: Reason
) -> None:
    product_id = a_machine(app)
    review = a_waiting(app, product_id)

    decide(moderator, review, reason.value)

    ((_, _, body),) = mails(app)
    assert reason.label.lower() in body.lower()
    assert "appeal" in body
    assert "/account/reviews" in body
    assert actions(app)[-1] == ("withheld", reason.value)


@pytest.mark.parametrize("verdict", ["", "too-negative", "PUBLISH", "kept"])
def test_no_other_reason_is_taken(app: Flask, moderator: FlaskClient, verdict: str) -> None:
    review = a_waiting(app, a_machine(app))

    assert decide(moderator, review, verdict).status_code == 400
    assert count(app, WaitingReview) == 1


def test_a_decision_that_somebody_else_took_is_answered(app: Flask, moderator: FlaskClient) -> None:
    review = a_waiting(app, a_machine(app))
    decide(moderator, review, "publish")

    answer = decide(moderator, review, "abuse")

    assert answer.status_code == 409
    assert "Somebody was quicker" in answer.text
    assert decide(moderator, review, "abuse", version="x").status_code == 400
    assert decide(moderator, 999, "abuse").status_code == 409


def test_what_is_public_is_taken_down_by_two(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    review = a_published(app, product_id)
    path = f"/moderation/{review}/takedown"
    send(
        moderator, path, {"do": "propose", "reason": "suspected-fake"}, page="/account", status=303
    )
    assert "Synthetic test title" in moderator.get(PAGE).text
    for way in ("confirm", "keep"):
        send(moderator, path, {"do": way}, page="/account", status=403)

    second = signed_in(app, "moderator")
    assert "Take it down" in visit(second, f"/moderation/{review}", personal=True).words
    send(second, path, {"do": "confirm"}, page="/account", status=303)

    assert "Synthetic test title" not in moderator.get(PAGE).text
    assert len(mails(app)) == 1
    assert [one for one, _ in actions(app)][-2:] == ["takedown-proposed", "taken-down"]


def test_a_ban_takes_two(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    author = someone(app)
    review = a_waiting(app, product_id, author)
    fields = {"reason": "spam-or-duplicate"}
    send(moderator, f"/moderation/{review}/ban", fields, page="/account", status=303)
    ban = f"/moderation/bans/{author}"
    send(moderator, ban, {"do": "confirm"}, page="/account", status=403)

    second = signed_in(app, "moderator")
    assert "Ban from reviewing" in visit(second, "/moderation", personal=True).words
    send(second, ban, {"do": "confirm"}, page="/account", status=303)

    assert [one for one, _ in actions(app)][-2:] == ["ban-proposed", "banned"]


def test_text_stays_text_before_a_moderator(app: Flask, moderator: FlaskClient) -> None:
    review = a_waiting(
        app, a_machine(app), title=f"Synthetic {SCRIPT}", text=SCRIPT * 3, broke=SCRIPT
    )

    for path in ("/moderation", f"/moderation/{review}"):
        page = visit(moderator, path, personal=True)
        assert "<script>alert" not in page.response.text
        assert SCRIPT in page.words


def test_the_log_in_public_holds_nobody_s_data(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    review = a_waiting(app, product_id, title="Synthetic secret title")
    decide(moderator, review, "abuse")

    page = visit(app.test_client(), "/moderation-log")

    assert "Withheld: it insults or threatens somebody. Boots" in page.words
    for hidden in ("Synthetic", f"review-{review}", "people.example"):
        assert hidden not in page.response.text
    with app.app_context():
        assert log.head().seal in page.words
        assert log.broken_at(log.all_entries(), log.head()) is None


def test_what_a_moderator_reads_about_the_author(app: Flask, moderator: FlaskClient) -> None:
    one, other = a_machine(app), a_machine(app, "other")
    author = someone(app)
    decide(moderator, a_waiting(app, one, author), "abuse")
    review = a_waiting(app, other, author)

    words = visit(moderator, f"/moderation/{review}", personal=True).words

    assert "1 other review: 0 published, 1 decision against one (it insults" in words


def test_a_burst_is_told_on_the_desk(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    for _ in range(BURST_REVIEWS):
        a_published(app, product_id, rating="1")

    words = visit(moderator, "/moderation", personal=True).words

    assert f"Came in a burst, and not counted Boots {BURST_REVIEWS} reviews" in words


def test_an_unknown_case_is_not_there(moderator: FlaskClient) -> None:
    assert moderator.get("/moderation/999").status_code == 404


def test_counts_of_the_log_are_a_recount(app: Flask, moderator: FlaskClient) -> None:
    product_id = a_machine(app)
    for verdict in ("publish", "abuse", "abuse", "publish"):
        decide(moderator, a_waiting(app, product_id), verdict)

    words = visit(app.test_client(), "/moderation-log").words

    for said in (
        "Received: 4",
        "Published: 2",
        "Withheld: 2",
        "it insults or threatens somebody (2)",
    ):
        assert said in words
    with app.app_context():
        statement = sa.select(sa.func.count()).select_from(PublishedReview)
        assert db.session.scalar(statement) == 2
