"""Reading the desk reviews of a seed folder, and storing those that the catalogue bears out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.guidance.storing import Rows, replace
from reviews_app.reviews.checking import check_reviews, known_to
from reviews_app.reviews.exporter import stored_reviews
from reviews_app.reviews.files import REVIEWS, read_reviews
from reviews_app.reviews.models import DeskReview
from reviews_app.reviews.records import Review

Reviews = tuple[Review, ...]


def read(folder: Path, faults: Faults) -> Reviews | None:
    """The reviews below `folder`, each sound by itself; None where the folder holds no reviews."""
    if not (folder / REVIEWS).is_dir():
        return None
    return tuple(read_reviews(folder, faults))


def store(reviews: Reviews | None, faults: Faults) -> Changes:
    """Make the database hold exactly these reviews, and say what that changed; no commit.

    Catalogue and guidance must be stored already: every fact, study and machine a review names is
    looked up in them, and what is not so is a fault. With None the reviews stored before stay,
    and are held against the new facts in the same way.
    """
    before = faults.total
    ours = stored_reviews() if reviews is None else reviews
    known = known_to(ours)
    check_reviews(ours, known, faults)
    if reviews is None or faults.total > before:
        return Changes()
    return _replace({known.machines[one.slug].id: one for one in reviews})


def _replace(reviews: dict[int, Review]) -> Changes:
    ids = sa.select(DeskReview.product_id)
    slugs: dict[int, str] = {
        row.id: row.slug
        for row in db.session.execute(
            sa.select(Product.id, Product.slug).where(
                sa.or_(Product.id.in_(ids), Product.id.in_(reviews))
            )
        )
    }
    rows = [_row(product_id, review) for product_id, review in reviews.items()]
    return replace([Rows(DeskReview, rows, lambda row: ("desk review", slugs[row["product_id"]]))])


def _row(product_id: int, review: Review) -> dict[str, Any]:
    plain = review.record.model_dump(exclude_defaults=True)
    return {
        "alternatives": [],
        **plain,
        "product_id": product_id,
        "body": review.body,
        "written_on": review.record.written_on.isoformat(),
        "checked_on": review.record.checked_on.isoformat(),
    }
