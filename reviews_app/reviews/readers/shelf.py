"""The published reviews of a machine as pages show them. Nothing that is not published is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.guidance.models import Need
from reviews_app.reviews.readers.answers import PublicAnswer, public_answers
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.models import (
    ProductRating,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    VersionNeed,
)
from reviews_app.reviews.readers.rules import HOW_SAID, RATINGS, Fitted, Proof, disclosures
from reviews_app.reviews.readers.submission import paragraphs
from reviews_app.reviews.readers.votes import helpful_count_of_review, helpful_counts

PER_PAGE = 20

Row = tuple[PublishedReview, ReviewVersion, int | None]


@dataclass(frozen=True)
class PublicReview:
    """A review that everybody can read. `account_id` is None for a former member.

    disclosures: what must stand beside its stars. counts: whether it is in the mean; if not,
    in_burst, in_ring or a disclosure is why. answer_is_to_earlier: the review was edited since.
    """

    id: int
    product_id: int
    account_id: int | None
    rating: int
    title: str
    paragraphs: tuple[str, ...]
    months_owned: int
    needs: tuple[str, ...]
    calf: str | None
    fitted: str | None
    broke: str | None
    broke_after_months: int | None
    how_got: str
    disclosures: tuple[str, ...]
    proof: str
    received_at: dt.datetime
    published_at: dt.datetime
    is_edited: bool
    in_burst: bool
    in_ring: bool
    counts: bool
    helpful: int
    answer: PublicAnswer | None
    answer_is_to_earlier: bool


@dataclass(frozen=True)
class ShelfOfReviews:
    """One page of what was chosen, how many that are, and the stars of all that are published.

    stars: how many reviews have each number of stars, whatever is chosen. without_stars: how many
    of the choice there are with each number of stars if only that did not matter.
    """

    reviews: tuple[PublicReview, ...]
    total: int
    page: int
    pages: int
    stars: Mapping[int, int]
    without_stars: Mapping[int, int]


def shelf(product_id: int, choice: Choice) -> ShelfOfReviews:
    """The page of reviews of a machine that a reader chose. Raises NotFound past the last page."""
    stars = _by_stars(product_id, Choice())
    without = _by_stars(product_id, choice.with_stars(None)) if choice.narrows else stars
    total = without[choice.stars] if choice.stars else sum(without.values())
    pages = max(1, -(-total // PER_PAGE))
    if choice.page > pages:
        raise NotFound(f"There are {pages} pages of reviews here.", parameter="page")
    rows = db.session.execute(
        _chosen(product_id, choice, PublishedReview, ReviewVersion, ReaderReview.account_id)
        .order_by(*_order(choice.sort))
        .limit(PER_PAGE)
        .offset((choice.page - 1) * PER_PAGE)
    ).all()
    reviews = _read([tuple(row) for row in rows])
    return ShelfOfReviews(reviews, total, choice.page, pages, stars, without)


def reviewed_slugs() -> list[str]:
    """The machines of the catalogue with a published review, in order of the alphabet."""
    return list(
        db.session.scalars(
            sa.select(Product.slug)
            .join(ProductRating, ProductRating.product_id == Product.id)
            .where(Product.retired_at.is_(None))
            .order_by(Product.slug)
        )
    )


def get_public(review_id: int) -> PublicReview:
    """A review that everybody can read. Raises NotFound for any other, as if it were not there."""
    row = db.session.execute(
        sa.select(PublishedReview, ReviewVersion, ReaderReview.account_id)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .join(ReaderReview, ReaderReview.id == PublishedReview.review_id)
        .where(PublishedReview.review_id == review_id)
    ).first()
    if row is None:
        raise NotFound("There is no such review.")
    return _read([tuple(row)])[0]


def _chosen(product_id: int, choice: Choice, *columns: Any) -> Any:
    version = ReviewVersion
    statement = (
        sa.select(*columns)
        .join_from(PublishedReview, version, version.id == PublishedReview.version_id)
        .join(ReaderReview, ReaderReview.id == PublishedReview.review_id)
        .where(PublishedReview.product_id == product_id)
    )
    if choice.stars is not None:
        statement = statement.where(version.rating == choice.stars)
    if choice.owned is not None:
        statement = statement.where(version.months_owned >= choice.owned)
    if choice.fitted is not None:
        statement = statement.where(version.fitted == choice.fitted)
    if choice.need is not None:
        used = sa.exists().where(
            VersionNeed.version_id == version.id, VersionNeed.need_id == choice.need
        )
        statement = statement.where(used)
    return statement


def _order(sort: str) -> list[Any]:
    newest = [PublishedReview.received_at.desc(), PublishedReview.review_id.desc()]
    first: dict[str, list[Any]] = {
        "helpful": [helpful_count_of_review().desc()],
        "highest": [ReviewVersion.rating.desc()],
        "lowest": [ReviewVersion.rating.asc()],
    }
    return [*first.get(sort, []), *newest]


def _by_stars(product_id: int, choice: Choice) -> dict[int, int]:
    rows = db.session.execute(
        _chosen(product_id, choice, ReviewVersion.rating, sa.func.count()).group_by(
            ReviewVersion.rating
        )
    )
    found = dict(rows.all())
    return {one: found.get(one, 0) for one in RATINGS}


def _read(rows: Collection[Any]) -> tuple[PublicReview, ...]:
    needs = _needs([version.id for _, version, _ in rows])
    ids = [one.review_id for one, _, _ in rows]
    helpful, answers = helpful_counts(ids), public_answers(ids)
    return tuple(
        PublicReview(
            id=one.review_id,
            product_id=one.product_id,
            account_id=account_id,
            rating=version.rating,
            title=version.title,
            paragraphs=paragraphs(version.text),
            months_owned=version.months_owned,
            needs=tuple(needs[version.id]),
            calf=version.calf,
            fitted=Fitted(version.fitted).label if version.fitted else None,
            broke=version.broke,
            broke_after_months=version.broke_after_months,
            how_got=HOW_SAID[version.how_got],
            disclosures=disclosures(version.how_got, version.tie),
            proof=Proof(version.proof).label,
            received_at=one.received_at,
            published_at=one.published_at,
            is_edited=version.number > 1,
            in_burst=one.in_burst,
            in_ring=one.in_ring,
            counts=one.counts,
            helpful=helpful.get(one.review_id, 0),
            answer=(answer := answers.get(one.review_id)),
            answer_is_to_earlier=answer is not None and answer.version < version.number,
        )
        for one, version, account_id in rows
    )


def _needs(version_ids: Collection[int]) -> Mapping[int, list[str]]:
    """The labels of what each was used for, of those that are still on our list."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(VersionNeed.version_id, Need.label)
        .join(Need, Need.id == VersionNeed.need_id)
        .where(VersionNeed.version_id.in_(version_ids))
        .order_by(Need.position)
    )
    for version_id, label in rows:
        found[version_id].append(label)
    return found
