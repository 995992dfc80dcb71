"""Reader reviews as they are stored: what was sent, what was decided, and what follows from both.

`ReaderReview` and its versions are what somebody sent. `ModerationEntry` is the log: only added
to, each entry sealed with the one before. The rest follows from the log and is kept so that pages
need not read it: `PublishedReview` is all that the public can reach.

Accounts are known by their number. The feature does not know what an account is.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviews_app.db import Base
from reviews_app.reviews.readers.guards import set_guards


class ReaderReview(Base):
    """One person's review of one machine; `account_id` is None once the person has left."""

    __tablename__ = "reader_review"
    # The number of one that was taken back is never given to another: the log still holds it.
    __table_args__ = (
        sa.UniqueConstraint("product_id", "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    received_at: Mapped[dt.datetime]

    versions: Mapped[list[ReviewVersion]] = relationship(
        order_by="ReviewVersion.number", cascade="all, delete-orphan"
    )


class ReviewVersion(Base):
    """A review as it was sent. Nobody can change a version (`guards`); an edit is a new one.

    `calf` is the size as it was typed. `salt` keeps the digest in the log from telling anything
    about a text that is gone.
    """

    __tablename__ = "reader_review_version"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "number"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reader_review.id", ondelete="CASCADE"))
    number: Mapped[int]
    rating: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    months_owned: Mapped[int]
    calf: Mapped[str | None]
    fitted: Mapped[str | None]
    broke: Mapped[str | None]
    broke_after_months: Mapped[int | None]
    how_got: Mapped[str]
    tie: Mapped[str]
    proof: Mapped[str]
    sent_at: Mapped[dt.datetime]
    salt: Mapped[str]

    needs: Mapped[list[VersionNeed]] = relationship(
        order_by="VersionNeed.need_id", cascade="all, delete-orphan"
    )


class VersionNeed(Base):
    """One thing the machine was used for. No foreign key: what was said outlives our list."""

    __tablename__ = "reader_review_need"

    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review_version.id", ondelete="CASCADE"), primary_key=True
    )
    need_id: Mapped[str] = mapped_column(primary_key=True, index=True)


class ModerationEntry(Base):
    """One line of the log. `by_id` is the number of the moderator, None for anybody else.

    `digest` is that of the text at that time with its salt; `salt` keeps the people from being told
    from the seal. Without foreign keys: the log stays when a review or an account goes.
    `about_account_id` is set for bans only.
    """

    __tablename__ = "moderation_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(index=True)
    product_id: Mapped[int | None] = mapped_column(index=True)
    review_id: Mapped[int | None] = mapped_column(index=True)
    version: Mapped[int | None]
    rating: Mapped[int | None]
    reason: Mapped[str | None]
    by_id: Mapped[int | None]
    about_account_id: Mapped[int | None]
    digest: Mapped[str | None]
    salt: Mapped[str]
    before: Mapped[str]
    seal: Mapped[str]


class WaitingReview(Base):
    """A version that waits for a decision; `is_appeal` where its author asked for a second one."""

    __tablename__ = "waiting_review"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review_version.id", ondelete="CASCADE"), unique=True
    )
    since: Mapped[dt.datetime] = mapped_column(index=True)
    is_appeal: Mapped[bool]


class PublishedReview(Base):
    """The version of a review that everybody can read. `counts`: whether it is in the mean.

    `in_burst` and `in_ring` say why not, where no disclosure does.
    """

    __tablename__ = "published_review"
    __table_args__ = (sa.Index("ix_published_review_product", "product_id", "received_at"),)

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review_version.id", ondelete="CASCADE"), unique=True
    )
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    received_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime]
    in_burst: Mapped[bool]
    in_ring: Mapped[bool]
    counts: Mapped[bool]


class TakedownProposal(Base):
    """One moderator wants a published review taken down; it stays until a second decides."""

    __tablename__ = "takedown_proposal"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("published_review.review_id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str]
    by_id: Mapped[int]
    since: Mapped[dt.datetime]


class ReviewMark(Base):
    """Something of a review that another may share: a digest of where it came from, or of words.

    Forgotten after `rules.MARKS_KEPT`; whatever reads them does not look further back either.
    """

    __tablename__ = "review_mark"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, index=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)


class RingHold(Base):
    """A review that was found in a ring; out of the mean until `cleared_at` is set.

    `ring` is the number of its first review; `shared` what links it to the others, in words of
    `rules.Shared` with spaces between.
    """

    __tablename__ = "ring_hold"

    review_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reader_review.id", ondelete="CASCADE"), primary_key=True
    )
    ring: Mapped[int] = mapped_column(index=True)
    shared: Mapped[str]
    since: Mapped[dt.datetime]
    cleared_at: Mapped[dt.datetime | None]


class ReviewBan(Base):
    """An account that may not review, vote or report once `confirmed_at` is set."""

    __tablename__ = "review_ban"

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str]
    by_id: Mapped[int]
    proposed_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]


class ProductRating(Base):
    """What the published reviews of a machine come to; no row where there is none.

    published, counted: how many there are, and how many of them are in the mean. mean_centi and
    shrunk_centi are hundredths of a star, None where none counts.
    """

    __tablename__ = "product_rating"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    published: Mapped[int]
    counted: Mapped[int]
    mean_centi: Mapped[int | None]
    shrunk_centi: Mapped[int | None]


sa.event.listen(Base.metadata, "after_create", set_guards)
