"""What an author sees and may do; votes and reports, by whom and on what."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from reviews_app.accounts.models import Account
from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.reports import ReviewReport
from reviews_app.reviews.readers.votes import HelpfulVote
from tests.factories import a_brand
from tests.pages import checked, visit
from tests.people import an_account, send, signed_in
from tests.reviews.readers.writing import publish, sent
from tests.web.reviewing import (
    PAGE,
    a_machine,
    a_published,
    a_waiting,
    count,
    someone,
    withheld,
)


@pytest.fixture
def author(app: Flask) -> tuple[int, FlaskClient]:
    with app.app_context():
        account_id = an_account()
    return account_id, signed_in(app, account_id=account_id)


def test_an_author_reads_why_and_appeals_once(app: Flask, author: tuple[int, FlaskClient]) -> None:
    account_id, client = author
    review = a_waiting(app, a_machine(app), account_id)
    withheld(app, review, someone(app))
    page = visit(client, "/account/reviews", personal=True)
    assert "Not published, decided on 26 November 2026. The reason: it holds private" in page.words
    assert "/moderation-log/2" in page.links

    path = f"/account/reviews/{review}/appeal"
    send(client, path, page="/account/reviews", status=303)
    assert "Your appeal waits" in visit(client, "/account/reviews", personal=True).words
    send(client, path, page="/account/reviews", status=403)

    withheld(app, review, someone(app))
    assert (
        "You have appealed this version" in visit(client, "/account/reviews", personal=True).words
    )


def test_an_author_takes_a_review_back_after_a_question(
    app: Flask, author: tuple[int, FlaskClient]
) -> None:
    account_id, client = author
    review = a_waiting(app, a_machine(app), account_id)
    path = f"/account/reviews/{review}/withdrawal"
    assert "Take your review back?" in visit(client, path, personal=True).words
    assert count(app, ReaderReview) == 1

    send(client, path, status=303)

    assert count(app, ReaderReview) == 0
    assert "You have written none yet." in visit(client, "/account/reviews", personal=True).words


def test_nobody_reaches_the_review_of_another(app: Flask, author: tuple[int, FlaskClient]) -> None:
    _, client = author
    review = a_waiting(app, a_machine(app))

    for way in ("appeal", "withdrawal"):
        path = f"/account/reviews/{review}/{way}"
        send(client, path, page="/account", status=404)
        assert client.get(path).status_code in {404, 405}
    assert count(app, ReaderReview) == 1


def test_a_reader_votes_once_and_may_take_it_back(
    app: Flask, author: tuple[int, FlaskClient]
) -> None:
    _, client = author
    review = a_published(app, a_machine(app))
    path = f"/reviews/{review}/helpful"
    for _ in range(2):
        answer = send(client, path, {"do": "vote"}, status=303)
        assert answer.location == f"{PAGE}#review-{review}"
    assert count(app, HelpfulVote) == 1
    assert "1 reader found this helpful" in visit(client, PAGE).words
    assert "You said that it was helpful." in visit(client, path, personal=True).words

    send(client, path, {"do": "take-back"}, status=303)
    assert count(app, HelpfulVote) == 0


def test_nobody_votes_on_their_own_or_on_what_is_not_published(
    app: Flask, author: tuple[int, FlaskClient]
) -> None:
    account_id, client = author
    product_id = a_machine(app)
    own = a_waiting(app, product_id, account_id)
    with app.app_context():
        publish(db.session.get_one(ReaderReview, own), someone(app))
    waiting = a_waiting(app, product_id)

    assert (
        "This review is your own." in visit(client, f"/reviews/{own}/helpful", personal=True).words
    )
    send(client, f"/reviews/{own}/helpful", page="/account", status=403)
    send(client, f"/reviews/{waiting}/helpful", page="/account", status=404)
    assert count(app, HelpfulVote) == 0


def test_a_visitor_reports_and_gets_a_receipt(app: Flask, client: FlaskClient) -> None:
    review = a_published(app, a_machine(app))
    path = f"/reviews/{review}/report"
    wrong = send(client, path, {"text": "Synthetic <b>words</b>"}, status=422)
    assert "Please choose what is wrong with it." in wrong.text
    assert "Synthetic &lt;b&gt;words" in wrong.text
    long = send(client, path, {"reason": "abuse", "text": "x" * 1001}, status=422)
    assert 'value="abuse" checked' in long.text

    answer = send(client, path, {"reason": "abuse", "text": "Synthetic"}, status=303)

    assert re.fullmatch(r"/reviews/reports/[\w-]{20,}", answer.location)
    page = checked(client.get(answer.location), answer.location, personal=True)
    assert "It waits for a moderator." in page.words
    assert count(app, ReviewReport) == 1
    assert "Synthetic test title" in client.get(PAGE).text, "a report hides nothing"
    assert client.get("/reviews/reports/unknown").status_code == 404


def test_what_waits_cannot_be_reported(app: Flask, client: FlaskClient) -> None:
    review = a_waiting(app, a_machine(app))

    send(
        client,
        f"/reviews/{review}/report",
        {"reason": "abuse"},
        page="/account/sign-in",
        status=404,
    )


def test_who_speaks_for_a_maker_answers_once_and_is_labelled(
    app: Flask, author: tuple[int, FlaskClient], runner: FlaskCliRunner
) -> None:
    account_id, client = author
    product_id = a_machine(app)
    with app.app_context():
        db.session.get_one(Product, product_id).brand_id = a_brand("maker").id
        db.session.commit()
        email = db.session.get_one(Account, account_id).email
    review = a_published(app, product_id)
    path = f"/reviews/{review}/answer"
    assert client.get(path).status_code == 404
    said = runner.invoke(args=["reviews", "represent", email, "maker"])
    assert said.exit_code == 0, said.output

    assert path in visit(client, f"/reviews/{review}/helpful", personal=True).links
    short = send(client, path, {"text": "Short & <b>"}, status=422)
    assert "Short &amp; &lt;b&gt;" in short.text
    wrong = checked(short, path, status=422, personal=True).by_id("text")
    assert (wrong.get("aria-invalid"), wrong.get("aria-describedby")) == ("true", "text-problem")
    send(client, path, {"text": "Synthetic answer of a maker that is not there."}, status=303)
    assert "Synthetic answer" not in client.get(PAGE).text
    assert client.get(path).status_code == 404
    moderator = signed_in(app, "moderator")
    desk = visit(moderator, "/moderation", personal=True)
    assert "Synthetic answer of a maker" in desk.words
    decision = f"/moderation/{review}/answer"
    send(moderator, decision, {"verdict": "publish"}, page="/account", status=303)

    words = visit(client, PAGE).words
    assert "Answer by the maker, Maker" in words
    assert "Synthetic answer of a maker" in words
    told = client.get("/api/v1/massagers/boots/reviews").get_json()["reviews"][0]
    assert told["answer_by_the_maker"]["brand"] == "Maker"
    with app.app_context():
        reviewer = db.session.get_one(ReaderReview, review).account_id or 0
        edited = sent(product_id, reviewer, title="Synthetic second thoughts")
        publish(edited, someone(app))
    assert "Answers an earlier version of this review" in visit(client, PAGE).words
    told = client.get("/api/v1/massagers/boots/reviews").get_json()["reviews"][0]
    assert told["answer_by_the_maker"]["is_to_an_earlier_version"]


def test_the_command_says_who_speaks_for_whom(app: Flask, runner: FlaskCliRunner) -> None:
    with app.app_context():
        email = db.session.get_one(Account, an_account()).email

    for args in (["nobody@people.example", "maker"], [email, "unheard-of"]):
        assert runner.invoke(args=["reviews", "represent", *args]).exit_code == 1
    assert runner.invoke(args=["reviews", "unrepresent", email]).exit_code == 0


def test_the_command_tells_whether_the_log_is_whole(app: Flask, runner: FlaskCliRunner) -> None:
    a_published(app, a_machine(app))
    whole = runner.invoke(args=["reviews", "check-log"])
    assert "The log is whole: 2 entries, last seal " in whole.output
    seal = whole.output.split()[-1]

    for entries, code in (("2", 0), ("1", 1), ("3", 1)):
        args = ["reviews", "check-log", "--seal", seal, "--entries", entries]
        assert runner.invoke(args=args).exit_code == code
