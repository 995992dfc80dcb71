"""The listing and the machines as JSON: counts are promises, errors are JSON."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import browse


def listing_of(client: FlaskClient, url: str) -> dict[str, Any]:
    response = client.get(url, follow_redirects=True)
    assert response.status_code == 200
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.mark.long
@pytest.mark.parametrize(
    "query",
    [
        "",
        pytest.param("?type=compression", marks=pytest.mark.slow),
        pytest.param("?calf=48cm&heat=unknown", marks=pytest.mark.slow),
    ],
)
def test_a_count_is_a_promise(reader: FlaskClient, query: str) -> None:
    listing = listing_of(reader, f"/api/v1/massagers{query}")

    for facet in listing["facets"]:
        if any(option["selected"] for option in facet["options"]):
            continue
        for option in facet["options"]:
            found = listing_of(reader, option["toggle_url"])
            assert found["total"] == option["count"], (facet["name"], option["value"])


def test_a_one_valued_facet_adds_up_to_its_context(reader: FlaskClient) -> None:
    listing = listing_of(reader, "/api/v1/massagers?type=percussion")

    for facet in listing["facets"]:
        if facet["kind"] == "one":
            assert sum(one["count"] for one in facet["options"]) == listing["total"], facet["name"]


def test_a_machine_in_a_list_has_the_names_of_the_contract(reader: FlaskClient) -> None:
    listing = listing_of(reader, "/api/v1/massagers?q=normatec+3+legs")

    assert {"total", "page", "pages", "per_page", "unstated", "products", "facets", "revision"} <= (
        listing.keys()
    )
    first = listing["products"][0]
    assert (first["slug"], first["brand"]) == ("hyperice-normatec-3-legs", "Hyperice")
    assert first["types"] == ["compression"]
    assert first["areas"] == ["foot", "calf", "knee", "thigh"]
    assert first["price"]["amount"] == 899
    assert (first["price"]["currency"], first["price"]["as_of"]) == ("USD", "2026-10")


def test_nothing_found_is_an_answer_like_any_other(reader: FlaskClient) -> None:
    listing = listing_of(reader, "/api/v1/massagers?type=tens&form=boots")

    assert (listing["total"], listing["pages"], listing["products"]) == (0, 1, [])
    assert {drop["text"]: drop["count"] for drop in listing["drops"]} == {
        "Nerve stimulation (TENS)": listing_of(reader, "/api/v1/massagers?form=boots")["total"],
        "Boots": listing_of(reader, "/api/v1/massagers?type=tens")["total"],
    }


def test_an_eleventh_value_has_no_address(reader: FlaskClient) -> None:
    forms = listing_of(reader, "/api/v1/massagers")["facets"]
    values = [one["value"] for one in next(f for f in forms if f["name"] == "form")["options"]][:10]

    full = listing_of(reader, "/api/v1/massagers?" + "&".join(f"form={one}" for one in values))

    form = next(facet for facet in full["facets"] if facet["name"] == "form")
    for option in form["options"]:
        assert (option["toggle_url"] is None) == (option["value"] not in values)


def test_a_machine_has_every_fact_with_its_source(reader: FlaskClient) -> None:
    machine = listing_of(reader, "/api/v1/massagers/hyperice-normatec-3-legs")

    chambers = next(one for one in machine["attributes"] if one["id"] == "chambers")
    assert (chambers["state"], chambers["value"], chambers["words"]) == ("stated", 5, "5")
    assert [fact["accepted"] for fact in chambers["facts"]] == [True, False]
    assert all(fact["because"] and fact["source"]["seen_on"] for fact in chambers["facts"])
    assert {one["state"] for one in machine["attributes"]} == {"stated", "unknown", "na"}
    assert len(machine["prices"]) == 5
    assert machine["mechanisms"] == ["compression"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/massagers/nothing", 404, "not_found"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("POST", "/api/v1/massagers", 405, "method_not_allowed"),
        ("GET", "/api/v1/massagers?type=nonsense", 404, "unknown_value"),
        ("GET", "/api/v1/massagers?price_min=abc", 400, "malformed_number"),
        ("GET", "/api/v1/massagers?q=%ff", 400, "bad_request"),
        ("GET", "/api/v1/nothing?q=%00", 400, "bad_request"),
        ("GET", "/api/v1/massagers?" + "a" * 20_000, 414, "address_too_long"),
    ],
)
def test_every_error_is_json(
    reader: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    response = reader.open(path, method=method)

    assert response.status_code == status
    error = response.get_json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert {"parameter", "value"} <= error.keys()


def test_an_error_outside_the_api_stays_a_page(reader: FlaskClient) -> None:
    assert reader.get("/apiary").mimetype == "text/html"
    assert reader.post("/massagers").mimetype == "text/html"


def test_a_wrong_choice_names_every_problem_and_the_way_on(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/massagers?type=nonsense&heat=yes&price_min=abc").get_json()

    assert answer["error"]["parameter"] == "price_min"
    assert answer["error"]["value"] == "abc"
    assert [problem["parameter"] for problem in answer["problems"]] == ["price_min", "type"]
    assert answer["kept_url"] == "/api/v1/massagers?heat=yes"


def explained(client: FlaskClient, query: str) -> dict[str, list[dict[str, str]]]:
    listing = listing_of(client, f"/api/v1/massagers?q={query}&sort=facts&explain=1")
    return {one["slug"]: one["explained"] for one in listing["products"]}


@pytest.mark.parametrize("indexed", [False, True])
def test_a_listing_explains_what_its_words_found(
    reader: FlaskClient, real_catalogue: Flask, indexed: bool
) -> None:
    with real_catalogue.app_context():
        if indexed:
            browse.open_index()
    try:
        by_word = {
            "word": explained(reader, "normatec")["hyperice-normatec-3-legs"],
            "forms": explained(reader, "massagers")["agaro-rejoice"],
            "typo": explained(reader, "masager")["agaro-rejoice"],
            "alias": explained(reader, "hyperice")["normatec-pulse"],
        }
    finally:
        with real_catalogue.app_context():
            browse.close_index()

    exact = {"word": "normatec", "met": "normatec", "field": "name", "how": "exact"}
    assert by_word == {
        "word": [exact],
        "forms": [{"word": "massagers", "met": "massager", "field": "name", "how": "stem"}],
        "typo": [{"word": "masager", "met": "massager", "field": "name", "how": "typo"}],
        "alias": [{"word": "hyperice", "met": "hyperice", "field": "alias", "how": "alias"}],
    }


def test_every_machine_on_the_page_is_explained_word_for_word(reader: FlaskClient) -> None:
    found = explained(reader, "compresion+boots")

    assert len(found) > 5
    for met in found.values():
        assert [one["word"] for one in met] == ["boots", "compresion"]


def test_only_who_asks_is_told_why(reader: FlaskClient) -> None:
    plain = listing_of(reader, "/api/v1/massagers?q=boots")
    without_words = listing_of(reader, "/api/v1/massagers?explain=1")

    assert all("explained" not in one for one in plain["products"])
    assert all(one["explained"] == [] for one in without_words["products"])


def test_an_explained_listing_has_one_address_too(reader: FlaskClient) -> None:
    response = reader.get("/api/v1/massagers?explain=1&q=Boots&page=1&explain=1")

    assert response.status_code == 301
    assert response.location == "/api/v1/massagers?q=Boots&explain=1"
    assert reader.get(response.location).status_code == 200


def test_explain_has_one_value(reader: FlaskClient) -> None:
    response = reader.get("/api/v1/massagers?heat=yes&type=nonsense&explain=please")

    answer = response.get_json()
    assert response.status_code == 400
    assert answer["error"] == {
        "code": "unknown_value",
        "message": "“please”: The only value of “explain” is 1, or it is left out.",
        "parameter": "explain",
        "value": "please",
    }
    assert [problem["parameter"] for problem in answer["problems"]] == ["explain", "type"]
    assert answer["kept_url"] == "/api/v1/massagers?heat=yes"
