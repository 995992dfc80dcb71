"""Random catalogues and choices: the index must answer what SQL answers, to the last link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app import browse
from reviews_app.browse import Listing, Selection, Traits
from reviews_app.browse.answer import listing_of
from reviews_app.browse.index import (
    blocks,
    columns,
    contexts,
    counting,
    dictionary,
    fuzzy,
    heads,
    layout,
    left_out,
    stated,
)
from reviews_app.browse.index.nearest import nearest
from reviews_app.browse.index.patching import built, patched
from reviews_app.browse.index.snapshot import Snapshot
from reviews_app.catalogue import similar
from reviews_app.catalogue.products import Fact, Product
from reviews_app.db import db
from tests import factories
from tests.browse import world
from tests.browse.drawing import catalogues, choices, store
from tests.browse.oracle import Machine
from tests.databases import NewSite

PER_PAGE = 3

SMALL = (
    (counting, "FEW", 0),
    (contexts, "FEW_OF", 1_000_000),
    (columns, "BUCKETS", 2),
    (columns, "HEAD", 1),
    (heads, "HEAD", 1),
    (layout, "MOST_CODES", 4),
    (layout, "FEWEST_CELLS", 3),
    (blocks, "BITS_OF_A_BLOCK", 5),
    (fuzzy, "MOST_SCANNED", 0),
    (dictionary, "DENSE", 2),
)

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
    return built(db.session.connection(), browse.SORTS)


def drawn(data: st.DataObject) -> Selection:
    vocabulary = browse.vocabulary()
    args = data.draw(choices(vocabulary))
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
        assert snapshot.currencies == dict(browse.vocabulary().currencies)
        for listing in pages(drawn(data)):
            counts, ids = snapshot.find(listing.selection, PER_PAGE)
            assert ids == listing.ids
            assert listing_of(listing.selection, counts, ids, PER_PAGE) == listing


@often
@given(data=st.data(), machines=catalogues())
def test_a_patched_index_answers_what_sql_answers(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    known = data.draw(st.integers(0, len(machines)))
    with catalogue(site, machines[:known]), as_if_many(data.draw(st.booleans())):
        snapshot = indexed()
        connection = db.session.connection()
        for _ in range(data.draw(st.integers(1, 2))):
            changed = alter(data, machines[:known])
            following = patched(connection, browse.SORTS, snapshot, changed)
            snapshot = following or indexed()
        store(machines[known:])
        added = {one.id for one in machines[known:]}
        snapshot = patched(connection, browse.SORTS, snapshot, added) or indexed()
        assert snapshot.currencies == dict(browse.vocabulary().currencies)
        for listing in pages(drawn(data)):
            counts, ids = snapshot.find(listing.selection, PER_PAGE)
            assert ids == listing.ids
            assert listing_of(listing.selection, counts, ids, PER_PAGE) == listing


@often
@given(data=st.data(), machines=catalogues())
def test_the_index_says_of_each_machine_what_sql_says(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines), as_if_many(data.draw(st.booleans())):
        check_each_machine(data, indexed(), machines)


@often
@given(data=st.data(), machines=catalogues())
def test_a_patched_index_says_of_each_machine_what_sql_says(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines), as_if_many(data.draw(st.booleans())):
        snapshot = indexed()
        changed = alter(data, machines)
        connection = db.session.connection()
        snapshot = patched(connection, browse.SORTS, snapshot, changed) or indexed()
        check_each_machine(data, snapshot, machines)


def check_each_machine(
    data: st.DataObject, snapshot: Snapshot, machines: Sequence[Machine]
) -> None:
    """What each misses of some choices, and what it has of them; `browse` answers by SQL here."""
    selection = drawn(data)
    narrowing = st.sampled_from(selection.narrowed_by) if selection.narrowed_by else st.nothing()
    names = data.draw(st.lists(narrowing, unique=True))
    most = data.draw(st.integers(0, len(machines)))
    live = db.session.scalars(sa.select(Product.id).where(Product.retired_at.is_(None))).all()
    ids = data.draw(st.sets(st.sampled_from(live))) if live else set()

    expected = browse.misses(selection, names, most=most)
    found = left_out.misses(snapshot, selection, names, most)
    assert found.counts == expected.counts
    assert list(found.machines) == list(expected.machines)
    assert left_out.total(snapshot, selection) == browse.total(selection)
    assert plain(stated.traits(snapshot, selection, ids)) == plain(browse.traits(selection, ids))


def plain(found: dict[int, Traits]) -> dict[int, object]:
    """Traits without regard to the order of options, and to facets of which there are none."""
    return {
        one: ({name: set(has) for name, has in traits.options.items() if has}, traits.numbers)
        for one, traits in found.items()
    }


@often
@given(data=st.data(), machines=catalogues())
def test_a_machine_has_the_neighbours_that_sql_finds(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    known = data.draw(st.integers(0, len(machines)))
    with catalogue(site, machines[:known]), as_if_many(data.draw(st.booleans())):
        snapshot = indexed()
        store(machines[known:])
        changed = {one.id for one in machines[known:]} | alter(data, machines)
        connection = db.session.connection()
        snapshot = patched(connection, browse.SORTS, snapshot, changed) or indexed()
        for product in db.session.scalars(sa.select(Product)):
            like = similar.like(product)
            assert nearest(snapshot, like, similar.SHOWN) == similar.nearest(like)


def alter(data: st.DataObject, machines: list[Machine]) -> set[int]:
    """Change some of the machines in the database; their ids."""
    ids = [one.id for one in machines]
    changed = data.draw(st.sets(st.sampled_from(ids), max_size=3)) if ids else set()
    for one in changed:
        data.draw(st.sampled_from(ALTERATIONS))(db.session.get_one(Product, one))
    db.session.flush()
    return changed


def retire(product: Product) -> None:
    product.retired_at = factories.retired()


def bring_back(product: Product) -> None:
    product.retired_at = None


def rename(product: Product) -> None:
    product.name = world.NAMES[product.id % len(world.NAMES)]


def change_brand(product: Product) -> None:
    product.brand_id = None if product.brand_id else "unused"


def price_in_dollars(product: Product) -> None:
    factories.a_price(product, 7000, "USD")


def price_in_euros(product: Product) -> None:
    factories.a_price(product, 8000, "EUR")


def forget_heat(product: Product) -> None:
    facts = db.session.query(Fact).filter_by(product_id=product.id, attribute_id="heat")
    facts.update({"accepted": False})


ALTERATIONS: list[Callable[[Product], None]] = [
    retire,
    bring_back,
    rename,
    change_brand,
    price_in_dollars,
    price_in_euros,
    forget_heat,
]
