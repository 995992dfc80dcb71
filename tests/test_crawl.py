"""A walk over every page a reader can reach from the way in, on the real catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from reviews_app import browse
from reviews_app.catalogue import directory
from reviews_app.web.rights import is_public
from tests.listings import statements_of
from tests.pages import Page, visit

pytestmark = pytest.mark.slow

Walk = dict[str, Page]

# What a page may ask of the database, whatever it shows, where it is the first of its kind since
# something changed. A machine's page is the dearest: it holds all that is known of it.
MOST_STATEMENTS = 50


@pytest.fixture(scope="module")
def served(real_catalogue: Flask) -> Iterator[Flask]:
    """The site as it is served: with its index."""
    with real_catalogue.app_context():
        browse.open_index()
    yield real_catalogue
    with real_catalogue.app_context():
        browse.close_index()


@pytest.fixture(scope="module")
def statements() -> dict[str, set[int]]:
    """How many statements the pages of one view took, by the view."""
    return defaultdict(set)


@pytest.fixture(scope="module")
def walk(served: Flask, statements: dict[str, set[int]]) -> Walk:
    """Every page by its address; each was checked as every visit is.

    The addresses of narrowed listings have no end: those that other pages link to are walked,
    and those that the first listing offers, but nothing beyond.
    """
    client = served.test_client()
    routes = served.url_map.bind("localhost")
    walked: Walk = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        if address in walked:
            continue
        with statements_of(served) as sent:
            page = visit(client, address)
        walked[address] = page
        statements[routes.match(urlsplit(address).path)[0]].add(len(sent))
        if not _is_narrowed(address):
            ahead.extend(one for one in _pages_linked_from(page) if _is_for_all(one, routes))
    return walked


def test_every_link_of_the_site_answers(walk: Walk) -> None:
    assert len(walk) > 800, "the walk stopped early"


def test_every_link_into_a_page_finds_its_place(walk: Walk) -> None:
    ids = {address: _ids(page) for address, page in walk.items()}

    lost = {
        (address, link)
        for address, page in walk.items()
        for link in page.links
        for target, fragment in [urldefrag(link)]
        if fragment and target in ids and fragment not in ids[target]
    }

    assert lost == set()


def test_no_page_of_the_catalogue_or_the_guidance_is_an_orphan(
    walk: Walk, reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        sources = {f"/sources/{source_id}" for source_id in directory.source_ids()}
        facts = {f"/massagers/{slug}/data" for slug in directory.product_slugs(1_000)}

    assert (_site_map(reader) | sources | facts) - set(walk) == set()


def test_the_site_map_holds_every_page_meant_to_be_found(walk: Walk, reader: FlaskClient) -> None:
    indexed = {
        address
        for address, page in walk.items()
        if "?" not in address and not _is_kept_from_search(page)
    }

    assert indexed == _site_map(reader)


def test_no_page_asks_the_database_more_than_it_may(
    walk: Walk, statements: dict[str, set[int]]
) -> None:
    assert walk
    dear = {
        view: max(counts) for view, counts in statements.items() if max(counts) > MOST_STATEMENTS
    }

    assert dear == {}


def test_no_two_pages_have_the_same_title(walk: Walk) -> None:
    titles = defaultdict(list)
    for address, page in walk.items():
        if "?" not in address:
            titles["".join(page.all("title")[0].itertext())].append(address)

    assert [same for same in titles.values() if len(same) > 1] == []


def _site_map(reader: FlaskClient) -> set[str]:
    tree = ElementTree.fromstring(reader.get("/sitemap.xml").text)  # noqa: S314  (our own)
    return {urlsplit(one.text or "").path or "/" for one in tree.iter() if one.tag.endswith("loc")}


def _pages_linked_from(page: Page) -> Iterator[str]:
    for link in page.links:
        target = urldefrag(link).url
        parts = urlsplit(target)
        is_page = not parts.path.startswith(("/api/", "/static/"))
        is_page = is_page and not parts.path.endswith((".atom", ".json", ".toml"))
        if not parts.scheme and parts.path and is_page:
            yield target


def _is_for_all(address: str, routes: MapAdapter) -> bool:
    """Whether a page is the same for everybody; an address that leads nowhere is to be visited."""
    try:
        endpoint, _ = routes.match(urlsplit(address).path)
    except HTTPException:
        return True
    return is_public(endpoint)


def _is_narrowed(address: str) -> bool:
    return urlsplit(address).query != ""


def _ids(page: Page) -> set[str]:
    return {id_ for one in page.document.iter() if (id_ := one.get("id"))}


def _is_kept_from_search(page: Page) -> bool:
    return any(
        one.get("name") == "robots" and "noindex" in one.get("content", "")
        for one in page.all("meta")
    )
