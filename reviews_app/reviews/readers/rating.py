"""What the published reviews of a machine come to, worked out from all of them at every change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.remembering import each_once
from reviews_app.db import db
from reviews_app.reviews.readers import holding
from reviews_app.reviews.readers.bursts import in_a_burst
from reviews_app.reviews.readers.models import ProductRating, PublishedReview, ReviewVersion
from reviews_app.reviews.readers.rules import PRIOR_RATING, PRIOR_REVIEWS, disclosures

MOST_REMEMBERED = 20_000
"""Machines whose rating, or that there is none, one process remembers."""


@dataclass(frozen=True)
class Rating:
    """How many reviews of a machine are published, how many count, and what these come to.

    mean_centi, shrunk_centi: hundredths of a star, None where none counts.
    """

    published: int
    counted: int
    mean_centi: int | None
    shrunk_centi: int | None


def rating_of(counted: Iterable[int], published: int) -> Rating:
    """The rating from the stars that count; the shrunk mean has the published prior beside them."""
    stars = list(counted)
    if not stars:
        return Rating(published, 0, None, None)
    prior = PRIOR_REVIEWS * PRIOR_RATING
    return Rating(
        published,
        len(stars),
        _centi(sum(stars), len(stars)),
        _centi(sum(stars) + prior, len(stars) + PRIOR_REVIEWS),
    )


def recount(product_id: int) -> None:
    """Work out again which published reviews of a machine count, and what they come to.

    In the transaction of whoever changed what is published.
    """
    db.session.flush()
    rows = db.session.execute(
        sa.select(PublishedReview, ReviewVersion.rating, ReviewVersion.how_got, ReviewVersion.tie)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .where(PublishedReview.product_id == product_id)
        .order_by(PublishedReview.review_id)
    ).all()
    burst = in_a_burst([(one.received_at, stars) for one, stars, _, _ in rows])
    held = holding.held_among(one.review_id for one, *_ in rows)
    for place, (one, _, how_got, tie) in enumerate(rows):
        one.in_burst = place in burst
        one.in_ring = one.review_id in held
        one.counts = not (one.in_burst or one.in_ring or disclosures(how_got, tie))
    found = rating_of((stars for one, stars, _, _ in rows if one.counts), len(rows))
    _store(product_id, found)
    db.session.flush()


def ratings_of(product_ids: Collection[int]) -> dict[int, Rating]:
    """The ratings of those machines that have a published review, by id, in one statement."""
    found = each_once("ratings", product_ids, _ratings_or_none, most=MOST_REMEMBERED)
    return {one: rating for one, rating in found.items() if rating is not None}


def _ratings_or_none(product_ids: Collection[int]) -> dict[int, Rating | None]:
    """With None for the others, so that they are not asked for again."""
    rows = db.session.scalars(
        sa.select(ProductRating).where(ProductRating.product_id.in_(product_ids))
    )
    found = {
        one.product_id: Rating(one.published, one.counted, one.mean_centi, one.shrunk_centi)
        for one in rows
    }
    return {one: found.get(one) for one in product_ids}


def _store(product_id: int, found: Rating) -> None:
    stored = db.session.get(ProductRating, product_id)
    if stored is not None and not found.published:
        db.session.delete(stored)
    elif found.published:
        if stored is None:
            stored = ProductRating(product_id=product_id)
            db.session.add(stored)
        stored.published, stored.counted = found.published, found.counted
        stored.mean_centi, stored.shrunk_centi = found.mean_centi, found.shrunk_centi


def _centi(numerator: int, denominator: int) -> int:
    """The nearest hundredth, half upwards, in whole numbers."""
    return (200 * numerator + denominator) // (2 * denominator)
