"""Pages from the index and from what is remembered are the pages that the database alone gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.catalogue import directory, massage_types
from reviews_app.catalogue.queries import find_product
from reviews_app.catalogue.revision import raise_revision
from reviews_app.config import ROOT
from reviews_app.db import db
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
    """Random addresses of the finder, the comparison and machines, each twice, in random order."""
    chance = Random(5)  # noqa: S311 - the same addresses every time
    with site.app_context():
        vocabulary = browse.vocabulary()
        slugs = [*directory.product_slugs(500), "nonesuch"]
        types = [one.id for one in massage_types.types()]
    finder = [f"/finder?{urlencode(list(preferences(vocabulary, chance)))}" for _ in range(DRAWN)]
    sizes: tuple[list[tuple[str, str]], ...] = ([], [("calf", "48cm")], [("diff", "1")])
    lineups = [
        [*(("p", one) for one in chance.sample(slugs, chance.randint(1, 5))), *chance.choice(sizes)]
        for _ in range(DRAWN)
    ]
    machines = [
        form.format(one)
        for form in ("/massagers/{}", "/massagers/{}/data", "/api/v1/massagers/{}")
        for one in chance.sample(slugs, DRAWN)
    ]
    found = ["/finder", *finder, *(f"/compare?{urlencode(args)}" for args in lineups)]
    found = [*found, *machines, "/about", *(f"/types/{one}" for one in types)] * 2
    return chance.sample(found, len(found))


@pytest.mark.long
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


def test_what_holds_for_many_machines_is_read_for_the_first_of_them_only(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        browse.open_index()
        first, second = directory.product_slugs(2)
    client.get(f"/massagers/{first}")
    with statements_of(site) as asked:
        client.get(f"/massagers/{second}")
    with site.app_context():
        browse.close_index()

    shared = re.compile(r"FROM (attribute|claim|contraindication|guide|mechanism|method|need)")
    assert asked
    assert not [statement for statement in asked if shared.search(statement)]


def test_a_change_of_one_machine_is_on_every_page_that_shows_it_at_once(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        browse.open_index()
        slug, name = next(iter(directory.product_names(directory.product_slugs(1)).items()))
    pages = [f"/massagers/{slug}", f"/massagers/{slug}/data", f"/compare?p={slug}"]
    for path in pages:
        assert name in client.get(path).text
    with site.app_context():
        _rename(slug, "Named Anew")
    after = {path: client.get(path).text for path in pages}
    with site.app_context():
        _rename(slug, name)
        browse.close_index()

    for path, text in after.items():
        assert "Named Anew" in text, path


def _rename(slug: str, name: str) -> None:
    product = find_product(slug)
    assert product is not None
    product.name = name
    raise_revision([product.id])
    db.session.commit()
