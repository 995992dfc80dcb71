"""The ids of everything in the catalogue that has a page."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.remembering import each_once
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Form
from reviews_app.db import db

MOST_NAMES_REMEMBERED = 20_000


def product_slugs(n: int) -> list[str]:
    """The first `n` slugs of the machines in the listing, in order of the alphabet."""
    here = Product.retired_at.is_(None)
    return list(
        db.session.scalars(sa.select(Product.slug).where(here).order_by(Product.slug).limit(n))
    )


def product_names(slugs: Collection[str]) -> dict[str, str]:
    """What the machines with those slugs are called, by slug, those retired among them."""
    rows = db.session.execute(sa.select(Product.slug, Product.name).where(Product.slug.in_(slugs)))
    return dict(rows.all())


def products_named(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """The slug and name of each of the products, by id; ids of nothing are left out."""
    return each_once("names", ids, _named, most=MOST_NAMES_REMEMBERED)


def _named(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(
        sa.select(Product.id, Product.slug, Product.name).where(Product.id.in_(ids))
    )
    return {id_: (slug, name) for id_, slug, name in rows}


def brand_ids() -> list[str]:
    """The ids of the brands with a machine in the listing."""
    statement = (
        sa.select(Product.brand_id)
        .where(Product.retired_at.is_(None), Product.brand_id.is_not(None))
        .distinct()
        .order_by(Product.brand_id)
    )
    return [brand_id for brand_id in db.session.scalars(statement) if brand_id is not None]


def forms() -> list[Form]:
    """The forms machines come in, in the order of the taxonomy."""
    return list(db.session.scalars(sa.select(Form).order_by(Form.position)))


def source_ids() -> list[str]:
    """The ids of all sources, as the seed files have them."""
    return list(db.session.scalars(sa.select(Source.id).order_by(Source.position)))


def product_ids(slugs: Collection[str]) -> list[int]:
    """The ids of products, retired ones too; slugs of nothing are left out."""
    return list(db.session.scalars(sa.select(Product.id).where(Product.slug.in_(slugs))))
