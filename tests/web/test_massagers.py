"""The listing over the whole real catalogue: counts, addresses, wrong input, weight."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue.queries import cards
from tests.listings import CARD, as_json, on_the_page, statements_of
from tests.pages import visit

PAGE_BUDGET_BYTES = 86_000

MUCH = "&".join(
    (
        *(f"type={one}" for one in ("compression", "kneading", "percussion", "vibration", "ems")),
        *(f"area={one}" for one in ("foot", "ankle", "calf", "knee", "thigh")),
        *(f"{one}=yes&{one}=unknown" for one in ("heat", "cordless", "app", "remote")),
        *(f"brand={one}" for one in ("hyperice", "therabody", "renpho", "beurer")),
    )
)

QUERIES = (
    "",
    "page=2",
    "sort=price",
    "type=compression&type=vibration&heat=yes",
    "brand=hyperice&sort=name",
    "audience=supervised&cordless=unknown",
    "need=tired-legs&area=calf&weight_kg_max=2",
    "calf=48cm&price_max=300&price_unknown=include",
    "q=theragun",
    "type=tens&form=boots",
    MUCH,
)

WRONG = (
    ("type=nonsense", 404, "nonsense"),
    ("page=0", 404, "page"),
    ("page=1000000000", 404, "page"),
    ("page=99", 404, "the last one is 9"),
    ("price_min=abc", 400, "not a number"),
    ("price_min=9&price_max=1", 400, "9"),
    ("calf=-3", 400, "cannot be below 0"),
    ("calf=48parsecs", 400, "centimetres or inches"),
    ("&".join(f"form={n}" for n in range(11)), 400, "10"),
    (f"q={'a' * 201}", 400, "200"),
    ("sort=sideways", 404, "sideways"),
    ("currency=XXX", 404, "XXX"),
)


@pytest.mark.parametrize("query", QUERIES)
def test_page_and_json_agree(reader: FlaskClient, query: str) -> None:
    assert on_the_page(reader, query) == as_json(reader, query)


@pytest.mark.parametrize("query", QUERIES)
def test_a_listing_page_is_light(reader: FlaskClient, query: str) -> None:
    page = reader.get(f"/massagers?{query}", follow_redirects=True)

    assert len(page.data) < PAGE_BUDGET_BYTES


@pytest.mark.parametrize(("query", "status", "words"), WRONG)
@pytest.mark.parametrize("path", ["/massagers", "/api/v1/massagers"])
def test_wrong_input_is_answered_in_words(
    reader: FlaskClient, path: str, query: str, status: int, words: str
) -> None:
    response = reader.get(f"{path}?{query}")

    assert response.status_code == status
    assert words in response.text


def test_wrong_input_keeps_the_rest_as_links_and_what_was_typed(reader: FlaskClient) -> None:
    page = reader.get("/massagers?type=compression&heat=yes&price_min=cheap&q=boots&sort=name").text

    assert "Price, from:" in page
    assert 'href="/massagers?type=compression&amp;heat=yes&amp;q=boots&amp;sort=name"' in page
    assert 'href="/massagers?heat=yes&amp;q=boots&amp;sort=name"' in page
    assert '<input type="hidden" name="type" value="compression">' in page
    assert 'name="price_min" inputmode="decimal" value="cheap"' in page
    assert 'name="q" maxlength="200" value="boots"' in page


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("heat=yes&type=compression", "?type=compression&heat=yes"),
        ("type=vibration&type=compression", "?type=compression&type=vibration"),
        ("type=compression&type=compression", "?type=compression"),
        ("type=compression&page=1&sort=score", "?type=compression"),
        ("price_min=&price_max=&q=&colour=red", ""),
        ("price_min=010.50", "?price_min=10.5"),
        ("type=%63ompression", "?type=compression"),
        ("price_unknown=include", ""),
        ("q=%20theragun++mini%20", "?q=theragun+mini"),
    ],
)
@pytest.mark.parametrize("path", ["/massagers", "/api/v1/massagers"])
def test_every_other_spelling_is_sent_to_the_one_address(
    reader: FlaskClient, path: str, query: str, canonical: str
) -> None:
    response = reader.get(f"{path}?{query}")

    assert (response.status_code, response.location) == (301, f"{path}{canonical}")
    assert reader.get(response.location).status_code == 200


def test_only_the_bare_listing_is_for_search_engines(reader: FlaskClient) -> None:
    assert 'name="robots"' not in reader.get("/massagers").text
    for query in ("type=compression", "page=2", "type=nonsense", "type=tens&form=boots"):
        page = reader.get(f"/massagers?{query}").text
        assert '<meta name="robots" content="noindex">' in page
        assert 'rel="canonical"' not in page


def test_what_brings_nothing_cannot_be_followed(reader: FlaskClient) -> None:
    page = reader.get("/massagers?type=tens").text

    assert re.search(r"<li><span>Boots <b>0</b></span></li>", page)
    assert not re.search(r"<a [^>]*>[^<]*<b>0</b>", page)


@pytest.mark.parametrize("words", ["varicose veins", "blood clot", "cramps", "swollen ankles"])
def test_words_of_health_that_name_no_machine_lead_to_our_pages(
    reader: FlaskClient, words: str
) -> None:
    page = reader.get("/massagers", query_string={"q": words})
    notice = page.text.split('<div class="notice">')[1].split("</div>")[0]
    pages = re.findall(r'<li><a href="(/[^"?]+)">[^<]+</a> <span class="small muted">', notice)

    assert page.status_code == 404
    assert f"No machine matches “{words}”" in notice
    assert f"<h4>Pages about “{words}”</h4>" in notice
    assert 3 <= len(pages) <= 6
    assert pages[0].startswith("/safety#")
    for one in pages:
        path, _, place = one.partition("#")
        answer = reader.get(path)
        assert answer.status_code == 200
        assert not place or f'id="{place}"' in answer.text


def test_what_no_page_is_about_names_none(reader: FlaskClient) -> None:
    page = reader.get("/massagers?type=tens&q=zzzzzz").text

    assert "Nothing matches all of that" in page
    assert "Pages about" not in page


def test_where_no_single_choice_is_to_blame_it_is_said_once(reader: FlaskClient) -> None:
    page = reader.get("/massagers?type=ems&area=glutes&form=boots&heat=yes").text
    alone = reader.get("/massagers?q=zzzzzz").text

    assert page.count("Leaving out any one of these still finds nothing. Take out two.") == 1
    assert "still 0 found" not in page
    assert "Without Words: “zzzzzz”</a>, 205 massagers found" in alone


def test_what_is_chosen_stays_and_can_be_removed_everywhere(reader: FlaskClient) -> None:
    page = reader.get("/massagers?type=tens&form=boots").text

    assert '<a href="/massagers?form=boots" aria-current="true">' in page
    assert '<a href="/massagers?type=tens" aria-current="true">Boots <b>0</b></a>' in page
    assert '<a class="chip" href="/massagers?form=boots">' in page
    assert '<a class="chip chip--all" href="/massagers">Clear all</a>' in page


def test_the_largest_brands_come_first_and_all_stand_behind(reader: FlaskClient) -> None:
    page = reader.get("/massagers").text
    brands = page.split('id="facet-brand"')[1].split('<details class="facet"')[0]
    first, rest = brands.split("<summary>Show all")

    assert first.count("<li>") == 10
    shown = set(re.findall(r'name="brand" value="([\w-]+)" form="narrow"', rest))
    in_json = reader.get("/api/v1/massagers").get_json()["facets"]
    counted = next(facet for facet in in_json if facet["name"] == "brand")["options"]
    assert shown == {one["value"] for one in counted if one["count"]}


def test_every_machine_is_on_exactly_one_page(reader: FlaskClient) -> None:
    seen: list[str] = []
    for number in range(1, 10):
        seen += CARD.findall(reader.get(f"/massagers?page={number}", follow_redirects=True).text)

    assert len(seen) == len(set(seen)) == 205


def test_a_card_says_what_its_price_is_worth(reader: FlaskClient) -> None:
    priced = reader.get("/massagers?q=normatec+3+legs").text
    old = reader.get("/massagers?sort=price").text
    elsewhere = reader.get("/massagers?brand=bob-and-brad").text

    assert "<b>$899</b> seen October 2026" in priced
    assert "old price" in old
    assert "Priced only in GBP" in elsewhere


def test_a_card_says_whom_a_machine_is_for_unless_for_anyone(reader: FlaskClient) -> None:
    supervised = reader.get("/massagers?audience=supervised").text
    consumer = reader.get("/massagers?audience=consumer").text

    listed = len(CARD.findall(supervised))
    assert supervised.count('<span class="tag tag--ask">On prescription or under care') == listed
    assert '<span class="tag tag--ask">On prescription' not in consumer


def test_everything_on_a_card_can_be_filtered_by(reader: FlaskClient) -> None:
    listing = reader.get("/api/v1/massagers").get_json()
    asked = {one["name"] for one in (*listing["facets"], *listing["ranges"])}
    for number in range(1, 10):
        page = reader.get(f"/api/v1/massagers?page={number}", follow_redirects=True).get_json()
        for card in page["products"]:
            shown = {fact["attribute"] for fact in card["facts"]}
            assert {name for name in shown if "circumference" not in name} <= asked


def test_the_best_score_comes_first_and_most_facts_on_request(reader: FlaskClient) -> None:
    best = reader.get("/api/v1/massagers").get_json()["products"]
    known = reader.get("/api/v1/massagers?sort=facts").get_json()["products"]

    totals = [one["score"]["total"] for one in best]
    assert totals == sorted(totals, reverse=True)
    counts = [one["known"] for one in known]
    assert counts == sorted(counts, reverse=True)


def test_a_full_page_costs_as_many_statements_as_a_short_one(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    with statements_of(real_catalogue) as full:
        first = reader.get("/massagers?page=2")
    with statements_of(real_catalogue) as short:
        last = reader.get("/massagers?page=9")

    assert len(CARD.findall(first.text)) > len(CARD.findall(last.text)) > 0
    assert len(full) == len(short)


def test_one_card_costs_as_many_statements_as_twenty_four(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        with statements_of(real_catalogue) as one:
            assert len(cards([1])) == 1
        with statements_of(real_catalogue) as many:
            assert [card.slug for card in cards(list(range(24, 0, -1)))] == [
                card.slug for card in reversed(cards(list(range(1, 25))))
            ]

    asked = [statement for statement in one if statement != "BEGIN"]
    assert len(many) == 2 * len(asked)


@pytest.mark.parametrize("path", ["/massagers", "/massagers?type=nonsense", "/brands"])
def test_nobody_is_given_a_cookie(reader: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in reader.get(path).headers


def test_a_page_says_what_a_typo_was_taken_for(reader: FlaskClient) -> None:
    note = "No machine here has “{}”. Shown are machines with “{}”."

    assert note.format("masager", "massager") in visit(reader, "/massagers?q=masager").words
    assert "No machine here has" not in visit(reader, "/massagers?q=massagers").words
    assert "No machine here has" not in visit(reader, "/massagers").words


def test_a_page_knows_nothing_of_explanations(reader: FlaskClient) -> None:
    response = reader.get("/massagers?q=boots&explain=1")

    assert (response.status_code, response.location) == (301, "/massagers?q=boots")


def test_what_comes_first_stands_before_the_machines_for_a_need(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers?need=pregnancy-swelling&need=tired-legs")
    before = re.split(r"[0-9]+ of [0-9]+ facts known", page.words)[0]

    assert "Swollen legs in pregnancy: before you choose" in before
    assert "Using a massager on your own: not advised without a clinician." in before
    assert "Using a massager on your own: reasonable for healthy legs." in before
    assert {"/needs/pregnancy-swelling", "/check"} <= set(page.links)
    assert "before you choose" not in visit(reader, "/massagers?area=calf").words
