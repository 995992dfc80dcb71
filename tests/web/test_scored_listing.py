"""The listing in the order of scores: who comes last, a reader's own weights, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from tests.factories import a_method, a_product, a_recall, a_score

ALL = (100, 100)
"""A part of one point of ten, of which everything is known."""


@pytest.fixture
def machines(app: Flask, client: FlaskClient) -> FlaskClient:
    """Light is easy, firm is thorough, alone nobody knows enough of, and unsafe was recalled."""
    with app.app_context():
        a_method({"ease": 2, "depth": 1})
        a_score(a_product("light"), 700, {"ease": (1000, 100), "depth": ALL})
        a_score(a_product("firm"), 400, {"ease": ALL, "depth": (1000, 100)})
        a_score(a_product("alone"), None, {"ease": (None, 0), "depth": (900, 90)})
        a_product("fresh")
        unsafe = a_product("unsafe")
        a_score(unsafe, 200, {"ease": (1000, 100), "depth": (1000, 100)}, cap_centi=200)
        a_recall(unsafe)
        raise_revision()
        db.session.commit()
    return client


def listed(client: FlaskClient, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/v1/massagers?{query}".rstrip("?")).get_json()
    return answer


def slugs(client: FlaskClient, query: str = "") -> list[str]:
    return [one["slug"] for one in listed(client, query)["products"]]


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_the_best_score_comes_first_and_machines_without_one_last(machines: FlaskClient) -> None:
    assert slugs(machines) == ["light", "firm", "alone", "fresh", "unsafe"]


def test_a_reader_s_weights_change_the_order_and_not_the_published_score(
    machines: FlaskClient,
) -> None:
    answer = listed(machines, "w.ease=0")

    assert [one["slug"] for one in answer["products"]][:3] == ["firm", "alone", "light"]
    scores = {one["slug"]: one["score"] for one in answer["products"]}
    assert scores["firm"]["total"] == 4.0
    own = {one["slug"]: one["score_by_your_weights"] for one in answer["products"]}
    assert own["firm"]["total"] == 10.0
    assert own["unsafe"]["total"] == 2.0
    assert scores["fresh"] is own["fresh"] is None
    assert answer["weights"] == {"parts": {"ease": 0, "depth": 1}, "are_published": False}


@pytest.mark.parametrize(
    ("query", "found", "unstated"),
    [
        ("score_min=5", ["light"], 2),
        ("score_max=4", ["firm", "unsafe"], 2),
        ("score_min=5&score_unknown=include", ["light", "alone", "fresh"], 2),
        ("score_min=5&w.ease=0", ["firm", "alone"], 1),
    ],
)
def test_a_range_of_scores_counts_and_lets_in_the_unscored(
    machines: FlaskClient, query: str, found: list[str], unstated: int
) -> None:
    answer = listed(machines, query)

    assert [one["slug"] for one in answer["products"]] == found
    assert answer["unstated"] == {"score": unstated}


def test_the_page_says_how_many_have_no_score(machines: FlaskClient) -> None:
    assert "2 massagers have no score and come last" in text(machines, "/massagers")
    assert "no score and" not in text(machines, "/massagers?sort=name")
    assert "no score and" not in text(machines, "/massagers?score_min=1")


def test_own_weights_are_said_with_the_way_back(machines: FlaskClient) -> None:
    page = text(machines, "/massagers?type=compression&w.ease=5")

    assert "The score counts what you want counted" in page
    assert 'href="/massagers?type=compression">Count as we publish it' in page
    assert 'name="w.ease" inputmode="numeric" autocomplete="off" value="5"' in page
    assert "we count it 2×" in page
    assert ">Your score</option>" in page
    assert "Your score <b>8.5</b> of 10. Ours: 7.0" in page
    assert 'href="/massagers/light?w.ease=5"' in page
    assert "The score counts what you want counted" not in text(machines, "/massagers")


def test_the_form_sends_all_weights_and_lands_on_the_one_address(machines: FlaskClient) -> None:
    own = machines.get("/massagers?q=&w.ease=4&w.depth=8")
    published = machines.get("/massagers?w.ease=4&w.depth=2")

    assert own.location == "/massagers?w.ease=1&w.depth=2"
    assert published.location == "/massagers"


@pytest.mark.parametrize("path", ["/massagers", "/finder"])
def test_wrong_weights_are_answered_in_words(machines: FlaskClient, path: str) -> None:
    page = text(machines, f"{path}?type=compression&w.ease=lots&w.depth=3", 400)

    assert "A weight is a whole number from 0 to 100." in page


def test_wrong_weights_keep_what_was_typed(machines: FlaskClient) -> None:
    page = text(machines, "/massagers?type=compression&w.ease=lots&w.depth=3", 400)

    assert "How much “Part ease” counts" in page
    assert 'value="lots"' in page
    assert 'name="w.depth" inputmode="numeric" autocomplete="off" value="3"' in page
