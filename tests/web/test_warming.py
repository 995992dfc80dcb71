"""What repeats is rendered before the first reader comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse.listing import PER_PAGE
from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from reviews_app.web.warming import FIRST, warm
from tests import factories
from tests.browse import world
from tests.databases import NewDatabase, a_site
from tests.listings import statements_of
from tests.pages import visit


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site with a page of machines and one more, that answers from its index."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            for number in range(PER_PAGE + 1):
                factories.a_product(f"machine-{number:02}")
            raise_revision()
            db.session.commit()
            browse.open_index()
        yield app
        with app.app_context():
            browse.close_index()


def test_every_page_of_the_listing_is_asked_for_beside_the_first_pages(site: Flask) -> None:
    found = warm(site)

    assert found == 2 + sum(site.test_client().get(path).status_code == 200 for path in FIRST)


def test_after_it_no_card_is_read_again_whatever_is_chosen(site: Flask) -> None:
    warm(site)

    with statements_of(site) as asked:
        page = visit(site.test_client(), "/massagers?sort=name&page=2")

    assert asked == []
    assert page.response.text.count("product-card__brand") == 1
