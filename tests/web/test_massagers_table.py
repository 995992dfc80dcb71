"""The table of `product.md` §3, asked of the page and of the JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.listings import Said, as_json, on_the_page, store_the_table

Ask = Callable[[FlaskClient, str], Said]

ASKED = pytest.mark.parametrize("ask", [on_the_page, as_json])
TYPES = ("Compression", "Shiatsu", "Percussion", "Vibration")
HEAT = ("Yes", "No", "Not stated")


@pytest.fixture
def table(app: Flask) -> FlaskClient:
    store_the_table(app)
    return app.test_client()


def slugs(said: Said) -> str:
    return " ".join(said.products).upper()


def counts(said: Said, facet: str, labels: tuple[str, ...]) -> str:
    found = said.counts(facet)
    return " ".join(str(found[label]) for label in labels)


@ASKED
@pytest.mark.parametrize(
    ("query", "machines", "expected"),
    [
        ("", "A B C D E F", "3 2 1 1 | 2 2 2"),
        ("type=compression", "A B F", "3 2 1 1 | 1 1 1"),
        ("type=compression&type=shiatsu", "A B C F", "3 2 1 1 | 2 1 1"),
        ("type=compression&heat=yes", "A", "1 1 0 0 | 1 1 1"),
        ("heat=no", "B E", "1 1 0 1 | 2 2 2"),
        ("heat=yes&heat=unknown", "A C D F", "2 1 1 0 | 2 2 2"),
        ("type=percussion&heat=yes", "", "1 1 0 0 | 0 0 1"),
    ],
)
def test_facets_count_what_the_other_facets_leave(
    table: FlaskClient, ask: Ask, query: str, machines: str, expected: str
) -> None:
    said = ask(table, f"{query}&sort=name".lstrip("&"))

    assert slugs(said) == machines
    assert said.total == len(machines.split())
    assert said.status == (200 if machines else 404)
    assert f"{counts(said, 'type', TYPES)} | {counts(said, 'heat', HEAT)}" == expected


@ASKED
@pytest.mark.parametrize(
    ("query", "machines"),
    [
        ("calf=50cm", "A D E"),
        ("calf=20in", "A D E"),
        ("calf=50cm&calf_unknown=include", "A C D E"),
        ("price_max=100", "B E"),
        ("price_max=100&price_unknown=include", "B D E"),
    ],
)
def test_a_limit_keeps_who_meets_it(
    table: FlaskClient, ask: Ask, query: str, machines: str
) -> None:
    assert slugs(ask(table, f"{query}&sort=name")) == machines


@ASKED
@pytest.mark.parametrize(
    ("sort", "machines"), [("price", "E B A C F D"), ("-price", "F C A B E D")]
)
def test_an_unknown_price_comes_last(
    table: FlaskClient, ask: Ask, sort: str, machines: str
) -> None:
    assert slugs(ask(table, f"sort={sort}")) == machines


def test_the_page_says_how_many_state_nothing_and_links_to_them(table: FlaskClient) -> None:
    page = table.get("/massagers?calf=50cm").text

    assert "Calf: 1 not stated, left out." in page
    assert '<a href="/massagers?calf=50cm&amp;calf_unknown=include">Let them in</a>' in page
    assert "Calf: not applicable to 1" in page
    assert table.get("/api/v1/massagers?calf=50cm").get_json()["unstated"] == {"calf": 1}


def test_those_let_in_can_be_left_out_again(table: FlaskClient) -> None:
    page = table.get("/massagers?price_max=100&price_unknown=include").text

    assert "Price: 1 not stated, let in." in page
    assert '<a href="/massagers?price_max=100">Leave them out</a>' in page


def test_nothing_found_says_what_each_choice_left_out_would_bring(table: FlaskClient) -> None:
    response = table.get("/massagers?type=percussion&heat=yes")

    assert response.status_code == 404
    assert '<a href="/massagers?heat=yes">Without Type: Percussion</a>, 2 massagers' in (
        response.text.replace("Massage type", "Type")
    )
    assert '<a href="/massagers?type=percussion">Without Heat: Yes</a>, 1 massager' in response.text
