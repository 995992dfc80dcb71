"""Reports on published reviews: by anybody, with a reason, and answered.

A report hides nothing, however many there are: moderators decide, and taking down takes two.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.catalogue.products import Product
from reviews_app.db import Base, db
from reviews_app.errors import BadInput, NotFound
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.models import PublishedReview, ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import LONGEST_REPORT, Action, Reason
from reviews_app.reviews.readers.submission import tidy


class Outcome(StrEnum):
    """What became of a report."""

    KEPT = "kept"
    TAKEN_DOWN = "taken-down"


class ReviewReport(Base):
    """What somebody finds wrong with a published review; `receipt` is theirs to ask with.

    `account_id` where they were signed in. `outcome` and `decided_at` once moderators decided.
    """

    __tablename__ = "review_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="SET NULL"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str]
    text: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    at: Mapped[dt.datetime]
    outcome: Mapped[str | None]
    decided_at: Mapped[dt.datetime | None]


@dataclass(frozen=True)
class Reported:
    """A published review with the reports on it that wait for an answer, oldest first."""

    review_id: int
    title: str
    product: str
    reports: tuple[ReviewReport, ...]


def report(
    review_id: int, reason: Reason, text: str, account_id: int | None, at: dt.datetime
) -> str:
    """Report a published review; gives the receipt. It stays public until moderators decide.

    Raises NotFound where none is published, BadInput for a text that is too long.
    """
    log.alone()
    published = db.session.get(PublishedReview, review_id)
    if published is None:
        raise NotFound("There is no such review.")
    said = tidy(text)
    if len(said) > LONGEST_REPORT:
        raise BadInput(
            f"The text has {len(said):,} characters; up to {LONGEST_REPORT:,} fit.",
            parameter="text",
        )
    receipt = secrets.token_urlsafe(16)
    db.session.add(
        ReviewReport(
            review_id=review_id,
            account_id=account_id,
            reason=reason.value,
            text=said,
            receipt=receipt,
            at=at,
            outcome=None,
            decided_at=None,
        )
    )
    review = db.session.get_one(ReaderReview, review_id)
    version = db.session.get_one(
        ReviewVersion, db.session.get_one(PublishedReview, review_id).version_id
    )
    log.record(Action.REPORTED, at, log.Subject(review, version), reason=reason)
    return receipt


def get_report(receipt: str) -> ReviewReport:
    """A report, for who has its receipt. Raises NotFound."""
    found = db.session.scalar(sa.select(ReviewReport).where(ReviewReport.receipt == receipt))
    if found is None:
        raise NotFound("We know no report with this receipt.")
    return found


def answer_all(review_id: int, outcome: Outcome, at: dt.datetime) -> None:
    """Answer every report on a review that waits, with what moderators decided on it."""
    db.session.execute(
        sa.update(ReviewReport)
        .where(ReviewReport.review_id == review_id, ReviewReport.outcome.is_(None))
        .values(outcome=outcome.value, decided_at=at)
    )


def open_reports(review_id: int) -> list[ReviewReport]:
    """The reports on a review that wait for an answer, oldest first."""
    return list(
        db.session.scalars(
            sa.select(ReviewReport)
            .where(ReviewReport.review_id == review_id, ReviewReport.outcome.is_(None))
            .order_by(ReviewReport.id)
        )
    )


def reported() -> list[Reported]:
    """Every published review with a report that waits, the one that waits longest first."""
    rows = db.session.execute(
        sa.select(ReviewReport, ReviewVersion.title, Product.name)
        .join(PublishedReview, PublishedReview.review_id == ReviewReport.review_id)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .join(Product, Product.id == PublishedReview.product_id)
        .where(ReviewReport.outcome.is_(None))
        .order_by(ReviewReport.id)
    ).all()
    found: dict[int, list[ReviewReport]] = {}
    said: dict[int, tuple[str, str]] = {}
    for one, title, product in rows:
        found.setdefault(one.review_id or 0, []).append(one)
        said[one.review_id or 0] = (title, product)
    return [Reported(id_, *said[id_], tuple(reports)) for id_, reports in found.items()]
