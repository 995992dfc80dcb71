"""A listing's JSON put together from kept texts is, to the byte, what is written without them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse.listing import PER_PAGE
from reviews_app.config import ROOT
from tests.databases import NewDatabase, a_site
from tests.listings import drawn, statements_of
from tests.web.test_massagers import MUCH

PATH = "/api/v1/massagers"
DRAWN = 120
BESIDES = [[("w.ease", "3")], [("sort", "name")]]
CHOSEN = (
    "",
    "w.ease=5&w.open=0&type=compression",
    "type=tens&q=zzz",
    "q=%1f",
    "q=%22a%26b%22+calf",
    "p=theragun-mini",
    "calf=48cm&calf_unknown=include&page=2",
    "currency=GBP&price_min=100&sort=-price",
    "explain=1&q=air",
    "brand=aerlang&brand=agaro&brand=aldom&brand=beurer&brand=homedics&brand=hyperice"
    "&brand=medcursor&brand=nekteck&brand=renpho&brand=therabody",
    MUCH,
)


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site with everything in `seed_data`, whose index this file opens and closes."""
    with a_site(new_database, tmp_path_factory.mktemp("kept") / "catalogue.db") as app:
        result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
        assert result.exit_code == 0, result.output
        yield app


@pytest.mark.long
def test_every_listing_has_the_same_bytes_from_kept_texts_and_without(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        queries = [*CHOSEN, *drawn(Random(11), browse.vocabulary(), DRAWN, BESIDES)] * 2  # noqa: S311
        browse.open_index()
    kept = [(one, client.get(f"{PATH}?{one}", follow_redirects=True)) for one in queries]
    with site.app_context():
        browse.close_index()

    full = set()
    for query, answer in kept:
        plain = client.get(f"{PATH}?{query}", follow_redirects=True)
        assert answer.status_code == plain.status_code, query
        assert answer.data == plain.data, query
        assert answer.mimetype == plain.mimetype, query
        full.add('"toggle_url":null' in answer.text)
    assert full == {True, False}


def test_a_listing_of_machines_answered_before_asks_the_database_nothing(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        browse.open_index()
    client.get(f"{PATH}?sort=name")
    with statements_of(site) as asked:
        answer = client.get(f"{PATH}?price_max=99999&price_unknown=include&sort=name")
    with site.app_context():
        browse.close_index()

    assert asked == []
    assert len(answer.get_json()["products"]) == PER_PAGE
