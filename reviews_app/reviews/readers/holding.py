"""What is held because it shares something with others: readable, labelled, out of the mean.

A rule holds, a moderator clears: one review at a time, and what was cleared is not held again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.log import Subject
from reviews_app.reviews.readers.models import (
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    RingHold,
    WaitingReview,
)
from reviews_app.reviews.readers.rings import Ring
from reviews_app.reviews.readers.rules import Action, Shared


@dataclass(frozen=True)
class Held:
    """A review of a ring, and what it shares with others of it; no longer held once `cleared`."""

    review_id: int
    ring: int
    title: str
    product: str
    since: dt.datetime
    shared: tuple[Shared, ...]
    cleared: bool


def hold(ring: Ring, at: dt.datetime) -> set[int]:
    """Hold the reviews of a ring that are not held yet; gives the machines whose mean changes.

    A ring that was found before goes on under its number, and two that meet become one.
    """
    known = {
        one.review_id: one
        for one in db.session.scalars(sa.select(RingHold).where(RingHold.review_id.in_(ring)))
    }
    numbers = {one.ring for one in known.values()}
    number = min(numbers, default=min(ring))
    for one in db.session.scalars(sa.select(RingHold).where(RingHold.ring.in_(numbers))):
        one.ring = number
    changed = set()
    for review_id, shared in sorted(ring.items()):
        if review_id in known:
            known[review_id].shared = _said(shared | set(_read(known[review_id].shared)))
            continue
        db.session.add(
            RingHold(
                review_id=review_id, ring=number, shared=_said(shared), since=at, cleared_at=None
            )
        )
        review = db.session.get_one(ReaderReview, review_id)
        log.record(Action.HELD, at, Subject(review, review.versions[-1]))
        if db.session.get(PublishedReview, review_id) is not None:
            changed.add(review.product_id)
    db.session.flush()
    return changed


def is_held(review_id: int) -> bool:
    """Whether a review is held now."""
    return review_id in held_among([review_id])


def held_among(review_ids: Iterable[int]) -> set[int]:
    """Which of these reviews are held now."""
    open_now = sa.select(RingHold.review_id).where(
        RingHold.review_id.in_(list(review_ids)), RingHold.cleared_at.is_(None)
    )
    return set(db.session.scalars(open_now))


def to_be_cleared() -> list[Held]:
    """All that is held and waits or is public, ring by ring, the oldest first."""
    waits = sa.select(WaitingReview.review_id)
    public = sa.select(PublishedReview.review_id)
    is_open = RingHold.cleared_at.is_(None)
    alive = RingHold.review_id.in_(waits) | RingHold.review_id.in_(public)
    return sorted(_held(is_open, alive), key=lambda one: (one.ring, one.review_id))


def ring_around(review_id: int) -> list[Held]:
    """All reviews of the ring that one belongs to, itself first; empty where it is in none."""
    own = db.session.get(RingHold, review_id)
    found = _held(RingHold.ring == own.ring) if own else []
    return sorted(found, key=lambda one: (one.review_id != review_id, one.review_id))


def _held(*which: sa.ColumnElement[bool]) -> list[Held]:
    newest = (
        sa.select(sa.func.max(ReviewVersion.id))
        .where(ReviewVersion.review_id == RingHold.review_id)
        .correlate(RingHold)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(RingHold, ReviewVersion.title, Product.name)
        .join(ReaderReview, ReaderReview.id == RingHold.review_id)
        .join(ReviewVersion, ReviewVersion.id == newest)
        .join(Product, Product.id == ReaderReview.product_id)
        .where(*which)
    )
    return [
        Held(
            review_id=one.review_id,
            ring=one.ring,
            title=title,
            product=product,
            since=one.since,
            shared=_read(one.shared),
            cleared=one.cleared_at is not None,
        )
        for one, title, product in rows
    ]


def _said(shared: Iterable[Shared]) -> str:
    return " ".join(sorted(shared))


def _read(said: str) -> tuple[Shared, ...]:
    return tuple(Shared(one) for one in said.split())
