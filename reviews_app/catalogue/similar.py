"""Machines like another one, and in what they differ, said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.cards import IDS, Card, Named, all_attributes, cards
from reviews_app.catalogue.prices import Price, listed_price
from reviews_app.catalogue.products import Fact, Product, ProductType
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.remembering import each_once
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Attribute, Kind
from reviews_app.db import db

SHOWN = 4
DIFFERENCES = 4

MOST_REMEMBERED = 2_000
"""Machines whose facts are remembered, of some four kilobytes each."""

VALUES = sa.select(Fact.product_id, Fact.attribute_id, Fact.value).where(
    Fact.product_id.in_(IDS), Fact.accepted
)


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
class Noticed:
    """What a chooser notices first of a machine; what its card has of another."""

    form: Named
    types: tuple[Named, ...]
    areas: tuple[Named, ...]
    price: Price | None


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

    The product has its parts loaded. A fixed number of statements.
    """
    ours = {fact.attribute_id: fact.value for fact in product.facts if fact.accepted}
    this = Noticed(
        Named(product.form_id, product.form.label),
        tuple(Named(one.type_id, one.type.label) for one in product.types),
        tuple(Named(one.area_id, one.area.label) for one in product.areas),
        listed_price(product.prices, currency),
    )
    others = cards(nearest_ids, currency)
    theirs = each_once("values", nearest_ids, _values, most=MOST_REMEMBERED)
    return [_compared(this, other, _differing_facts(ours, theirs[other.id])) for other in others]


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


def _values(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The accepted value of every attribute that is stated, by product id."""
    found: dict[int, dict[str, Any]] = {one: {} for one in ids}
    for product_id, attribute_id, value in db.session.execute(VALUES, {"ids": ids}):
        found[product_id][attribute_id] = value
    return found


def _compared(this: Noticed, other: Card, facts: Sequence[str]) -> Similar:
    labels = [_inside(one.label) for one in other.types if one in this.types]
    form = [_inside(other.form.label)] if other.form == this.form else []
    return Similar(
        slug=other.slug,
        name=other.name,
        brand=other.brand,
        audience=other.audience,
        shares=", ".join([*labels, *form]),
        differences=(*_differences(this, other), *facts)[:DIFFERENCES],
    )


def _differences(this: Noticed, other: Card) -> list[str]:
    """What a chooser would notice first: shape, kind of massage, price, place; then come facts."""
    return [
        *([f"Comes as {_inside(other.form.label)}"] if other.form != this.form else []),
        *_more_and_less("Also does", "Does not do", other.types, this.types),
        *_price(this.price, other.price),
        *_more_and_less("Also for the", "Not for the", other.areas, this.areas),
    ]


def _more_and_less(
    more: str, less: str, theirs: Sequence[Named], ours: Sequence[Named]
) -> list[str]:
    added = [_inside(one.label) for one in theirs if one not in ours]
    missing = [_inside(one.label) for one in ours if one not in theirs]
    return [
        *([f"{more} {_and(added)}"] if added else []),
        *([f"{less} {_and(missing)}"] if missing else []),
    ]


def _price(ours: Price | None, theirs: Price | None) -> list[str]:
    if theirs is None or ours is None or theirs.amount_cents == ours.amount_cents:
        return []
    way = "Lower" if theirs.amount_cents < ours.amount_cents else "Higher"
    return [
        f"{way} price when seen: {theirs.words} in {theirs.month}, "
        f"against {ours.words} in {ours.month}"
    ]


def _differing_facts(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Facts stated for both that are not equal; what is stated for one only tells no difference."""
    return [
        _said(one, ours[one.id], theirs[one.id])
        for one in all_attributes()
        if one.id in ours and one.id in theirs and ours[one.id] != theirs[one.id] and _tells(one)
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
