"""Writing the stored desk reviews back as the files they came from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.files import REVIEWS, review_text
from reviews_app.reviews.models import DeskReview
from reviews_app.reviews.records import Review, ReviewRecord


def write(folder: Path) -> None:
    """Write `reviews/` below `folder`; nothing where there is no review.

    Importing what was written changes nothing, and exporting that gives the same bytes again.
    """
    for review in stored_reviews():
        path = folder / review.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(review_text(review), encoding="utf-8", newline="\n")


def stored_reviews() -> tuple[Review, ...]:
    """Every review of a machine that has not left the catalogue, by slug, as its file says it."""
    query = sa.select(DeskReview).join(DeskReview.product).options(joinedload(DeskReview.product))
    found = db.session.scalars(query.where(Product.retired_at.is_(None)).order_by(Product.slug))
    return tuple(review_of(one, one.product.slug) for one in found)


def review_of(stored: DeskReview, slug: str) -> Review:
    """The review of the product with that slug, as its file says it."""
    plain = {name: getattr(stored, name) for name in ReviewRecord.model_fields}
    plain["written_on"] = date.fromisoformat(stored.written_on)
    plain["checked_on"] = date.fromisoformat(stored.checked_on)
    return Review(slug, ReviewRecord.model_validate(plain), stored.body, f"{REVIEWS}/{slug}.md")
