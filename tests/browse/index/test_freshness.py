"""What is committed is answered at once, what is rolled back never; nothing mixes two states."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Listing, Selection
from reviews_app.browse.index import Index, holding, patching
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import CatalogueChange, raise_revision
from reviews_app.db import db
from tests import factories
from tests.browse import world
from tests.databases import NewDatabase, a_site


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site with three machines, on a database that others can open."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            for slug in ("one", "two", "three"):
                factories.a_product(slug)
            raise_revision()
            db.session.commit()
        yield app


@pytest.fixture
def index(site: Flask) -> Iterator[Index]:
    """The index of that site, built."""
    with site.app_context():
        index = Index(db.engine)
    index.build()
    yield index
    index.close()


def found(index: Index) -> Listing:
    """What the index answers when nothing is chosen."""
    listing = index.find(Selection.from_args([], browse.vocabulary()))
    assert listing is not None
    return listing


def commit(changed: list[Product] | None) -> None:
    """Commit, saying which products changed, or with None that anything may have."""
    db.session.flush()
    raise_revision(None if changed is None else [one.id for one in changed])
    db.session.commit()


def test_before_it_is_built_the_index_answers_nothing(site: Flask) -> None:
    with site.app_context():
        index = Index(db.engine)

        assert not index.ready
        assert index.find(Selection.from_args([], browse.vocabulary())) is None


def test_a_build_says_how_far_it_is(site: Flask) -> None:
    with site.app_context():
        index = Index(db.engine)
    said: list[str] = []

    index.build(said.append)

    assert index.ready
    assert said[0] == "products"
    assert said[-1] == "index"


def test_a_change_is_in_the_next_answer_as_a_patch(site: Flask, index: Index) -> None:
    large = index.snapshot.views[0].segment if index.snapshot else None
    with site.app_context():
        commit([factories.a_product("four")])

        listing = found(index)

        assert listing.total == 4
        assert listing.revision == 2
        assert listing == browse.find(listing.selection)
    assert index.snapshot is not None
    assert index.snapshot.views[0].segment is large


def test_a_retired_product_is_gone_from_the_next_answer(site: Flask, index: Index) -> None:
    with site.app_context():
        product = db.session.scalars(sa.select(Product).filter_by(slug="two")).one()
        product.retired_at = factories.retired()
        commit([product])

        assert found(index).total == 2


def test_what_is_not_committed_is_not_answered(site: Flask, index: Index) -> None:
    with site.app_context():
        factories.a_product("four")
        raise_revision()
        db.session.flush()

        assert index.refresh() is not None
        assert index.snapshot is not None
        assert index.snapshot.revision == 1
        db.session.rollback()
        assert found(index).total == 3


def test_a_number_used_again_after_a_rollback_is_not_taken_for_the_first(
    site: Flask, index: Index
) -> None:
    with site.app_context():
        factories.a_product("never")
        raise_revision()
        db.session.rollback()
        commit([factories.a_product("four")])

        listing = found(index)

        assert listing.revision == 2
        assert listing == browse.find(listing.selection)


def test_a_change_of_anything_else_builds_it_anew(site: Flask, index: Index) -> None:
    with site.app_context():
        factories.an_attribute("waterproof")
        product = db.session.scalars(sa.select(Product).filter_by(slug="two")).one()
        factories.a_fact(product, "waterproof", True)
        commit(None)

        listing = found(index)

        assert listing == browse.find(listing.selection)
    assert index.snapshot is not None
    assert len(index.snapshot.views) == 1


def test_nothing_a_listing_shows_changed(site: Flask, index: Index) -> None:
    with site.app_context():
        commit([])

        assert found(index).revision == 2


def test_a_reader_behind_the_log_reads_everything(
    site: Flask, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patching, "REVISIONS_KEPT", 2)
    with site.app_context():
        for slug in ("four", "five", "six"):
            commit([factories.a_product(slug)])
        db.session.execute(sa.delete(CatalogueChange))
        db.session.commit()

        assert found(index).total == 6


def test_a_large_catalogue_is_built_anew_beside_the_requests(
    site: Flask, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "MOST_BUILT_AT_ONCE", 1)
    with site.app_context():
        factories.a_product("four")
        commit(None)
        selection = Selection.from_args([], browse.vocabulary())

        assert index.find(selection) is None  # for SQL to answer, not for an old snapshot
        index.close()
        assert found(index).total == 4


@pytest.mark.parametrize("changed_too_much", [True, False])
def test_a_parent_builds_anew_for_forks_that_do_not(
    site: Flask, monkeypatch: pytest.MonkeyPatch, *, changed_too_much: bool
) -> None:
    monkeypatch.setattr(holding, "MOST_BUILT_AT_ONCE", 1)
    with site.app_context():
        index = Index(db.engine, builds_beside=False)
        index.build()
        selection = Selection.from_args([], browse.vocabulary())
        commit(None if changed_too_much else [factories.a_product("four")])

        assert (index.find(selection) is None) is changed_too_much
        assert index.keep_up() is changed_too_much
        assert found(index) == browse.find(selection)
        assert index.keep_up() is False
        index.close()


def test_two_threads_that_find_it_behind_patch_it_once(site: Flask, index: Index) -> None:
    with site.app_context():
        commit([factories.a_product("four")])
        start = threading.Barrier(4)
        snapshots = []

        def refresh() -> None:
            start.wait()
            snapshots.append(index.refresh())

        threads = [threading.Thread(target=refresh) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(snapshots) == 4
    assert len({id(one) for one in snapshots}) == 1
