"""What follows from a decision: what waits, what everybody can read, and that pages learn of it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from reviews_app.reviews.readers import rating
from reviews_app.reviews.readers.models import (
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    TakedownProposal,
    WaitingReview,
)


def wait(review: ReaderReview, version: ReviewVersion, at: dt.datetime, *, is_appeal: bool) -> None:
    """Put a version among those that wait, instead of an older one of the same review."""
    db.session.execute(sa.delete(WaitingReview).where(WaitingReview.review_id == review.id))
    db.session.add(
        WaitingReview(review_id=review.id, version_id=version.id, since=at, is_appeal=is_appeal)
    )


def stop_waiting(review_id: int) -> None:
    """Take a review from those that wait."""
    db.session.execute(sa.delete(WaitingReview).where(WaitingReview.review_id == review_id))


def publish(review: ReaderReview, version: ReviewVersion, at: dt.datetime) -> None:
    """Let everybody read this version, and no other of the review."""
    take_down(review.id)
    db.session.add(
        PublishedReview(
            review_id=review.id,
            version_id=version.id,
            product_id=review.product_id,
            received_at=review.received_at,
            published_at=at,
            in_burst=False,
            in_ring=False,
            counts=False,
        )
    )
    changed(review.product_id)


def take_down(review_id: int) -> None:
    """Let nobody read the review any more; who does not publish it anew says `changed`."""
    close_proposal(review_id)
    db.session.execute(sa.delete(PublishedReview).where(PublishedReview.review_id == review_id))


def close_proposal(review_id: int) -> None:
    """No longer ask whether a published review is to be taken down."""
    db.session.execute(sa.delete(TakedownProposal).where(TakedownProposal.review_id == review_id))


def is_public(review_id: int) -> bool:
    """Whether everybody can read a version of the review."""
    return db.session.get(PublishedReview, review_id) is not None


def changed(product_id: int) -> None:
    """Count the machine's reviews anew and tell every page and index that shows them."""
    rating.recount(product_id)
    raise_revision([product_id])
