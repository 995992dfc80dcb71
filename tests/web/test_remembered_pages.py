"""Pages from the index and from what is remembered are the pages that the database alone gives."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.catalogue import directory
from reviews_app.config import ROOT
from tests.databases import NewDatabase, a_site
from tests.listings import statements_of
from tests.web.test_finder import preferences

DRAWN = 40


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site with everything in `seed_data`, whose index this file opens and closes."""
    with a_site(new_database, tmp_path_factory.mktemp("kept") / "catalogue.db") as app:
        result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
        assert result.exit_code == 0, result.output
        yield app


def addresses(site: Flask) -> list[str]:
    """Random addresses of the finder and the comparison, each twice, in random order."""
    chance = Random(5)  # noqa: S311 - the same addresses every time
    with site.app_context():
        vocabulary = browse.vocabulary()
        slugs = [*directory.product_slugs(500), "nonesuch"]
    finder = [f"/finder?{urlencode(list(preferences(vocabulary, chance)))}" for _ in range(DRAWN)]
    sizes: tuple[list[tuple[str, str]], ...] = ([], [("calf", "48cm")], [("diff", "1")])
    lineups = [
        [*(("p", one) for one in chance.sample(slugs, chance.randint(1, 5))), *chance.choice(sizes)]
        for _ in range(DRAWN)
    ]
    found = ["/finder", *finder, *(f"/compare?{urlencode(args)}" for args in lineups)] * 2
    return chance.sample(found, len(found))


def test_the_same_pages_with_the_index_and_without(site: Flask) -> None:
    paths = addresses(site)
    client = site.test_client()
    with site.app_context():
        browse.open_index()
    kept = [(path, client.get(path, follow_redirects=True)) for path in paths]
    with site.app_context():
        browse.close_index()

    for path, answer in kept:
        plain = client.get(path, follow_redirects=True)
        assert answer.status_code == plain.status_code, path
        assert answer.text == plain.text, path
    statuses = [answer.status_code for _, answer in kept]
    assert statuses.count(200) > DRAWN


def test_machines_compared_before_are_not_read_again(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        browse.open_index()
        one, other, third = directory.product_slugs(3)
    client.get(f"/compare?p={one}&p={other}&p={third}")
    with statements_of(site) as asked:
        client.get(f"/compare?p={third}&p={one}")
    with site.app_context():
        browse.close_index()

    assert asked == []
