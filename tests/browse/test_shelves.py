"""Counts, picks and neighbours: the same by SQL, from the index, and as pages had them before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import browse
from reviews_app.catalogue import massage_types, prices, similar
from reviews_app.catalogue.products import (
    Fact,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.queries import find_products
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.vocabulary import Audience
from reviews_app.db import db
from reviews_app.guidance import queries as guidance

HERE = Product.retired_at.is_(None)


@pytest.fixture(params=["SQL", "index"])
def shelves(request: pytest.FixtureRequest, real_catalogue: Flask) -> Iterator[browse.Shelves]:
    """Those of everything in the seed folder."""
    with real_catalogue.app_context():
        if request.param == "index":
            browse.open_index()
        yield browse.Shelves()
        browse.close_index()


@pytest.mark.parametrize(
    ("facet", "column"),
    [
        ("type", ProductType.type_id),
        ("area", ProductArea.area_id),
        ("brand", Product.brand_id),
    ],
)
def test_counts_are_those_of_the_live_machines(
    shelves: browse.Shelves, facet: str, column: sa.ColumnElement[str]
) -> None:
    joined = sa.select(column, sa.func.count()).where(HERE).group_by(column)
    if facet != "brand":
        joined = joined.join(Product, Product.id == column.class_.product_id)
    expected = {value: count for value, count in db.session.execute(joined) if value}

    found = shelves.counts(facet)

    assert expected
    assert {value: found.get(value, 0) for value in expected} == expected


def test_needs_and_claims_count_who_acts_in_a_way_that_helps_or_was_studied(
    shelves: browse.Shelves,
) -> None:
    needs, claims = shelves.counts("need"), shelves.counts("claim")

    for need in guidance.needs():
        assert needs.get(need.id, 0) == acting_by(guidance.get_need(need.id).supported)
    for claim in guidance.claims():
        assert claims.get(claim.id, 0) == acting_by(guidance.get_claim(claim.id).tested)


def acting_by(mechanisms: Collection[str]) -> int:
    acting = sa.select(ProductMechanism.product_id).where(
        ProductMechanism.mechanism_id.in_(mechanisms)
    )
    counted = sa.select(sa.func.count()).where(Product.id.in_(acting), HERE)
    return db.session.scalar(counted) or 0


def test_the_newest_are_those_on_sale_since_the_latest_year(shelves: browse.Shelves) -> None:
    expected = picks(
        sa.select(Product.id)
        .join(Fact, Fact.product_id == Product.id)
        .where(Fact.attribute_id == "release_year", Fact.accepted)
        .order_by(Fact.number_high.desc(), Product.slug)
    )

    assert (
        shelves.first_stating(3, "release_year", *browse.FOR_HOME, ("sort", "newest")) == expected
    )


def test_the_best_documented_are_those_with_most_facts(shelves: browse.Shelves) -> None:
    known = (
        sa.select(Fact.product_id, sa.func.count().label("known"))
        .where(Fact.accepted)
        .group_by(Fact.product_id)
        .subquery()
    )
    expected = picks(
        sa.select(Product.id)
        .join(known, known.c.product_id == Product.id)
        .order_by(known.c.known.desc(), Product.slug)
    )

    assert shelves.first(3, *browse.FOR_HOME, ("sort", "facts")) == expected


def picks(statement: sa.Select[int]) -> list[int]:
    narrowed = statement.where(HERE, Product.audience == Audience.CONSUMER, ~is_recalled())
    return list(db.session.scalars(narrowed.limit(3)))


def test_every_machine_has_the_same_neighbours(shelves: browse.Shelves) -> None:
    slugs = db.session.scalars(sa.select(Product.slug).where(HERE)).all()

    for product in find_products(slugs).values():
        assert shelves.nearest(product) == similar.nearest(similar.like(product))


def test_every_type_stands_beside_the_same_types(shelves: browse.Shelves) -> None:
    for one in massage_types.types():
        beside = shelves.types_beside(one.id)
        assert beside == massage_types.types_beside(one.id)
        assert (one.id in beside) == (shelves.counts("type").get(one.id, 0) > 0)


def test_the_main_currency_is_the_same(shelves: browse.Shelves) -> None:
    assert shelves.main_currency == prices.main_currency()


def test_nothing_is_first_by_a_number_that_nothing_asks_for(shelves: browse.Shelves) -> None:
    assert shelves.first_stating(3, "wingspan_m") == []
