"""Ratings of readers on cards, pages, in JSON and in mark-up: one number everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import browse
from reviews_app.db import db
from reviews_app.reviews.readers import deciding, shelf
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.rules import Reason
from tests.databases import NewDatabase, a_site
from tests.pages import visit, words_of
from tests.reviews.readers.writing import NOON, begin, published
from tests.web.reviewing import a_machine, a_published, someone


@pytest.fixture(params=["by SQL", "from the index"])
def site(
    request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path
) -> Iterator[Flask]:
    """Three machines: one with one review of five stars, one with six of four, one with none."""
    with a_site(new_database, tmp_path / "rated.db") as app:
        for slug, stars in (("lonely", ["5"]), ("loved", ["4"] * 6), ("new", [])):
            product_id = a_machine(app, slug)
            for one in stars:
                a_published(app, product_id, rating=one)
        if request.param == "from the index":
            with app.app_context():
                browse.open_index()
        yield app
        if request.param == "from the index":
            with app.app_context():
                browse.close_index()


def test_a_single_review_does_not_decide_the_order_and_the_unrated_come_last(site: Flask) -> None:
    client = site.test_client()
    answer = client.get("/api/v1/massagers?sort=rating").get_json()
    page = visit(client, "/massagers?sort=rating")

    assert [one["slug"] for one in answer["products"]] == ["loved", "lonely", "new"]
    assert answer["unrated"] == 1
    assert "1 massager has no reader review and comes last." in page.words
    assert "How readers’ stars are counted" in page.words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rating_min=4.5", ["lonely"]),
        ("rating_max=4", ["loved"]),
        ("rating_min=4", ["lonely", "loved"]),
        ("rating_min=5&rating_unknown=include", ["lonely", "new"]),
    ],
)
def test_what_is_printed_on_a_card_can_be_filtered_by(
    site: Flask, query: str, found: list[str]
) -> None:
    answer = site.test_client().get(f"/api/v1/massagers?{query}").get_json()

    assert sorted(one["slug"] for one in answer["products"]) == found
    assert answer["unstated"] == {"rating": 1}


def test_card_page_json_and_mark_up_say_the_same_number(site: Flask) -> None:
    client = site.test_client()
    machine = visit(client, "/massagers/loved")
    (marked,) = [
        json.loads(words_of(one))
        for one in machine.all("script")
        if one.get("type") == "application/ld+json"
    ]
    told = client.get("/api/v1/massagers/loved").get_json()["readers"]
    listed = client.get("/api/v1/massagers?q=loved").get_json()["products"][0]["readers"]

    assert "Readers: 4.00 of 5, 6 reviews" in visit(client, "/massagers").words
    assert "4.00 of 5 on average, from 6 reader reviews" in machine.words
    assert marked["aggregateRating"]["ratingValue"] == told["mean"] == 4
    assert marked["aggregateRating"]["reviewCount"] == told["counted"] == 6
    assert told == listed


def test_without_a_review_there_is_no_mark_up_and_it_is_said_well(site: Flask) -> None:
    client = site.test_client()
    page = visit(client, "/massagers/new")

    assert "No reader reviews yet. If you use this machine, yours would be the first." in page.words
    assert "aggregateRating" not in page.response.text
    readers = client.get("/api/v1/massagers/new").get_json()["readers"]
    assert readers == {"published": 0, "counted": 0, "mean": None, "mean_with_prior": None}


def test_what_is_published_or_taken_down_is_right_everywhere_at_once(site: Flask) -> None:
    client = site.test_client()
    visit(client, "/massagers/new")
    author, moderator = someone(site), someone(site)
    with site.app_context():
        product = db.session.execute(
            db.select(db.text("id")).select_from(db.text("product")).where(db.text("slug = 'new'"))
        ).scalar_one()
        published(product, author, NOON, moderator, rating="2")

    assert "2.00 of 5 on average, from 1 reader review." in visit(client, "/massagers/new").words
    assert "Readers: 2.00 of 5, 1 review" in visit(client, "/massagers?rating_max=2").words
    one, two = someone(site), someone(site)
    with site.app_context():
        id_ = shelf.shelf(product, Choice()).reviews[0].id
        begin()
        deciding.propose_takedown(id_, Reason.FAKE, one, NOON)
        deciding.confirm_takedown(id_, two, NOON)
        db.session.commit()
    assert "No reader reviews yet." in visit(client, "/massagers/new").words
    assert "new" not in [
        card["slug"] for card in client.get("/api/v1/massagers?rating_max=2").get_json()["products"]
    ]


def test_how_reviews_are_checked_is_one_click_from_wherever_they_are_read(site: Flask) -> None:
    client = site.test_client()
    for path in (
        "/massagers/loved",
        "/massagers/loved/reviews",
        "/massagers?sort=rating",
        "/moderation-log",
    ):
        inside = visit(client, path).all("main")[0]
        links = [one.get("href", "").partition("#")[0] for one in inside.iter("a")]
        assert "/reviews/policy" in links, path


def test_no_page_calls_a_review_or_a_reader_verified(site: Flask) -> None:
    client = site.test_client()
    for path in ("/massagers/loved", "/massagers/loved/reviews", "/massagers"):
        assert "verified" not in visit(client, path).words.lower(), path


def test_the_reviews_as_json_are_those_of_the_page(site: Flask) -> None:
    answer = site.test_client().get("/api/v1/massagers/loved/reviews?stars=4").get_json()

    assert (answer["total"], len(answer["reviews"])) == (6, 6)
    assert answer["stars"] == {"1": 0, "2": 0, "3": 0, "4": 6, "5": 0}
    assert answer["became"]["received"] == {"1": 0, "2": 0, "3": 0, "4": 6, "5": 0}
    assert answer["reviews"][0]["disclosures"] == []
    assert answer["reviews"][0]["proof"] == "E-mail address confirmed"
    for wrong in ("stars=9", "page=2", "sort=worst"):
        path = f"/api/v1/massagers/loved/reviews?{wrong}"
        assert site.test_client().get(path).status_code == 404


def test_reviewed_machines_are_in_the_site_map(site: Flask) -> None:
    text = site.test_client().get("/sitemap.xml").text

    assert "/massagers/loved/reviews<" in text
    assert "/massagers/new/reviews<" not in text


def test_disclosures_go_wherever_a_review_goes(app: Flask, client: FlaskClient) -> None:
    a_published(app, a_machine(app), how_got="paid")

    for path in ("/massagers/boots", "/massagers/boots/reviews", "/api/v1/massagers/boots/reviews"):
        assert "Paid for this review" in client.get(path).text
    assert "aggregateRating" not in client.get("/massagers/boots").text
    assert "Readers: 1 review, none counted" in visit(client, "/massagers").words
