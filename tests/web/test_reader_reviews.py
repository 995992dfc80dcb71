"""What readers say of a machine: all that is published can be reached, and nothing else."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.accounts.queries import now
from reviews_app.db import db
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.rules import LATE_AFTER, Reason
from reviews_app.reviews.readers.shelf import PER_PAGE
from tests.pages import visit
from tests.reviews.readers.writing import NOON
from tests.web.reviewing import PAGE, a_machine, a_published, a_waiting, someone, withheld

HIDDEN = "Synthetic hidden words"


def ids(text: str) -> list[int]:
    return [int(one) for one in re.findall(r'id="review-(\d+)"', text)]


def test_without_reviews_the_page_says_so_and_asks_for_the_first(
    app: Flask, client: FlaskClient
) -> None:
    a_machine(app)
    page = visit(client, PAGE)

    assert "No reader reviews yet. If you use this machine, yours would be the first." in page.words
    assert "None has been sent so far." in page.words
    assert "of 5" not in page.words
    assert "/massagers/boots/reviews/new" in page.links
    assert "/reviews/policy" in page.links


def test_a_published_review_is_read_with_all_that_it_says(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    a_published(
        app,
        product_id,
        text="Synthetic first paragraph of some length.\n\nSynthetic second paragraph.",
        needs=("tired-legs",),
        calf="38cm",
        fitted="tight",
        broke="Synthetic zip",
        broke_after_months="3",
    )
    words = visit(client, PAGE).words

    for said in (
        "1 reader review, good and bad alike",
        "4.00 of 5 on average, from 1 review",
        "this one counts as 3.17",
        "Synthetic test title",
        ", 26 November 2026. Bought it. E-mail address confirmed.",
        "Synthetic second paragraph.",
        "Had it for 6 months Used for Tired legs Fit It was too tight, calf 38cm",
        "What broke Synthetic zip (after 3 months)",
        "Received 0 1 0 0 0 1 Published 0 1 0 0 0 1 Waiting 0 0 0 0 0 0",
    ):
        assert said in words


def test_what_must_be_known_stands_beside_the_stars(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    a_published(app, product_id, how_got="paid", tie="work")
    words = visit(client, PAGE).words

    assert "4 of 5 Paid for this review Works or worked for the maker or a shop" in words
    assert "Not in the mean." in words
    assert "None of these is counted in an average" in words


def test_every_published_review_can_be_reached_and_the_count_is_that_number(
    app: Flask, client: FlaskClient
) -> None:
    product_id = a_machine(app)
    made = {a_published(app, product_id, rating=str(1 + n % 5)) for n in range(PER_PAGE + 3)}

    reached = set(ids(client.get(PAGE).text)) | set(ids(client.get(f"{PAGE}?page=2").text))
    by_star = [set(ids(client.get(f"{PAGE}?stars={n}").text)) for n in range(1, 6)]

    assert reached == made == set.union(*by_star)
    assert sum(map(len, by_star)) == len(made)
    assert f"{len(made)} reader reviews" in visit(client, PAGE).words


def test_the_bars_count_and_narrow(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    one, five = (a_published(app, product_id, rating=stars) for stars in ("1", "5"))

    assert ids(client.get(f"{PAGE}?stars=1").text) == [one]
    assert ids(client.get(f"{PAGE}?stars=5").text) == [five]
    page = visit(client, f"{PAGE}?stars=1")
    assert "1 review of 2" in page.words
    assert "5 stars 1 4 stars 0 3 stars 0 2 stars 0 1 star, chosen; show all stars 1" in page.words
    assert f"{PAGE}?stars=5" in page.links
    assert PAGE in page.links


def test_reviews_are_chosen_by_need_time_and_fit_and_ordered(
    app: Flask, client: FlaskClient
) -> None:
    product_id = a_machine(app)
    tired = a_published(app, product_id, needs=("tired-legs",), rating="2")
    long = a_published(app, product_id, months_owned="30", rating="5")
    tight = a_published(app, product_id, fitted="tight", rating="3")

    found = {
        query: ids(client.get(f"{PAGE}?{query}").text)
        for query in (
            "need=tired-legs",
            "owned=24",
            "fitted=tight",
            "sort=highest",
            "sort=lowest",
            "sort=helpful",
        )
    }
    assert found == {
        "need=tired-legs": [tired],
        "owned=24": [long],
        "fitted=tight": [tight],
        "sort=highest": [long, tight, tired],
        "sort=lowest": [tired, tight, long],
        "sort=helpful": [tight, long, tired],
    }


def test_a_choice_has_one_address(app: Flask, client: FlaskClient) -> None:
    a_machine(app)

    for other in ("sort=newest", "page=1", "stars=", "fitted=tight&stars=2", "nothing=1"):
        answer = client.get(f"{PAGE}?{other}")
        assert answer.status_code == 301
    assert client.get(f"{PAGE}?fitted=tight&stars=2").location == f"{PAGE}?stars=2&fitted=tight"


@pytest.mark.parametrize(
    "query",
    ["stars=6", "stars=x", "need=unheard", "owned=7", "fitted=no", "sort=worst", "page=0",
     "page=2", "page=99999999999999999999", "page=%D9%A3"],
)  # fmt: skip
def test_a_choice_that_nothing_has_is_answered(app: Flask, client: FlaskClient, query: str) -> None:
    a_machine(app)

    visit(client, f"{PAGE}?{query}", status=404)


def test_reversing_all_stars_leaves_the_order_as_it_is(app: Flask, client: FlaskClient) -> None:
    given = [1, 5, 2, 4, 3, 1]
    orders = []
    for slug, stars in (("boots", given), ("turned", [6 - one for one in given])):
        product_id = a_machine(app, slug)
        made = [a_published(app, product_id, rating=str(one)) for one in stars]
        shown = ids(client.get(f"/massagers/{slug}/reviews").text)
        orders.append([made.index(one) for one in shown])

    assert orders[0] == orders[1]


def test_a_withheld_review_leaves_its_place_and_leads_to_the_log(
    app: Flask, client: FlaskClient
) -> None:
    product_id = a_machine(app)
    review = a_waiting(app, product_id, title=HIDDEN, rating="2")
    withheld(app, review, someone(app), Reason.ABUSE)
    page = visit(client, PAGE)

    assert "A review was withheld on 26 November 2026: it insults or threatens" in page.words
    assert "Withheld 0 0 0 1 0 1 It insults or threatens somebody 0 0 0 1 0 1" in page.words
    assert "/moderation-log/2" in page.links
    answer = client.get("/moderation-log/2")
    assert answer.location == "/moderation-log#entry-2"
    assert "It insults or threatens".lower() in visit(client, "/moderation-log").words.lower()


def test_what_waits_too_long_is_said(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    a_waiting(app, product_id)

    words = visit(client, PAGE).words
    # Sent at a fixed noon: whether that is long ago by now decides what must be said.
    late = now() - NOON > LATE_AFTER
    assert ("1 review has waited more than 10 days" in words) == late


def test_an_unpublished_review_cannot_be_reached(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    moderator = someone(app)
    waiting = a_waiting(app, product_id, title=HIDDEN, text=HIDDEN * 3, calf="89cm")
    held = a_waiting(app, product_id, title=HIDDEN, text=HIDDEN * 3)
    withheld(app, held, moderator)
    shown = a_published(app, product_id)
    edited = a_waiting_edit(app, shown)

    paths = [
        PAGE, "/massagers/boots", "/massagers", "/massagers?q=hidden", "/massagers?sort=rating",
        "/api/v1/massagers", "/api/v1/massagers/boots", "/api/v1/massagers/boots/reviews",
        "/moderation-log", "/reviews", "/reviews/policy", "/", "/sitemap.xml",
        *(f"{PAGE}?stars={n}" for n in range(1, 6)), f"{PAGE}?need=tired-legs",
        *(f"{PAGE}?sort={one}" for one in ("helpful", "highest", "lowest")),
    ]  # fmt: skip
    for path in paths:
        text = client.get(path).text
        assert HIDDEN not in text, path
        assert f"review-{waiting}" not in text
        assert f"review-{held}" not in text
    for review_id in (waiting, held, 999):
        for way in ("helpful", "report"):
            answer = client.get(f"/reviews/{review_id}/{way}")
            assert answer.status_code in {303, 404}, "a visitor is asked to sign in, or nothing"
        assert client.get(f"/reviews/{review_id}/report").status_code == 404
    assert edited == shown


def a_waiting_edit(app: Flask, review_id: int) -> int:
    """A new version of a published review, which waits."""
    with app.app_context():
        review = db.session.get_one(ReaderReview, review_id)
        author, product_id = review.account_id, review.product_id
    return a_waiting(app, product_id, author, title=HIDDEN)


def test_the_page_is_asked_for_each_time(app: Flask, client: FlaskClient) -> None:
    product_id = a_machine(app)
    first = client.get(PAGE)
    assert first.headers["Cache-Control"] == "public, no-cache"
    tag = first.headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304

    a_published(app, product_id)

    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 200


def test_a_machine_that_is_not_there_has_no_reviews(client: FlaskClient) -> None:
    visit(client, "/massagers/unheard-of/reviews", status=404)


def test_the_policy_says_the_rules_that_run(client: FlaskClient) -> None:
    words = visit(client, "/reviews/policy").words

    for reason in Reason:
        assert reason.label in words
    for said in ("within 10 days", "One review of five stars then gives 5 × 3 and 5, over 6: 3.33"):
        assert said in words


def test_the_log_is_there_before_anything_happened(client: FlaskClient) -> None:
    assert "Nothing has happened yet" in visit(client, "/moderation-log").words
    for path in ("/moderation-log/1", "/moderation-log?page=2", "/moderation-log?page=x"):
        visit(client, path, status=404)
    visit(client, "/moderation-log?page=01")
