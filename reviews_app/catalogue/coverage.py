"""How much of the catalogue is known, in numbers, so that a reader can see what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.cards import all_attributes
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Brand,
    Fact,
    Product,
    ProductType,
    RatingElsewhere,
)
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import db

LEFT = sa.select(Product.id).where(Product.retired_at.is_not(None))
"""The machines that left the catalogue."""


@dataclass(frozen=True)
class Coverage:
    """Counts over the machines in the catalogue.

    `known` of `applicable` are the accepted facts among all that could be stated; `disagreeing`
    are attributes of a machine on which sources differ or repeat each other. by_attribute: best
    known first.
    """

    machines: int
    brands: int
    unnamed: int
    sources: int
    weak_sources: int
    facts: int
    known: int
    applicable: int
    disagreeing: int
    without_price: int
    without_rating: int
    without_cited_type: int
    by_attribute: tuple[AttributeCoverage, ...]

    @property
    def percent_known(self) -> int:
        """Of a hundred things that could be stated, how many are."""
        return round(100 * self.known / self.applicable) if self.applicable else 0


@dataclass(frozen=True)
class AttributeCoverage:
    """Of the machines an attribute can apply to, how many have it stated."""

    attribute: Attribute
    known: int
    applicable: int

    @property
    def percent(self) -> int:
        """Of a hundred machines it can apply to, how many state it."""
        return round(100 * self.known / self.applicable) if self.applicable else 0


def coverage() -> Coverage:
    """What is known and what is missing, in six statements."""
    here = Product.retired_at.is_(None)
    counts = {
        "brands": sa.select(Brand.id).where(sa.exists().where(Product.brand_id == Brand.id, here)),
        "unnamed": sa.select(Product.id).where(here, Product.brand_id.is_(None)),
        "sources": sa.select(Source.id),
        "weak_sources": sa.select(Source.id).where(Source.weak),
        # Of several facts on one attribute exactly one is accepted. Said so that the index of facts
        # by attribute leads to the others.
        "disagreeing": sa.select(Fact.product_id, Fact.attribute_id)
        .where(
            Fact.attribute_id.in_(sa.select(Attribute.id)),
            Fact.accepted == sa.false(),
            Fact.product_id.not_in(LEFT),
        )
        .distinct(),
        "without_price": _without(PriceObservation),
        "without_rating": _without(RatingElsewhere),
        "without_cited_type": sa.select(Product.id).where(
            here,
            ~sa.exists().where(
                ProductType.product_id == Product.id, ProductType.source_id.is_not(None)
            ),
        ),
    }
    row = db.session.execute(
        sa.select(
            *(
                sa.select(sa.func.count()).select_from(statement.subquery()).scalar_subquery()
                for statement in counts.values()
            )
        )
    ).one()
    found: dict[str, int] = dict(zip(counts, row, strict=True))
    forms, facts = _machines(), _facts()
    by_attribute = [
        AttributeCoverage(
            attribute,
            facts.get((attribute.id, True), 0),
            sum(n for form, n in forms.items() if attribute.applies_to(form)),
        )
        for attribute in all_attributes()
    ]
    return Coverage(
        **found,
        machines=sum(forms.values()),
        facts=sum(facts.values()),
        known=sum(one.known for one in by_attribute),
        applicable=sum(one.applicable for one in by_attribute),
        by_attribute=tuple(sorted(by_attribute, key=lambda one: -one.percent)),
    )


@once_a_revision
def _machines() -> dict[str, int]:
    """How many machines there are of each form."""
    here = Product.retired_at.is_(None)
    counted = sa.select(Product.form_id, sa.func.count()).where(here).group_by(Product.form_id)
    return dict(db.session.execute(counted).all())


@once_a_revision
def _facts() -> dict[tuple[str, bool], int]:
    """How many facts there are of machines in the catalogue, by attribute and whether accepted.

    All, less those of machines that left: to ask each fact for its machine would take ten times
    as long as to count them in their index.
    """
    counted = sa.select(Fact.attribute_id, Fact.accepted, sa.func.count()).group_by(
        Fact.attribute_id, Fact.accepted
    )
    left = counted.where(Fact.product_id.in_(LEFT))
    gone = {(name, accepted): count for name, accepted, count in db.session.execute(left)}
    return {
        (name, accepted): count - gone.get((name, accepted), 0)
        for name, accepted, count in db.session.execute(counted)
    }


def _without(model: type[PriceObservation | RatingElsewhere]) -> sa.Select[Any]:
    return sa.select(Product.id).where(
        Product.retired_at.is_(None), ~sa.exists().where(model.product_id == Product.id)
    )
