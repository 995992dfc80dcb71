"""Which reviews are of a ring: several people whose reviews of one maker's machines share a mark.

The rule is published. It looks at where reviews came from and at their words, never at stars, and
follows what is shared from one review to the next. The work is that of the reviews that share.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers import marks
from reviews_app.reviews.readers.models import ReaderReview, ReviewMark
from reviews_app.reviews.readers.rules import (
    FEWEST_RUNS_ALIKE,
    MARKS_KEPT,
    OWN_SHARE_PERCENT,
    RING_PEOPLE,
    RUNS_ALIKE_PERCENT,
    Shared,
)

Link = tuple[int, int, Shared]
"""Two reviews, and what they share."""

Ring = dict[int, set[Shared]]
"""The reviews of a ring, and what links each to others of it."""

mine, other = aliased(ReviewMark), aliased(ReviewMark)


def ring_of(review: ReaderReview, at: dt.datetime) -> Ring:
    """The ring that a review with its marks belongs to; empty where it belongs to none."""
    since, maker = at - MARKS_KEPT, marks.maker_of(review.product_id)
    found: Ring = defaultdict(set)
    reached, new = {review.id}, {review.id}
    while new:
        links = [*_by_place(new, maker, since), *_by_text(new, since)]
        for one, another, shared in links:
            found[one].add(shared)
            found[another].add(shared)
        new = set(found) - reached
        reached |= new
    return dict(found) if _people(reached) >= RING_PEOPLE else {}


def _by_place(ids: Collection[int], maker: str, since: dt.datetime) -> Iterator[Link]:
    """Links by an address or a device, of those where enough people write of this maker."""
    rows = db.session.execute(
        sa.select(
            other.kind,
            other.digest,
            other.review_id,
            ReaderReview.account_id,
            Product.id,
            Product.brand_id,
        )
        .select_from(other)
        .join(ReaderReview, ReaderReview.id == other.review_id)
        .join(Product, Product.id == ReaderReview.product_id)
        .where(
            other.kind != Shared.TEXT.value,
            other.at > since,
            sa.exists().where(
                mine.kind == other.kind, mine.digest == other.digest, mine.review_id.in_(ids)
            ),
        )
    )
    places: dict[tuple[str, int], dict[int, tuple[int, bool]]] = defaultdict(dict)
    for kind, digest, review_id, account_id, product_id, brand_id in rows:
        is_theirs = marks.maker(product_id, brand_id) == maker
        places[kind, digest][review_id] = (account_id or -review_id, is_theirs)
    for (kind, _), there in places.items():
        own = {review_id: person for review_id, (person, theirs) in there.items() if theirs}
        everybody = {person for person, _ in there.values()}
        if len(set(own.values())) * 100 >= OWN_SHARE_PERCENT * len(everybody):
            first, *rest = sorted(own)
            yield from ((first, one, Shared(kind)) for one in rest)


def _by_text(ids: Collection[int], since: dt.datetime) -> Iterator[Link]:
    """Links by what was written: enough of the runs kept of the longer text are in both."""
    shared = sa.func.count()
    rows = db.session.execute(
        sa.select(mine.review_id, other.review_id, shared)
        .join(
            other,
            sa.and_(
                other.digest == mine.digest,
                other.kind == mine.kind,
                other.review_id != mine.review_id,
            ),
        )
        .where(mine.kind == Shared.TEXT.value, mine.review_id.in_(ids), other.at > since)
        .group_by(mine.review_id, other.review_id)
        .having(shared >= FEWEST_RUNS_ALIKE)
    ).all()
    kept = _runs_kept({one for row in rows for one in row[:2]})
    for one, another, count in rows:
        if count * 100 >= RUNS_ALIKE_PERCENT * max(kept[one], kept[another]):
            yield one, another, Shared.TEXT


def _runs_kept(ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(ReviewMark.review_id, sa.func.count())
        .where(ReviewMark.kind == Shared.TEXT.value, ReviewMark.review_id.in_(ids))
        .group_by(ReviewMark.review_id)
    )
    return dict(rows.all())


def _people(ids: Iterable[int]) -> int:
    """How many people wrote these; who has left counts for each review of theirs."""
    rows = db.session.execute(
        sa.select(ReaderReview.id, ReaderReview.account_id).where(ReaderReview.id.in_(ids))
    )
    return len({account_id or -review_id for review_id, account_id in rows})
