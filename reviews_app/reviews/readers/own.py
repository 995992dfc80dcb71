"""An author's own reviews: where each stands, why, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers.holding import is_held
from reviews_app.reviews.readers.models import ReaderReview, ReviewVersion
from reviews_app.reviews.readers.standing import Standing, State, standing_of
from reviews_app.reviews.readers.submission import paragraphs


@dataclass(frozen=True)
class OwnReview:
    """One of them, with its newest version; `is_held` while it is out of the mean for a ring."""

    id: int
    slug: str
    product: str
    version: ReviewVersion
    standing: Standing
    is_held: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its text."""
        return paragraphs(self.version.text)

    @property
    def may_appeal(self) -> bool:
        """Whether another moderator can be asked."""
        return self.standing.state is State.WITHHELD and not self.standing.has_appealed


def own_reviews(account_id: int) -> list[OwnReview]:
    """Every review of a person, newest first."""
    rows = db.session.execute(
        sa.select(ReaderReview, Product.slug, Product.name)
        .join(Product, Product.id == ReaderReview.product_id)
        .where(ReaderReview.account_id == account_id)
        .order_by(ReaderReview.id.desc())
    )
    return [
        OwnReview(
            review.id, slug, name, review.versions[-1], standing_of(review.id), is_held(review.id)
        )
        for review, slug, name in rows
    ]
