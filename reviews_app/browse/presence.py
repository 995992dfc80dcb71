"""Knows in SQL which machines state a number: rows of range or fit, state, span and product."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from reviews_app.browse.facets import PRICE, RATING, SCORE, Asked, Fit, Range
from reviews_app.browse.totals import total_centi
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.prices import REGULAR
from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, AttributeExclusion
from reviews_app.reviews.readers.models import ProductRating

STATED = "stated"

Presence = sa.Select[str, str, float | None, float | None, int]

NOTHING = sa.cast(sa.null(), sa.Float)


def presence(
    ranges: Iterable[Range] = (), fits: Iterable[Fit] = (), *, asked: Asked
) -> sa.Subquery:
    """Every (name, state, low, high, product_id) of machines that state a number or cannot have it.

    state is STATED, with the span as it is stored (`Range.per`), or NOT_APPLICABLE; who has no row
    does not state it. Retired products are among them. Needs at least one range or fit.
    """
    ranges, fits = tuple(ranges), tuple(fits)
    ids = [declared.name for declared in ranges if declared.is_attribute]
    arms: list[Presence] = [_spans(ids), _not_applicable(ids)] if ids else []
    if any(declared.is_price for declared in ranges):
        arms.append(_whole(PRICE, price_cents(asked.currency)))
    if any(declared.is_score for declared in ranges):
        arms.append(_whole(SCORE, total_centi(asked)))
    if any(declared.name == RATING for declared in ranges):
        arms.append(_whole(RATING, mean_centi()))
    for fit in fits:
        arms += [_limits(fit), _fit_not_applicable(fit)]
    return sa.union_all(*arms).subquery("presence")


def price_cents(currency: str | None) -> sa.ScalarSelect[int]:
    """The price of `Product`, as rule 15 says: latest month, of several in it the highest."""
    return (
        sa.select(PriceObservation.amount_cents)
        .where(
            PriceObservation.product_id == Product.id,
            PriceObservation.currency == currency,
            PriceObservation.terms == REGULAR,
            PriceObservation.as_of.is_not(None),
        )
        .order_by(PriceObservation.as_of.desc(), PriceObservation.amount_cents.desc())
        .limit(1)
        .correlate(Product)
        .scalar_subquery()
    )


def mean_centi() -> sa.ScalarSelect[int | None]:
    """The mean of the reader reviews of `Product`, in hundredths of a star; null without any."""
    return (
        sa.select(ProductRating.mean_centi)
        .where(ProductRating.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )


def _spans(attribute_ids: list[str]) -> Presence:
    return sa.select(
        Fact.attribute_id.label("name"),
        sa.literal(STATED).label("state"),
        Fact.number_low.label("low"),
        Fact.number_high.label("high"),
        Fact.product_id.label("product_id"),
    ).where(Fact.accepted, Fact.number_low.is_not(None), Fact.attribute_id.in_(attribute_ids))


def _not_applicable(attribute_ids: list[str]) -> Presence:
    excluded = AttributeExclusion
    stated = sa.exists().where(
        Fact.product_id == Product.id,
        Fact.attribute_id == excluded.attribute_id,
        Fact.accepted,
        Fact.number_low.is_not(None),
    )
    return (
        sa.select(excluded.attribute_id, sa.literal(NOT_APPLICABLE), NOTHING, NOTHING, Product.id)
        .join_from(excluded, Product, Product.form_id == excluded.form_id)
        .where(excluded.attribute_id.in_(attribute_ids), ~stated)
    )


def _whole(name: str, number: sa.ScalarSelect[Any]) -> Presence:
    """A number that is no fact, of the machines that have it."""
    having = sa.select(Product.id, number.label("number")).subquery()
    as_float = sa.cast(having.c.number, sa.Float)
    return sa.select(
        sa.literal(name).label("name"),
        sa.literal(STATED).label("state"),
        as_float.label("low"),
        as_float.label("high"),
        having.c.id.label("product_id"),
    ).where(having.c.number.is_not(None))


def _limits(fit: Fit) -> Presence:
    return (
        sa.select(
            sa.literal(fit.name).label("name"),
            sa.literal(STATED).label("state"),
            NOTHING.label("low"),
            NOTHING.label("high"),
            Fact.product_id.label("product_id"),
        )
        .where(Fact.accepted, Fact.number_low.is_not(None), Fact.attribute_id.in_(_ids(fit)))
        .distinct()
    )


def _fit_not_applicable(fit: Fit) -> Presence:
    """Machines of a form that none of the limits can apply to, and that state none."""
    ids = _ids(fit)
    excluded = (
        sa.select(AttributeExclusion.form_id)
        .where(AttributeExclusion.attribute_id.in_(ids))
        .group_by(AttributeExclusion.form_id)
        .having(sa.func.count() == len(ids))
    )
    stated = sa.exists().where(
        Fact.product_id == Product.id,
        Fact.attribute_id.in_(ids),
        Fact.accepted,
        Fact.number_low.is_not(None),
    )
    return sa.select(
        sa.literal(fit.name), sa.literal(NOT_APPLICABLE), NOTHING, NOTHING, Product.id
    ).where(Product.form_id.in_(excluded), ~stated)


def _ids(fit: Fit) -> list[str]:
    return [limit.attribute_id for limit in fit.limits]
