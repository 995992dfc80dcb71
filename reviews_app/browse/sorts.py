"""The orders of the listing (rule 9), and how one becomes ORDER BY."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reviews_app.browse.conditions import among
from reviews_app.browse.facets import RATING, RELEVANCE, SCORE, Asked, Sort, Vocabulary
from reviews_app.browse.presence import price_cents
from reviews_app.browse.totals import total_centi
from reviews_app.browse.words import EXACT, FUZZY, PREFIX
from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.reviews.readers.models import ProductRating

RELEASE_YEAR = "release_year"


def order_by(name: str, vocabulary: Vocabulary, asked: Asked) -> list[sa.ColumnElement[Any]]:
    """The keys of an order, total: unknown last, slug at the end; relevance before the first.

    Machines with an open recall come last in every order.
    """
    sorts = [vocabulary.sort[name]]
    if name == RELEVANCE:
        sorts.append(vocabulary.sorts[0])
    keys: list[sa.ColumnElement[Any]] = [sa.case((is_recalled(), 1), else_=0)]
    for sort in sorts:
        key = sort.key(asked)
        keys += [key.is_(None), key.desc() if sort.descending else key.asc()]
    return [*keys, Product.slug.asc()]


def _facts_known(_asked: Asked) -> sa.ColumnElement[Any]:
    return (
        sa.select(sa.func.count())
        .where(Fact.product_id == Product.id, Fact.accepted)
        .correlate(Product)
        .scalar_subquery()
    )


def _name(_asked: Asked) -> sa.ColumnElement[Any]:
    """Without regard to capitals from A to Z; others sort by code point on every database."""
    return sa.func.lower(Product.name)


def _released(_asked: Asked) -> sa.ColumnElement[Any]:
    return (
        sa.select(sa.func.max(Fact.number_high))
        .where(Fact.product_id == Product.id, Fact.accepted, Fact.attribute_id == RELEASE_YEAR)
        .correlate(Product)
        .scalar_subquery()
    )


def _price(asked: Asked) -> sa.ColumnElement[Any]:
    return price_cents(asked.currency)


def _rating(_asked: Asked) -> sa.ColumnElement[Any]:
    """The mean with the published prior beside it, so that a single review does not decide."""
    return (
        sa.select(ProductRating.shrunk_centi)
        .where(ProductRating.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )


def _word_class(asked: Asked) -> sa.ColumnElement[Any]:
    by_class: dict[int, list[int]] = {EXACT: [], PREFIX: []}
    for product_id, word_class in asked.word_classes.items():
        by_class.get(word_class, []).append(product_id)
    better = [(among(ids), sa.literal(one)) for one, ids in by_class.items()]
    return sa.case(*better, else_=sa.literal(FUZZY))


SORTS = (
    Sort("facts", "Most facts known", _facts_known, descending=True),
    Sort(RELEVANCE, "Best match", _word_class),
    Sort("name", "Name", _name),
    Sort("newest", "Newest", _released, descending=True),
    Sort(RATING, "Readers’ rating", _rating, descending=True),
    Sort("price", "Price, lowest first", _price),
    Sort("-price", "Price, highest first", _price, descending=True),
)
"""The orders of every catalogue; the first is the default where no method is published."""

BY_SCORE = Sort(SCORE, "Our score", total_centi, descending=True)
