"""Random catalogues and choices: the index must answer what SQL answers, to the last link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app import browse
from reviews_app.browse import Listing, Selection
from reviews_app.browse.answer import listing_of
from reviews_app.browse.index import blocks, columns, contexts, counting
from reviews_app.browse.index.reading import read
from reviews_app.browse.index.segment import build
from reviews_app.browse.index.snapshot import Snapshot, View
from reviews_app.db import db
from tests.browse import world
from tests.browse.drawing import catalogues, choices, store
from tests.browse.oracle import Machine
from tests.databases import NewSite

PER_PAGE = 3

SMALL = (
    (contexts, "FEW", 0),
    (contexts, "FEW_OF", 1_000_000),
    (columns, "BUCKETS", 2),
    (columns, "HEAD", 1),
    (counting, "MOST_CODES", 4),
    (counting, "FEWEST_CELLS", 3),
    (blocks, "BITS_OF_A_BLOCK", 5),
)

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def site(new_site: NewSite) -> Iterator[Flask]:
    """A site that knows the words of `world` and no machine."""
    with new_site() as app:
        with app.app_context():
            world.make()
            db.session.commit()
        yield app


@contextmanager
def catalogue(site: Flask, machines: list[Machine]) -> Iterator[None]:
    """The machines in the database for as long as this lasts."""
    with site.app_context():
        store(machines)
        yield
        db.session.rollback()


@contextmanager
def as_if_many(so: bool) -> Iterator[None]:
    """Nothing counts as few: the ways meant for a million machines are taken for a handful."""
    with ExitStack() as changed:
        for module, name, small in SMALL if so else ():
            changed.enter_context(patch.object(module, name, small))
        yield


def indexed() -> Snapshot:
    segment = build(read(db.session.connection(), browse.SORTS))
    return Snapshot(0, (View(segment, segment.everything),))


def drawn(data: st.DataObject) -> Selection:
    vocabulary = browse.vocabulary()
    args = [arg for arg in data.draw(choices(vocabulary)) if arg[0] != "q"]
    return Selection.from_args(args, vocabulary)


def pages(selection: Selection) -> Iterator[Listing]:
    first = browse.find(selection, per_page=PER_PAGE)
    yield first
    for page in range(2, first.pages + 1):
        yield browse.find(selection.with_page(page), per_page=PER_PAGE)


@often
@given(data=st.data(), machines=catalogues())
def test_the_index_answers_what_sql_answers(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines), as_if_many(data.draw(st.booleans())):
        snapshot = indexed()
        for listing in pages(drawn(data)):
            counts, ids = snapshot.find(listing.selection, PER_PAGE)
            assert ids == listing.ids
            assert listing_of(listing.selection, counts, ids, PER_PAGE) == listing
