"""Desk reviews where a reader meets them: on a machine's page, on cards, and all in one place."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.config import ROOT
from tests.listings import statements_of
from tests.pages import visit, words_of

SLUGS = sorted(path.stem for path in (ROOT / "seed_data/reviews").glob("*.md"))
NORMATEC = "/massagers/hyperice-normatec-3-legs"
LABEL = "written from cited facts. We have not tested this machine."


@pytest.mark.parametrize("slug", SLUGS)
def test_every_review_is_read_on_its_machines_page(reader: FlaskClient, slug: str) -> None:
    page = visit(reader, f"/massagers/{slug}")
    review = reader.get(f"/api/v1/massagers/{slug}").get_json()["desk_review"]

    assert review["verdict"] in page.words
    assert f"Desk review: {LABEL}" in page.words
    for text in (review["summary"], *review["body"], *review["unknown"]):
        plain = " ".join(text.split())
        assert plain in page.words or plain in page.words.replace(" weak source", "")
    for one in (*review["good"], *review["less_good"]):
        assert one["sources"] or one["claims"] or one["missing"]
    assert "{" not in page.words
    assert '"Review"' not in page.response.text


def test_a_value_in_a_review_leads_to_its_source(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers/theragun-pro-plus")
    links = [one for one in page.all("a") if words_of(one) == "1.65 kg"]

    assert links
    assert links[0].get("href", "").startswith("/sources/S")


def test_the_verdict_leads_and_safety_comes_before_prices(reader: FlaskClient) -> None:
    words = visit(reader, NORMATEC).words
    places = [
        words.index(one)
        for one in (
            "Desk review: written",
            "At a glance",
            "Who should not use it How",
            "Worked out from facts",
            "What we could not find out",
            "Marketed, cleared",
            "Prices seen",
        )
    ]

    assert places == sorted(places)


def test_a_machine_without_a_review_says_what_is_known_so_far(reader: FlaskClient) -> None:
    path = "/massagers/hyperice-normatec-go"
    words = visit(reader, path).words

    assert "Known so far Wrap for compression. Sources state 5 of the 31 things" in words
    assert "no source we read states heat, strongest pressure" in words
    assert "Desk review:" not in words
    assert reader.get(f"/api/v1{path}").get_json()["desk_review"] is None


def test_all_reviews_stand_in_one_place_with_their_verdicts(reader: FlaskClient) -> None:
    page = visit(reader, "/reviews")

    assert sorted(link[11:] for link in page.links if link.startswith("/massagers/")) == SLUGS
    assert "written from cited facts. We have not tested" in page.words


@pytest.mark.parametrize("path", ["/massagers", "/", "/brands/hyperice", "/types/compression"])
def test_cards_show_the_verdict(reader: FlaskClient, path: str) -> None:
    review = reader.get(f"/api/v1{NORMATEC}").get_json()["desk_review"]

    assert "product-card__verdict" in reader.get(path).text
    if path != "/":
        assert review["verdict"] in visit(reader, path).words or path == "/massagers"


def test_the_listing_says_the_same_verdicts_as_json(reader: FlaskClient) -> None:
    words = visit(reader, "/massagers").words
    products = reader.get("/api/v1/massagers").get_json()["products"]
    verdicts = {one["slug"]: one["verdict"] for one in products}

    assert {slug for slug, verdict in verdicts.items() if verdict} <= set(SLUGS)
    assert all(verdict in words for verdict in verdicts.values() if verdict)


def test_verdicts_of_a_page_take_one_statement(real_catalogue: Flask, reader: FlaskClient) -> None:
    for path in ("/massagers", "/massagers?page=2", "/api/v1/massagers"):
        with statements_of(real_catalogue) as sent:
            reader.get(path)
        assert sum("desk_review" in one for one in sent) == 1


def test_reviews_take_a_fixed_number_of_statements(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    with statements_of(real_catalogue) as sent:
        reader.get("/reviews")

    assert len(sent) < 8
