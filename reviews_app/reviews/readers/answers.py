"""The one answer that a maker may give to a review, read by a moderator before it is shown.

Who speaks for a maker is confirmed by us, by hand. They can neither hide nor move a review.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.catalogue.products import Brand, Product
from reviews_app.db import Base, db
from reviews_app.errors import BadInput, NotFound, Overtaken, Refused
from reviews_app.reviews.readers import banning, log
from reviews_app.reviews.readers.models import PublishedReview, ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import LONGEST_ANSWER, SHORTEST_TEXT, Action, Reason
from reviews_app.reviews.readers.submission import paragraphs, tidy


class Representative(Base):
    """An account that speaks for a brand. No foreign key: a brand may leave and come back."""

    __tablename__ = "brand_representative"

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    brand_id: Mapped[str]
    confirmed_at: Mapped[dt.datetime]


class MakerAnswer(Base):
    """The answer to one review; everybody reads it once `published_at` is set.

    `account_id` is None once its writer has left: it was the maker's answer, not theirs. `version`
    is the number of what was public when they wrote.
    """

    __tablename__ = "maker_answer"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    brand_id: Mapped[str]
    version: Mapped[int]
    text: Mapped[str]
    sent_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]


@dataclass(frozen=True)
class PublicAnswer:
    """An answer that everybody can read, and for whom it speaks; `version`: to which version."""

    brand: str
    paragraphs: tuple[str, ...]
    published_at: dt.datetime
    version: int


@dataclass(frozen=True)
class WaitingAnswer:
    """An answer that waits for a moderator; `is_to_earlier`: the review was edited since."""

    review_id: int
    brand: str
    title: str
    product: str
    paragraphs: tuple[str, ...]
    sent_at: dt.datetime
    is_to_earlier: bool


def confirm(account_id: int, brand_id: str, at: dt.datetime) -> None:
    """Let an account speak for a brand, and for no other. Raises NotFound for an unknown brand."""
    if db.session.get(Brand, brand_id) is None:
        raise NotFound(f"We know no brand called “{brand_id}”.", parameter="brand", value=brand_id)
    stop(account_id)
    db.session.add(Representative(account_id=account_id, brand_id=brand_id, confirmed_at=at))


def stop(account_id: int) -> None:
    """Let an account no longer speak for any brand."""
    db.session.execute(sa.delete(Representative).where(Representative.account_id == account_id))


def speaks_for(account_id: int) -> str | None:
    """The brand an account speaks for, None for everybody else."""
    return db.session.scalar(
        sa.select(Representative.brand_id).where(Representative.account_id == account_id)
    )


def may_answer(review_id: int, account_id: int) -> bool:
    """Whether this account speaks for the maker of what the review is about, and nobody has yet."""
    product = _product(review_id)
    brand_id = speaks_for(account_id)
    speaks = brand_id is not None and product is not None and product.brand_id == brand_id
    return speaks and db.session.get(MakerAnswer, review_id) is None


def answer(review_id: int, account_id: int, text: str, at: dt.datetime) -> None:
    """Answer a published review, once. It waits for a moderator.

    Raises NotFound for who does not speak for its maker, Refused for a second answer, BadInput for
    a text too short or too long.
    """
    log.alone()
    banning.check(account_id)
    product, brand_id = _product(review_id), speaks_for(account_id)
    if product is None or brand_id is None or product.brand_id != brand_id:
        raise NotFound("There is no such review of a machine of yours.")
    if db.session.get(MakerAnswer, review_id) is not None:
        raise Refused("This review has its one answer already.")
    said = tidy(text)
    if not SHORTEST_TEXT <= len(said) <= LONGEST_ANSWER:
        raise BadInput(
            f"The answer has {len(said):,} characters; {SHORTEST_TEXT} to {LONGEST_ANSWER:,} fit.",
            parameter="text",
        )
    db.session.add(
        MakerAnswer(
            review_id=review_id,
            account_id=account_id,
            brand_id=brand_id,
            version=_answered(review_id).number,
            text=said,
            sent_at=at,
            published_at=None,
        )
    )
    db.session.flush()
    log.record(Action.ANSWER_RECEIVED, at, _subject(review_id))


def publish(review_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Let everybody read the answer that waits."""
    waiting = _waiting(review_id, moderator_id)
    waiting.published_at = at
    log.record(Action.ANSWER_PUBLISHED, at, _subject(review_id), by_id=moderator_id)


def withhold(review_id: int, reason: Reason, moderator_id: int, at: dt.datetime) -> None:
    """Withhold the answer that waits, and let the maker send another."""
    db.session.delete(_waiting(review_id, moderator_id))
    log.record(Action.ANSWER_WITHHELD, at, _subject(review_id), reason=reason, by_id=moderator_id)


def public_answers(review_ids: Collection[int]) -> dict[int, PublicAnswer]:
    """The answers that everybody can read, by the review, in one statement."""
    rows = db.session.execute(
        sa.select(MakerAnswer, Brand.name)
        .outerjoin(Brand, Brand.id == MakerAnswer.brand_id)
        .where(MakerAnswer.review_id.in_(review_ids), MakerAnswer.published_at.is_not(None))
    )
    return {
        one.review_id: PublicAnswer(
            name or one.brand_id, paragraphs(one.text), one.published_at, one.version
        )
        for one, name in rows
        if one.published_at is not None
    }


def waiting_answers() -> list[WaitingAnswer]:
    """The answers that wait for a moderator, oldest first."""
    rows = db.session.execute(
        sa.select(MakerAnswer, Brand.name, ReviewVersion, Product.name)
        .outerjoin(Brand, Brand.id == MakerAnswer.brand_id)
        .join(PublishedReview, PublishedReview.review_id == MakerAnswer.review_id)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .join(Product, Product.id == PublishedReview.product_id)
        .where(MakerAnswer.published_at.is_(None))
        .order_by(MakerAnswer.sent_at, MakerAnswer.review_id)
    )
    return [
        WaitingAnswer(
            review_id=one.review_id,
            brand=brand or one.brand_id,
            title=version.title,
            product=product,
            paragraphs=paragraphs(one.text),
            sent_at=one.sent_at,
            is_to_earlier=one.version < version.number,
        )
        for one, brand, version, product in rows
    ]


def _product(review_id: int) -> Product | None:
    """The machine of a published review."""
    published = db.session.get(PublishedReview, review_id)
    return db.session.get(Product, published.product_id) if published else None


def _waiting(review_id: int, moderator_id: int) -> MakerAnswer:
    log.alone()
    found = db.session.get(MakerAnswer, review_id)
    if found is None or found.published_at is not None:
        raise Overtaken("This answer no longer waits: somebody has decided.")
    if found.account_id == moderator_id or speaks_for(moderator_id) == found.brand_id:
        raise Refused("You speak for this maker. Another moderator decides.")
    return found


def _subject(review_id: int) -> log.Subject:
    return log.Subject(db.session.get_one(ReaderReview, review_id), _answered(review_id))


def _answered(review_id: int) -> ReviewVersion:
    """What is public of the review; the newest version where nothing is any more."""
    published = db.session.get(PublishedReview, review_id)
    if published is None:
        return db.session.get_one(ReaderReview, review_id).versions[-1]
    return db.session.get_one(ReviewVersion, published.version_id)
