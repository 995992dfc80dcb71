"""Machines like another one, and in what they differ, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from reviews_app.catalogue import prices
from reviews_app.catalogue.cards import Named
from reviews_app.catalogue.products import Fact, Product, ProductArea, ProductType
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Attribute, Kind
from reviews_app.db import db

SHOWN = 4
DIFFERENCES = 4


@dataclass(frozen=True)
class Similar:
    """A machine like another: what it shares, and up to four differences in words."""

    slug: str
    name: str
    brand: Named | None
    audience: str
    shares: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Like:
    """What decides how near others are to a machine."""

    id: int
    types: frozenset[str]
    form: str
    audience: str


def like(product: Product) -> Like:
    """What decides how near others are to a machine, which has its types loaded."""
    types = frozenset(one.type_id for one in product.types)
    return Like(product.id, types, product.form_id, product.audience)


def similar(product: Product, nearest_ids: Sequence[int], currency: str) -> list[Similar]:
    """What a machine has in common with those nearest to it, and in what they differ.

    The product has its types, areas, facts and prices loaded. A fixed number of statements.
    """
    return [_compared(product, other, currency) for other in _products(nearest_ids)]


def nearest(this: Like) -> list[int]:
    """The ids of up to four machines for the same audience that share most types and the form.

    Nearest first; of equals those with most facts, then by slug. Reads the whole catalogue: pages
    ask `browse.Shelves`, whose index says the same.
    """
    own = this.types
    shared = (
        sa.select(
            ProductType.product_id,
            sa.func.sum(sa.case((ProductType.type_id.in_(own), 1), else_=0)).label("shared"),
            sa.func.count().label("types"),
        )
        .group_by(ProductType.product_id)
        .subquery()
    )
    known = (
        sa.select(sa.func.count())
        .where(Fact.product_id == Product.id, Fact.accepted)
        .correlate(Product)
        .scalar_subquery()
    )
    same_form = sa.case((Product.form_id == this.form, 1), else_=0)
    return list(
        db.session.scalars(
            sa.select(Product.id)
            .join(shared, shared.c.product_id == Product.id)
            .where(
                Product.id != this.id,
                Product.retired_at.is_(None),
                Product.audience == this.audience,
                ~is_recalled(),
                shared.c.shared > 0,
            )
            .order_by(
                (2 * shared.c.shared - shared.c.types + same_form).desc(),
                known.desc(),
                Product.slug,
            )
            .limit(SHOWN)
        )
    )


def _products(ids: Sequence[int]) -> list[Product]:
    statement = (
        sa.select(Product)
        .where(Product.id.in_(ids))
        .options(
            joinedload(Product.brand),
            joinedload(Product.form),
            selectinload(Product.types).joinedload(ProductType.type),
            selectinload(Product.areas).joinedload(ProductArea.area),
            selectinload(Product.facts).joinedload(Fact.attribute),
            selectinload(Product.prices),
            raiseload("*"),
        )
    )
    found = {one.id: one for one in db.session.scalars(statement)}
    return [found[one] for one in ids]


def _compared(this: Product, other: Product, currency: str) -> Similar:
    shared = {one.type_id for one in this.types} & {one.type_id for one in other.types}
    labels = [_inside(one.type.label) for one in other.types if one.type_id in shared]
    form = [_inside(other.form.label)] if other.form_id == this.form_id else []
    return Similar(
        slug=other.slug,
        name=other.name,
        brand=Named(other.brand.id, other.brand.name) if other.brand else None,
        audience=other.audience,
        shares=", ".join([*labels, *form]),
        differences=tuple(_differences(this, other, currency)[:DIFFERENCES]),
    )


def _differences(this: Product, other: Product, currency: str) -> list[str]:
    """What a chooser would notice first: shape, kind of massage, price, place, then facts."""
    return [
        *([f"Comes as {_inside(other.form.label)}"] if other.form_id != this.form_id else []),
        *_more_and_less("Also does", "Does not do", _types(other), _types(this)),
        *_price(this, other, currency),
        *_more_and_less("Also for the", "Not for the", _areas(other), _areas(this)),
        *_facts(this, other),
    ]


def _types(product: Product) -> dict[str, str]:
    return {one.type_id: one.type.label for one in product.types}


def _areas(product: Product) -> dict[str, str]:
    return {one.area_id: one.area.label for one in product.areas}


def _more_and_less(more: str, less: str, theirs: dict[str, str], ours: dict[str, str]) -> list[str]:
    added = [_inside(theirs[key]) for key in theirs if key not in ours]
    missing = [_inside(ours[key]) for key in ours if key not in theirs]
    return [
        *([f"{more} {_and(added)}"] if added else []),
        *([f"{less} {_and(missing)}"] if missing else []),
    ]


def _price(this: Product, other: Product, currency: str) -> list[str]:
    ours = prices.listed_price(this.prices, currency)
    theirs = prices.listed_price(other.prices, currency)
    if theirs is None or ours is None or theirs.amount_cents == ours.amount_cents:
        return []
    way = "Lower" if theirs.amount_cents < ours.amount_cents else "Higher"
    return [
        f"{way} price when seen: {theirs.words} in {theirs.month}, "
        f"against {ours.words} in {ours.month}"
    ]


def _facts(this: Product, other: Product) -> list[str]:
    """Facts stated for both that are not equal; what is stated for one only tells no difference."""
    theirs = {fact.attribute_id: fact for fact in other.facts if fact.accepted}
    pairs = [
        (fact.attribute, fact.value, theirs[fact.attribute_id].value)
        for fact in this.facts
        if fact.accepted and fact.attribute_id in theirs
    ]
    return [
        _said(attribute, value, value_there)
        for attribute, value, value_there in sorted(pairs, key=lambda pair: pair[0].position)
        if value != value_there and _tells(attribute)
    ]


def _tells(attribute: Attribute) -> bool:
    """Free lists differ by wording more than by machine."""
    return bool(attribute.options) or attribute.kind in (Kind.YES_NO, Kind.NUMBER)


def _said(attribute: Attribute, ours: object, theirs: object) -> str:
    return (
        f"{attribute.label}: {value_in_words(attribute, theirs)}, "
        f"this one {value_in_words(attribute, ours)}"
    )


def _and(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _inside(label: str) -> str:
    """A label inside a sentence: abbreviations keep their capitals."""
    return label[:1].lower() + label[1:]
