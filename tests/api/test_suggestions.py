"""What words may mean, as JSON: few, promised counts, and errors like all others."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import browse
from reviews_app.api.suggestions import PAGES
from reviews_app.web.links import address
from tests.pages import check_headers


def suggested(client: FlaskClient, words: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/suggestions?q={words}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["suggestions"]
    return found


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("compr", ("type", "Compression")),
        ("comppression", ("type", "Compression")),
        ("calf", ("area", "Calf")),
        ("boots", ("form", "Boots")),
        ("therabody", ("brand", "Therabody")),
        ("normatec+3", ("massager", "Normatec 3 Legs")),
    ],
)
def test_words_lead_to_types_areas_forms_brands_and_machines(
    reader: FlaskClient, words: str, first: tuple[str, str]
) -> None:
    found = [(one["kind"], one["label"]) for one in suggested(reader, words)]

    assert found[0] == first


def test_a_brand_is_suggested_by_its_other_names_too(reader: FlaskClient) -> None:
    found = [(one["kind"], one["label"]) for one in suggested(reader, "hyperice")]

    assert found.index(("brand", "Hyperice")) < found.index(("brand", "NormaTec"))


def test_who_follows_a_suggestion_finds_what_it_promised(reader: FlaskClient) -> None:
    choices = [one for words in ("com", "calf", "hyper", "gun") for one in suggested(reader, words)]

    for one in choices:
        assert reader.get(one["page"]).status_code == 200
        answer = reader.get(one["url"]).get_json()
        if one["kind"] == "massager":
            assert (answer["slug"], one["count"]) == (one["id"], None)
        else:
            assert answer["total"] == one["count"] > 0


def test_words_of_health_lead_to_pages_warnings_first(reader: FlaskClient) -> None:
    found = suggested(reader, "varicose")

    assert [(one["kind"], one["note"]) for one in found] == [
        ("page", "Safety: avoid the area"),
        ("page", "What may help: ask first"),
        ("page", "Question"),
        ("page", "What the word means"),
    ]
    assert {one["count"] for one in found} == {None}


@pytest.mark.parametrize("words", ["cramp", "pregnant", "knots", "pulses", "flight", "blood"])
def test_every_page_that_is_suggested_is_there(reader: FlaskClient, words: str) -> None:
    pages = [one for one in suggested(reader, words) if one["kind"] == "page"]

    assert pages
    for one in pages:
        path, _, place = one["page"].partition("#")
        answer = reader.get(path)
        assert answer.status_code == 200
        assert (one["url"] is None) == bool(place)
        assert f'id="{place}"' in answer.text if place else reader.get(one["url"]).is_json


def test_machines_stand_as_the_listing_has_them(reader: FlaskClient) -> None:
    machines = [one["id"] for one in suggested(reader, "recov") if one["kind"] == "massager"]
    listed = reader.get("/api/v1/massagers?q=recov").get_json()["products"]

    assert machines == [one["slug"] for one in listed[: len(machines)]]
    assert len(machines) == 4


def test_no_more_is_suggested_than_can_be_looked_over(reader: FlaskClient) -> None:
    for letter in "abcdefgh":
        assert len(suggested(reader, letter)) <= 8


@pytest.mark.parametrize("words", ["", "zzzzzz"])
def test_nothing_is_suggested_for_nothing(reader: FlaskClient, words: str) -> None:
    address = f"/api/v1/suggestions?q={words}" if words else "/api/v1/suggestions"

    assert reader.get(address).get_json()["suggestions"] == []


@pytest.mark.parametrize(
    "query", ["q=++calf++boots", "q=calf+boots&page=3", "sort=name&q=calf%20boots"]
)
def test_every_spelling_is_sent_to_the_one_address_of_the_words(
    reader: FlaskClient, query: str
) -> None:
    answer = reader.get(f"/api/v1/suggestions?{query}")

    assert answer.status_code == 301
    assert answer.location == "/api/v1/suggestions?q=calf+boots"


@pytest.mark.parametrize(("words", "code"), [("!!", "no_word"), ("a" * 201, "too_long")])
def test_words_that_cannot_be_looked_for_are_named(
    reader: FlaskClient, words: str, code: str
) -> None:
    answer = reader.get("/api/v1/suggestions", query_string={"q": words})

    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert (error["code"], error["parameter"]) == (code, "q")
    assert error["message"]


def test_an_answer_is_kept_for_all(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/suggestions?q=compr")

    check_headers(answer)
    assert answer.headers["Cache-Control"].startswith("public")
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert reader.get("/api/v1/suggestions?q=compr", headers=tag).status_code == 304


def test_the_index_suggests_what_sql_does(real_catalogue: Flask, reader: FlaskClient) -> None:
    words = ("com", "calf", "hyper", "thumper", "jet+boots", "vibratin", "recov", "varic", "pain")
    by_sql = {one: suggested(reader, one) for one in words}
    with real_catalogue.app_context():
        browse.open_index()
    try:
        assert {one: suggested(reader, one) for one in words} == by_sql
    finally:
        with real_catalogue.app_context():
            browse.close_index()


def test_a_topic_stands_where_other_pages_lead_to_it(app: Flask) -> None:
    with app.test_request_context():
        assert {kind: page.format("x") for kind, page in PAGES.items()} == {
            kind: address(kind, "x") for kind in PAGES
        }
