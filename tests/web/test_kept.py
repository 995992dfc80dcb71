"""Answers are kept for a revision: the same again, nothing asked twice, nothing stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import browse
from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from tests import factories
from tests.browse import world
from tests.databases import NewDatabase, a_site
from tests.listings import statements_of
from tests.pages import check_headers, visit


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site with two machines that answers from its index."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            for slug in ("one", "two"):
                factories.a_product(slug)
            raise_revision()
            db.session.commit()
            browse.open_index()
        yield app
        with app.app_context():
            browse.close_index()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """A visitor of that site."""
    return site.test_client()


def _add(site: Flask, slug: str) -> None:
    with site.app_context():
        product = factories.a_product(slug)
        db.session.flush()
        raise_revision([product.id])
        db.session.commit()


def test_the_same_address_again_is_the_same_answer_and_asks_nothing(
    site: Flask, client: FlaskClient
) -> None:
    first = visit(client, "/massagers").response

    with statements_of(site) as sent:
        again = visit(client, "/massagers").response

    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert sent == []


def test_who_has_the_page_is_told_so_without_a_search(site: Flask, client: FlaskClient) -> None:
    tag = client.get("/massagers").headers["ETag"]

    with statements_of(site) as sent:
        answer = client.get("/massagers", headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == tag
    check_headers(answer)
    assert sent == []


def test_a_change_is_in_the_next_answer(site: Flask, client: FlaskClient) -> None:
    before = client.get("/massagers")
    assert client.get("/api/v1/massagers").get_json()["total"] == 2

    _add(site, "three")

    after = client.get("/massagers", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "/massagers/three" in after.text
    assert client.get("/api/v1/massagers").get_json()["total"] == 3


def test_a_change_that_is_taken_back_is_in_no_answer(site: Flask, client: FlaskClient) -> None:
    before = client.get("/massagers")

    with site.app_context():
        factories.a_product("three")
        raise_revision()
        db.session.rollback()

    assert client.get("/massagers").data == before.data


def test_who_reads_compressed_gets_it_compressed_again_and_others_not(client: FlaskClient) -> None:
    packed = [client.get("/massagers", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    plain = [client.get("/massagers") for _ in range(2)]

    assert [one.headers.get("Content-Encoding") for one in packed] == ["gzip", "gzip"]
    assert packed[0].data == packed[1].data
    assert [one.headers.get("Content-Encoding") for one in plain] == [None, None]


def test_what_was_not_found_is_not_kept(site: Flask, client: FlaskClient) -> None:
    assert client.get("/massagers/three").status_code == 404

    _add(site, "three")

    assert client.get("/massagers/three").status_code == 200


def test_private_pages_are_never_kept_nor_called_unchanged(client: FlaskClient) -> None:
    tag = client.get("/massagers").headers["ETag"]

    answer = client.get("/check", headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_the_page_and_the_index_agree_with_sql(site: Flask, client: FlaskClient) -> None:
    from_index = client.get("/api/v1/massagers?type=compression").get_json()
    with site.app_context():
        browse.close_index()

    assert client.get("/api/v1/massagers?type=compression").get_json() == from_index


def test_the_site_is_not_ready_while_an_index_is_expected(site: Flask, client: FlaskClient) -> None:
    with site.app_context():
        browse.close_index()
        assert client.get("/healthz").status_code == 200
        assert browse.expect_index(), "so few machines hold nobody up"

    assert client.get("/healthz").status_code == 503
    assert client.get("/massagers").status_code == 200

    with site.app_context():
        browse.open_index()
    assert client.get("/healthz").status_code == 200
