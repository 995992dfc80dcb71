"""Desk reviews in a list: the verdict of each machine that has one, and all of them by type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from reviews_app.catalogue.products import Fact, Product, ProductType
from reviews_app.catalogue.remembering import each_once
from reviews_app.catalogue.vocabulary import Attribute, MassageType
from reviews_app.db import db
from reviews_app.reviews.models import DeskReview
from reviews_app.reviews.pieces import Answer, Token, line, words
from reviews_app.reviews.reading import answer

MOST_REMEMBERED = 20_000
"""Machines whose verdict, or that there is none, one process remembers."""


@dataclass(frozen=True)
class Listed:
    """A review in a list."""

    slug: str
    name: str
    brand: str | None
    verdict: str
    written_on: str


@dataclass(frozen=True)
class Shelf:
    """The reviews of machines whose first massage type this is, newest first.

    A type that an editor gave comes before one that follows by rule.
    """

    type: MassageType
    reviews: tuple[Listed, ...]


def verdicts(slugs: Collection[str]) -> dict[str, str]:
    """The verdict of each of the machines that has a review, by slug, in one statement."""
    found = each_once("verdicts", slugs, _verdicts_or_none, most=MOST_REMEMBERED)
    return {slug: verdict for slug, verdict in found.items() if verdict is not None}


def _verdicts_or_none(slugs: Collection[str]) -> dict[str, str | None]:
    """With None for the others, so that they are not asked for again."""
    found = _verdicts(Product.slug.in_(slugs))
    return {slug: found.get(slug) for slug in slugs}


def shelves() -> list[Shelf]:
    """Every review once, under the first massage type of its machine; types in their order.

    A fixed number of statements.
    """
    said = _verdicts(sa.true())
    query = (
        sa.select(Product, DeskReview.written_on)
        .join(DeskReview, DeskReview.product_id == Product.id)
        .where(Product.retired_at.is_(None))
        .order_by(DeskReview.written_on.desc(), Product.slug)
        .options(
            joinedload(Product.brand),
            selectinload(Product.types).joinedload(ProductType.type),
            raiseload("*"),
        )
    )
    found: defaultdict[MassageType, list[Listed]] = defaultdict(list)
    for product, written_on in db.session.execute(query):
        first = min(product.types, key=lambda one: (one.assigned_by != "editor", one.position)).type
        brand = product.brand.name if product.brand else None
        found[first].append(
            Listed(product.slug, product.name, brand, said[product.slug], written_on)
        )
    ordered = sorted(found.items(), key=lambda one: one[0].position)
    return [Shelf(kind, tuple(listed)) for kind, listed in ordered]


def a_few(n: int) -> list[Listed]:
    """Up to `n` reviews, the newest of each massage type, types in their order."""
    return [shelf.reviews[0] for shelf in shelves()[:n]]


def _verdicts(which: sa.ColumnElement[bool]) -> dict[str, str]:
    """By slug; a value that the verdict names comes with it."""
    named = DeskReview.verdict.contains("{" + Fact.attribute_id + "}")
    rows = db.session.execute(
        sa.select(Product.slug, DeskReview.verdict, Fact, Attribute)
        .join(DeskReview, DeskReview.product_id == Product.id)
        .outerjoin(Fact, sa.and_(Fact.product_id == Product.id, Fact.accepted, named))
        .outerjoin(Attribute, Attribute.id == Fact.attribute_id)
        .where(which, Product.retired_at.is_(None))
    ).all()
    texts: dict[str, str] = {row.slug: row.verdict for row in rows}
    answers: defaultdict[str, dict[Token, Answer]] = defaultdict(dict)
    for slug, _, fact, attribute in rows:
        if attribute is not None:
            answers[slug][Token("", attribute.id)] = answer(fact, attribute)
    return {slug: words(line(text, answers[slug])) for slug, text in texts.items()}
