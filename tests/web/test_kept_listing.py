"""A listing put together from what was rendered before is the page its templates would render."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app import browse
from reviews_app.browse.listing import PER_PAGE
from reviews_app.config import ROOT
from tests.databases import NewDatabase, a_site
from tests.listings import drawn, statements_of
from tests.pages import visit
from tests.web.test_massagers import MUCH

DRAWN = 60
BESIDES = [[("p", "theragun-mini")], [("sort", "name")]]
CHOSEN = (
    "",
    "w.ease=5&w.open=0&type=compression",
    "type=tens&q=zzz",
    "p=theragun-mini&p=hyperice-hypervolt-2",
    "&".join(f"p={n}" for n in range(5)),
    "brand=hyperice&brand=therabody",
    "q=%22a%26b%22+calf",
    "weight_kg_max=2&weight_kg_unknown=include&calf=48cm&calf_unknown=include&page=2",
    "currency=GBP&price_min=100&sort=-price",
    MUCH,
    f"{MUCH}&p=theragun-mini",
)


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site with everything in `seed_data`, whose index this file opens and closes."""
    with a_site(new_database, tmp_path_factory.mktemp("kept") / "catalogue.db") as app:
        result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
        assert result.exit_code == 0, result.output
        yield app


@pytest.fixture
def indexed(site: Flask) -> Iterator[FlaskClient]:
    """A visitor who is answered from the index, and so from what is kept."""
    with site.app_context():
        browse.open_index()
    yield site.test_client()
    with site.app_context():
        browse.close_index()


@pytest.mark.long
def test_every_listing_is_the_same_page_from_fragments_and_from_templates(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        queries = [*CHOSEN, *drawn(Random(7), browse.vocabulary(), DRAWN, BESIDES)]  # noqa: S311  (the same each run)
        browse.open_index()
    kept = {query: _asked(client, query) for query in queries}
    with site.app_context():
        browse.close_index()

    for query, answer in kept.items():
        plain = _asked(client, query)
        assert answer.status_code == plain.status_code, query
        assert answer.text == plain.text, query
    statuses = [answer.status_code for answer in kept.values()]
    assert statuses.count(200) > DRAWN // 3
    assert 404 in statuses


def test_a_listing_of_machines_shown_before_asks_the_database_nothing(
    site: Flask, indexed: FlaskClient
) -> None:
    visit(indexed, "/massagers?sort=name")

    with statements_of(site) as asked:
        page = visit(indexed, "/massagers?price_max=99999&price_unknown=include&sort=name")

    assert asked == []
    assert page.response.text.count("product-card__brand") == PER_PAGE


def _asked(client: FlaskClient, query: str) -> TestResponse:
    return client.get(f"/massagers?{query}".rstrip("?"), follow_redirects=True)
