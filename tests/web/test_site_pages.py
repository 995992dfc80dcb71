"""Home, sources, about, and what machines read: what each must show."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue import bibliography
from tests.pages import check_headers, visit, words_of

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_home_has_a_way_in_by_need_by_type_and_by_the_leg(reader: FlaskClient) -> None:
    page = visit(reader, "/")

    assert {f"/needs/{one}" for one in ("tired-legs", "doms", "circulation-desk")} <= set(
        page.links
    )
    assert {f"/types/{one}" for one in ("compression", "deep-tissue", "tens")} <= set(page.links)
    areas = ("foot", "ankle", "calf", "knee", "thigh", "hip", "glutes")
    assert {f"/massagers?area={one}" for one in areas} <= set(page.links)
    assert {"/guides/benefits-of-leg-massage", "/needs", "/safety", "/check"} <= set(page.links)


def test_home_shows_the_highest_scores_and_who_made_them(reader: FlaskClient) -> None:
    ranked = reader.get("/api/v1/massagers?audience=consumer&status=no-notice").get_json()
    page = visit(reader, "/")
    titles = page.document.findall(".//article[@class='card product-card']/h3/a")

    assert [one.get("href") for one in titles] == [
        f"/massagers/{one['slug']}" for one in ranked["products"][:3]
    ]
    assert "never from a test" in page.words


def test_home_says_that_nothing_was_tested(reader: FlaskClient) -> None:
    assert "We have tested no machine." in visit(reader, "/").words


def test_the_leg_speaks_to_a_reader_who_does_not_see_it(reader: FlaskClient) -> None:
    page = visit(reader, "/")
    total = reader.get("/api/v1/massagers?area=calf").get_json()["total"]
    ways = [one for one in page.all("a") if one.get("href") == "/massagers?area=calf"]
    spoken = [one for one in ways if one.get("tabindex") != "-1"]
    drawn = [one for one in page.all("svg") if set(one.iter()) & set(ways)]

    assert [words_of(one) for one in spoken] == [f"Calf {total} machines"]
    assert len(ways) == 3
    assert {one.get("aria-hidden") for one in drawn} == {"true"}


def test_every_page_can_be_skipped_into_and_searched(reader: FlaskClient) -> None:
    page = visit(reader, "/about")

    assert page.links[0] == "#content"
    form = page.all("form")[0]
    assert form.get("action") == "/massagers"
    assert [field.get("name") for field in form.iter("input")] == ["q"]


def test_the_menu_says_where_the_reader_is(reader: FlaskClient) -> None:
    current = [
        (link.get("href"), link.get("aria-current"))
        for link in visit(reader, "/types/ems").all("a")
        if link.get("aria-current")
    ]

    assert current == [("/types", "true")]


def test_sources_stand_in_groups_and_weak_ones_last(reader: FlaskClient) -> None:
    page = visit(reader, "/sources")
    titles = [words_of(title) for title in page.all("h2")]

    assert titles[0] == "Regulator"
    assert titles[-1] == "Weak source"
    assert "What it says loses to any other source." in page.words


def test_a_study_says_what_it_found_how_much_was_read_and_what_rests_on_it(
    reader: FlaskClient,
) -> None:
    page = visit(reader, "/sources/E5")

    assert "What it says" in page.words
    assert "How much of it we read" in page.words
    assert "/claims/circulation" in page.links
    assert "/guides/benefits-of-leg-massage" in page.links


def test_a_weak_source_is_called_weak_and_shows_the_facts_taken_from_it(
    reader: FlaskClient,
) -> None:
    page = visit(reader, "/sources/S48")

    assert "Weak source." in page.words
    assert "/massagers/hyperice-normatec-3-legs" in page.links
    assert "Strongest pressure" in page.words


def test_no_source_is_a_dead_end(real_catalogue: Flask, reader: FlaskClient) -> None:
    with real_catalogue.app_context():
        groups = bibliography.sources_by_standing()
        ids = [source.id for _, sources in groups for source in sources]

    for source_id in ids[::12]:
        visit(reader, f"/sources/{source_id}")


def test_about_gives_what_is_missing_in_numbers_of_the_catalogue(reader: FlaskClient) -> None:
    page = visit(reader, "/about")
    total = reader.get("/api/v1/massagers").get_json()["total"]
    unpriced = reader.get("/api/v1/massagers?brand=unknown").get_json()["total"]

    assert f"{total} from" in page.words
    assert f"for {unpriced} no source names the maker" in page.words
    assert "We tested nothing." in page.words
    assert "No clinician has reviewed this." in page.words
    assert "Nothing is sold here." in page.words


def test_nothing_is_sold_and_pages_with_prices_say_so(reader: FlaskClient) -> None:
    for path in ("/massagers", "/massagers/hyperice-normatec-3-legs", "/best/compression", "/"):
        page = visit(reader, path)
        (foot,) = page.all("footer")
        assert "Nothing is sold here" in words_of(foot), path
        assert not [one for one in page.all("a") if "sponsored" in (one.get("rel") or "")], path


def test_robots_keep_to_pages_and_not_to_filters(reader: FlaskClient) -> None:
    answer = reader.get("/robots.txt")

    check_headers(answer)
    assert answer.mimetype == "text/plain"
    assert "Disallow: /massagers?" in answer.text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.text


def test_the_sitemap_holds_every_page_once_and_all_answer(reader: FlaskClient) -> None:
    answer = reader.get("/sitemap.xml")
    check_headers(answer)
    found = ElementTree.fromstring(answer.data).findall("s:url/s:loc", NAMESPACE)  # noqa: S314
    addresses = [(one.text or "").removeprefix("http://127.0.0.1:8000") for one in found]

    assert len(addresses) == len(set(addresses))
    assert "/massagers/hyperice-normatec-3-legs" in addresses
    assert "/guides/benefits-of-leg-massage" in addresses
    for address in addresses[::20]:
        visit(reader, address)


def test_health_tells_the_revision_and_is_not_kept(reader: FlaskClient) -> None:
    answer = reader.get("/healthz")

    assert answer.text == "ok, revision 1\n"
    assert answer.headers["Cache-Control"] == "no-store"


def test_browsers_find_the_icon(reader: FlaskClient) -> None:
    with reader.get("/favicon.ico", follow_redirects=True) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"


@pytest.mark.parametrize(
    "path",
    ["/", "/types", "/needs", "/guides", "/claims", "/safety", "/glossary", "/questions"],
)
def test_an_empty_site_still_has_its_pages(client: FlaskClient, path: str) -> None:
    visit(client, path)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/healthz"])
def test_an_empty_site_still_answers_machines(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_who_shares_a_page_shows_a_card(reader: FlaskClient) -> None:
    shared = [one for one in visit(reader, "/").all("meta") if one.get("property") == "og:image"]
    path = shared[0].get("content", "").removeprefix("http://127.0.0.1:8000")
    card = reader.get(path)

    assert card.mimetype == "image/png"
    assert card.data[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
