"""The page of one machine, its data, and the brands."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue.queries import find_product
from reviews_app.db import db
from tests.factories import a_product, retired
from tests.listings import statements_of
from tests.pages import visit, words_of

NORMATEC = "/massagers/hyperice-normatec-3-legs"


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 10))
def test_every_machine_has_its_page_and_data(reader: FlaskClient, number: int) -> None:
    listing = reader.get(f"/api/v1/massagers?page={number}", follow_redirects=True).get_json()
    paths = [f"/massagers/{card['slug']}" for card in listing["products"]]

    for path in (*paths, *(f"{one}/data" for one in paths[::6])):
        page = reader.get(path)
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
        assert "Set-Cookie" not in page.headers


def test_a_machine_says_who_should_not_before_what_it_costs(reader: FlaskClient) -> None:
    page = reader.get(NORMATEC).text

    assert page.index("Who should not use it") < page.index("Prices seen")
    assert page.index("Do not use") < page.index("Ask a clinician first")
    assert "inflammation, infection, unexplained pain" in page


def test_a_machine_says_what_it_is_cleared_for_and_never_approved(reader: FlaskClient) -> None:
    page = reader.get(NORMATEC).text

    assert "FDA cleared (K220217)</b>: cleared 25 February 2022" in page
    assert "intended use" in page
    assert "approved" not in page


def test_a_machine_without_a_record_says_that_none_was_found(reader: FlaskClient) -> None:
    assert (
        "No clearance was found in the sources we read"
        in reader.get("/massagers/hyperice-normatec-go").text
    )


def test_prices_say_when_and_on_which_terms(reader: FlaskClient) -> None:
    page = reader.get(NORMATEC).text

    assert "October 2026, regular price" in page
    assert "June 2026, sale price" in page
    assert "Undated, regular price" in page
    assert page.index("October 2026, regular") < page.index("June 2026") < page.index("Undated")


def test_facts_say_who_says_so_and_who_differs(reader: FlaskClient) -> None:
    page = reader.get(NORMATEC).text

    assert 'href="/sources/S89"' in page
    assert "Sources differ" in page
    assert "weak source" in page
    assert "<b>Not stated:</b>" in page
    assert "<b>Not applicable:</b>" in page


def test_the_data_page_holds_every_fact_and_why(real_catalogue: Flask, reader: FlaskClient) -> None:
    page = reader.get(f"{NORMATEC}/data").text
    machine = reader.get(f"/api/v1{NORMATEC}").get_json()
    with real_catalogue.app_context():
        product = find_product("hyperice-normatec-3-legs")
        assert product is not None
        reasons = [fact.because for fact in product.facts]

    facts = [fact for one in machine["attributes"] for fact in one["facts"]]
    assert sorted(fact["because"] for fact in facts) == sorted(reasons)
    assert page.count("<td>Yes: ") == sum(fact["accepted"] for fact in facts)
    assert page.count("<td>No: ") == sum(not fact["accepted"] for fact in facts)
    assert f'href="/api/v1{NORMATEC}"' in page


def test_a_machine_nobody_knows_is_not_found(reader: FlaskClient) -> None:
    for path in ("/massagers/nothing", "/massagers/nothing/data", "/brands/nobody"):
        response = reader.get(path)
        assert response.status_code == 404
        assert "We know no" in response.text


def test_a_retired_machine_is_gone_and_the_page_says_where_to_go(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        a_product("old-boots", retired_at=retired())
        db.session.commit()

    response = client.get("/massagers/old-boots")

    assert response.status_code == 410
    assert "Old Boots has left our catalogue" in response.text
    assert 'href="/massagers"' in response.text
    assert client.get("/api/v1/massagers/old-boots").get_json()["error"]["code"] == "gone"


@pytest.mark.parametrize(
    "slugs",
    [
        ("hyperice-normatec-3-legs", "mebak-3"),  # with a review
        ("hyperice-normatec-go", "hyperice-normatec-premier-legs"),  # without
    ],
)
def test_a_machine_costs_as_many_statements_whatever_is_known(
    real_catalogue: Flask, reader: FlaskClient, slugs: tuple[str, str]
) -> None:
    counts = set()
    for slug in slugs:
        with statements_of(real_catalogue) as sent:
            assert reader.get(f"/massagers/{slug}").status_code == 200
        counts.add(len(sent))

    assert len(counts) == 1


def test_the_head_of_a_page_tells_the_price_of_the_card(reader: FlaskClient) -> None:
    page = visit(reader, NORMATEC)
    glance = next(one for one in page.all("dl") if one.get("class") == "glance")
    (card,) = (
        one
        for one in visit(reader, "/massagers?q=normatec+3+legs").all("p")
        if one.get("class") == "product-card__price"
    )

    assert words_of(card) in words_of(glance)
    assert "PriceNot stated" in visit(reader, "/massagers/firefly-recovery").words


def test_a_grade_says_what_was_found(reader: FlaskClient) -> None:
    page = visit(reader, NORMATEC)
    lists = [one for one in page.all("div") if one.get("class") == "evidence-list"]
    said = [words_of(item[-1]) for one in lists for item in one.iter("li")]

    assert len(said) > 3
    assert all(words.endswith(".") for words in said)


@pytest.mark.parametrize("path", ["/brands", "/brands/hyperice"])
def test_brands_lead_to_machines(reader: FlaskClient, path: str) -> None:
    page = reader.get(path)

    assert page.status_code == 200
    assert 'href="/brands/hyperice"' in page.text or 'href="/massagers?brand=hyperice"' in page.text
