"""Which published reviews readers found helpful: one vote a person, none on one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base, db
from reviews_app.errors import NotFound, Refused
from reviews_app.reviews.readers import banning
from reviews_app.reviews.readers.models import PublishedReview, ReaderReview


class HelpfulVote(Base):
    """One person found one review helpful."""

    __tablename__ = "helpful_vote"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[dt.datetime]


def vote(review_id: int, account_id: int, at: dt.datetime) -> None:
    """Say that a published review was helpful; saying it twice changes nothing.

    Raises NotFound where none is published, Refused for one's own and for who is banned. The
    caller commits.
    """
    banning.check(account_id)
    review = _published(review_id)
    if review.account_id == account_id:
        raise Refused("This review is your own. Others say whether it helps.")
    if db.session.get(HelpfulVote, (review_id, account_id)) is None:
        db.session.add(HelpfulVote(review_id=review_id, account_id=account_id, at=at))
        db.session.flush()


def take_back(review_id: int, account_id: int) -> None:
    """No longer say so."""
    _published(review_id)
    db.session.execute(
        sa.delete(HelpfulVote).where(
            HelpfulVote.review_id == review_id, HelpfulVote.account_id == account_id
        )
    )


def has_voted(review_id: int, account_id: int) -> bool:
    """Whether this person said that the review was helpful."""
    return db.session.get(HelpfulVote, (review_id, account_id)) is not None


def helpful_counts(review_ids: Collection[int]) -> dict[int, int]:
    """How many found each of the reviews helpful, by id, in one statement."""
    rows = db.session.execute(
        sa.select(HelpfulVote.review_id, sa.func.count())
        .where(HelpfulVote.review_id.in_(review_ids))
        .group_by(HelpfulVote.review_id)
    )
    return dict(rows.all())


def helpful_count_of_review() -> sa.ScalarSelect[int]:
    """In SQL, how many found `PublishedReview` helpful."""
    return (
        sa.select(sa.func.count())
        .where(HelpfulVote.review_id == PublishedReview.review_id)
        .correlate(PublishedReview)
        .scalar_subquery()
    )


def _published(review_id: int) -> ReaderReview:
    if db.session.get(PublishedReview, review_id) is None:
        raise NotFound("There is no such review.")
    return db.session.get_one(ReaderReview, review_id)
