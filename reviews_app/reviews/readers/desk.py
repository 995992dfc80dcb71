"""The moderators' desk: what waits, oldest first, with what helps to decide and no stars needed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.reviews.readers.models import (
    ModerationEntry,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    TakedownProposal,
    WaitingReview,
)
from reviews_app.reviews.readers.rules import Action, Reason
from reviews_app.reviews.readers.standing import Standing, entries_of, fold


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    review_id: int
    version: int
    product: str
    slug: str
    title: str
    since: dt.datetime
    is_appeal: bool
    is_edit: bool


@dataclass(frozen=True)
class History:
    """What became of the other reviews of the same author, and how many they are."""

    others: int
    published: int
    withheld: int
    withheld_for: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True)
class Case:
    """All that a moderator needs to decide on one version."""

    review: ReaderReview
    version: ReviewVersion
    product: Product
    waiting: WaitingReview | None
    public: ReviewVersion | None
    proposal: TakedownProposal | None
    standing: Standing
    entries: tuple[ModerationEntry, ...]
    history: History


def queue(limit: int = 50) -> list[Waiting]:
    """What waits for a decision, oldest first, whatever its stars."""
    rows = db.session.execute(
        sa.select(WaitingReview, ReviewVersion, Product.name, Product.slug)
        .join(ReviewVersion, ReviewVersion.id == WaitingReview.version_id)
        .join(ReaderReview, ReaderReview.id == WaitingReview.review_id)
        .join(Product, Product.id == ReaderReview.product_id)
        .order_by(WaitingReview.since, WaitingReview.review_id)
        .limit(limit)
    )
    return [
        Waiting(
            review_id=waiting.review_id,
            version=version.number,
            product=name,
            slug=slug,
            title=version.title,
            since=waiting.since,
            is_appeal=waiting.is_appeal,
            is_edit=version.number > 1,
        )
        for waiting, version, name, slug in rows
    ]


def waiting_count() -> int:
    """How many wait for a decision."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(WaitingReview)) or 0


def proposals() -> list[tuple[TakedownProposal, ReviewVersion, Product]]:
    """Published reviews that one moderator wants taken down, oldest proposal first."""
    rows = db.session.execute(
        sa.select(TakedownProposal, ReviewVersion, Product)
        .join(PublishedReview, PublishedReview.review_id == TakedownProposal.review_id)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .join(Product, Product.id == PublishedReview.product_id)
        .order_by(TakedownProposal.since, TakedownProposal.review_id)
    )
    return [(proposal, version, product) for proposal, version, product in rows]


def bursts() -> list[tuple[str, str, int]]:
    """The machines with reviews that came in a burst: slug, name and how many, most first."""
    count = sa.func.count()
    rows = db.session.execute(
        sa.select(Product.slug, Product.name, count)
        .join(PublishedReview, PublishedReview.product_id == Product.id)
        .where(PublishedReview.in_burst)
        .group_by(Product.slug, Product.name)
        .order_by(count.desc(), Product.slug)
    )
    return [(slug, name, number) for slug, name, number in rows]


def get_case(review_id: int) -> Case:
    """Everything about one review, for a moderator. Raises NotFound."""
    review = db.session.get(ReaderReview, review_id)
    if review is None:
        raise NotFound("There is no such review, or its author has taken it back.")
    waiting = db.session.get(WaitingReview, review_id)
    published = db.session.get(PublishedReview, review_id)
    public = None
    if published is not None:
        public = db.session.get_one(ReviewVersion, published.version_id)
    newest = review.versions[-1]
    entries = entries_of(review_id)
    return Case(
        review=review,
        version=newest,
        product=db.session.get_one(Product, review.product_id, options=[joinedload(Product.brand)]),
        waiting=waiting,
        public=public,
        proposal=db.session.get(TakedownProposal, review_id),
        standing=fold(entries),
        entries=tuple(entries),
        history=_history(review),
    )


def _history(review: ReaderReview) -> History:
    if review.account_id is None:
        return History(0, 0, 0, ())
    others = list(
        db.session.scalars(
            sa.select(ReaderReview.id).where(
                ReaderReview.account_id == review.account_id, ReaderReview.id != review.id
            )
        )
    )
    published = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(PublishedReview)
        .where(PublishedReview.review_id.in_(others))
    )
    against = db.session.scalars(
        sa.select(ModerationEntry.reason).where(
            ModerationEntry.review_id.in_(others),
            ModerationEntry.action.in_((Action.WITHHELD.value, Action.TAKEN_DOWN.value)),
        )
    ).all()
    counted = Counter(Reason(one) for one in against if one)
    return History(len(others), published or 0, len(against), tuple(counted.most_common()))
