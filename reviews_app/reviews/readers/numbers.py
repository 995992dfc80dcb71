"""How many reviews were received and what became of each, by star and by reason, adding up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.reviews.readers.models import (
    ModerationEntry,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    WaitingReview,
)
from reviews_app.reviews.readers.rules import LATE_AFTER, RATINGS, Action, Reason

AGAINST = (Action.WITHHELD.value, Action.TAKEN_DOWN.value)


@dataclass(frozen=True)
class Withheld:
    """A review that nobody can read, known by the entry of the log that says why."""

    entry: int
    at: dt.datetime
    reason: Reason
    rating: int


@dataclass(frozen=True)
class Fates:
    """Of every review received, what became of it: exactly one of the four, by stars.

    withheld: each with its reason and its entry in the log, newest first. late: how many of those
    that wait have waited longer than we promise.
    """

    published: Mapping[int, int]
    waiting: Mapping[int, int]
    withdrawn: Mapping[int, int]
    withheld: tuple[Withheld, ...]
    late: int = 0
    by_star: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        by_star = Counter(one.rating for one in self.withheld)
        object.__setattr__(self, "by_star", {one: by_star[one] for one in RATINGS})

    @property
    def received(self) -> Mapping[int, int]:
        """How many reviews were received with each number of stars."""
        parts = (self.published, self.waiting, self.by_star, self.withdrawn)
        return {one: sum(part[one] for part in parts) for one in RATINGS}

    @property
    def by_reason(self) -> Mapping[Reason, Mapping[int, int]]:
        """How many are withheld for each reason, by stars; reasons nobody met are left out."""
        found = {
            reason: Counter(one.rating for one in self.withheld if one.reason is reason)
            for reason in Reason
        }
        return {
            reason: {one: counts[one] for one in RATINGS}
            for reason, counts in found.items()
            if counts
        }


def fates(now: dt.datetime, product_id: int | None = None) -> Fates:
    """What became of the reviews of a machine, or of all: a recount, in five statements."""
    review = ReaderReview
    waits = sa.select(WaitingReview.review_id)
    public = sa.select(PublishedReview.review_id)
    return Fates(
        published=_by_star(product_id, PublishedReview),
        waiting=_by_star(product_id, WaitingReview, review.id.not_in(public)),
        withdrawn=_withdrawn(product_id),
        withheld=_withheld(product_id, review.id.not_in(public), review.id.not_in(waits)),
        late=late(now, product_id),
    )


def late(now: dt.datetime, product_id: int | None = None) -> int:
    """How many have waited for a decision longer than we promise."""
    statement = (
        sa.select(sa.func.count())
        .select_from(WaitingReview)
        .join(ReaderReview, ReaderReview.id == WaitingReview.review_id)
        .where(WaitingReview.since < now - LATE_AFTER, _of(product_id, ReaderReview.product_id))
    )
    return db.session.scalar(statement) or 0


def _of(product_id: int | None, column: Any) -> sa.ColumnElement[bool]:
    return sa.true() if product_id is None else column == product_id


def _by_star(
    product_id: int | None,
    where: type[PublishedReview] | type[WaitingReview],
    *but: sa.ColumnElement[bool],
) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(ReviewVersion.rating, sa.func.count())
        .join(where, where.version_id == ReviewVersion.id)
        .join(ReaderReview, ReaderReview.id == ReviewVersion.review_id)
        .where(_of(product_id, ReaderReview.product_id), *but)
        .group_by(ReviewVersion.rating)
    )
    return _all_stars(dict(rows.all()))


def _withdrawn(product_id: int | None) -> dict[int, int]:
    entry = ModerationEntry
    rows = db.session.execute(
        sa.select(entry.rating, sa.func.count())
        .where(entry.action == Action.WITHDRAWN.value, _of(product_id, entry.product_id))
        .group_by(entry.rating)
    )
    return _all_stars({rating or 0: count for rating, count in rows})


def _withheld(product_id: int | None, *which: sa.ColumnElement[bool]) -> tuple[Withheld, ...]:
    """By the last decision against each review that is neither public nor waiting."""
    entry = ModerationEntry
    last = (
        sa.select(sa.func.max(entry.id))
        .join(ReaderReview, ReaderReview.id == entry.review_id)
        .where(entry.action.in_(AGAINST), _of(product_id, ReaderReview.product_id), *which)
        .group_by(entry.review_id)
    )
    rows = db.session.execute(
        sa.select(entry.id, entry.at, entry.reason, entry.rating)
        .where(entry.id.in_(last))
        .order_by(entry.id.desc())
    )
    return tuple(
        Withheld(number, at, Reason(reason or ""), rating or 0)
        for number, at, reason, rating in rows
    )


def _all_stars(found: Mapping[int, int]) -> dict[int, int]:
    return {one: found.get(one, 0) for one in RATINGS}
