"""Reads machines whole, with all that their pages show, in a fixed number of statements.

A page of a machine is asked for as often as any other, so this is sparing: its statements are made
once, and what stands behind many parts (sources, attributes, types) is not joined to each of them
but remembered at a revision, and put in its place here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload
from sqlalchemy.orm.attributes import set_committed_value

from reviews_app.catalogue.cards import IDS, all_attributes
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Fact,
    MakerWarning,
    Product,
    ProductArea,
    ProductType,
    RatingElsewhere,
    Recall,
    RegulatoryRecord,
)
from reviews_app.catalogue.remembering import each_once, once_a_revision
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Area, MassageType
from reviews_app.db import db

MOST_SOURCES_REMEMBERED = 5_000

PRODUCTS = (
    sa.select(Product)
    .where(Product.slug.in_(sa.bindparam("slugs", expanding=True)))
    .options(joinedload(Product.brand), joinedload(Product.form), raiseload("*"))
)


def _parts_of(model: Any) -> sa.Select[Any]:
    of_products = sa.select(model).where(model.product_id.in_(IDS))
    return of_products.order_by(model.product_id, model.position).options(raiseload("*"))


PARTS = {
    "types": _parts_of(ProductType),
    "areas": _parts_of(ProductArea),
    "facts": _parts_of(Fact),
    "prices": _parts_of(PriceObservation),
    "ratings": _parts_of(RatingElsewhere),
    "records": _parts_of(RegulatoryRecord),
    "warnings": _parts_of(MakerWarning),
    "recalls": _parts_of(Recall),
}
"""The lists of a product, each of parts that cite a source."""


def whole(slugs: Collection[str]) -> dict[str, Product]:
    """The products with all their parts, by slug; touching anything not loaded raises."""
    products = list(db.session.scalars(PRODUCTS, {"slugs": list(slugs)}))
    parts = {name: _rows(statement, products) for name, statement in PARTS.items()}
    _give("source", _sources(parts.values()), *parts.values())
    words = _words()
    for name, kind in (("facts", "attribute"), ("types", "type"), ("areas", "area")):
        _give(kind, words[kind], parts[name])
    for name, rows in parts.items():
        of_product = defaultdict(list)
        for row in rows:
            of_product[row.product_id].append(row)
        for product in products:
            set_committed_value(product, name, of_product[product.id])
    return {product.slug: product for product in products}


def _rows(statement: sa.Select[Any], products: Sequence[Product]) -> Sequence[Any]:
    return db.session.scalars(statement, {"ids": [one.id for one in products]}).all()


def _give(kind: str, known: Mapping[str, object], *parts: Iterable[Any]) -> None:
    """To each part what its column of that name stands for."""
    column = f"{kind}_id"
    for rows in parts:
        for row in rows:
            set_committed_value(row, kind, known.get(getattr(row, column)))


def _sources(parts: Iterable[Iterable[Any]]) -> dict[str, Source]:
    wanted = {row.source_id for rows in parts for row in rows} - {None}
    return each_once("sources", wanted, _read_sources, most=MOST_SOURCES_REMEMBERED)


def _read_sources(ids: Collection[str]) -> dict[str, Source]:
    return {one.id: one for one in db.session.scalars(sa.select(Source).where(Source.id.in_(ids)))}


@once_a_revision
def _words() -> dict[str, dict[str, Any]]:
    """What parts may name, by id, under each kind."""
    return {
        "attribute": {one.id: one for one in all_attributes()},
        "type": {one.id: one for one in db.session.scalars(sa.select(MassageType))},
        "area": {one.id: one for one in db.session.scalars(sa.select(Area))},
    }
