"""A method as it was published, and the scores that it gave."""

from __future__ import annotations

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base


class Unscored(enum.StrEnum):
    """Why a machine has no total."""

    TOO_LITTLE_KNOWN = "too-little-known"
    SUPERVISED = "supervised"
    GENERAL = "general"

    @property
    def words(self) -> str:
        """What a reader is told."""
        return _WORDS[self]


_WORDS = {
    Unscored.TOO_LITTLE_KNOWN: "Not enough is known to score this.",
    Unscored.SUPERVISED: "Not scored: it is used on prescription or under care.",
    Unscored.GENERAL: "Not scored: it is a device for the whole body.",
}


class Method(Base):
    """One version of the rule that turns facts into scores; it never changes once it is stored.

    `document` is the text of its file, to the byte. `published_on` is an ISO date.
    """

    __tablename__ = "method"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published_on: Mapped[str]
    document: Mapped[str]


class Score(Base):
    """What one version of the method makes of one product, in hundredths of the scale 0 to 10.

    `total_centi` is after the cap, and None where there is no total: `reason` (an `Unscored`) says
    why. `cap_centi` is the cap that holds, whether or not it lowered anything.
    """

    __tablename__ = "score"
    __table_args__ = (sa.Index("ix_score_method_version_total", "method_version", "total_centi"),)

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    method_version: Mapped[int] = mapped_column(sa.ForeignKey("method.version"), primary_key=True)
    total_centi: Mapped[int | None]
    coverage_percent: Mapped[int]
    cap_centi: Mapped[int | None]
    reason: Mapped[str | None]


class ScorePart(Base):
    """One part of a score: its points, None where nothing is known that it reads.

    `coverage_percent` is None where the part does not apply to a machine of this form.
    """

    __tablename__ = "score_part"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["product_id", "method_version"], ["score.product_id", "score.method_version"]
        ),
    )

    product_id: Mapped[int] = mapped_column(primary_key=True)
    method_version: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[str] = mapped_column(primary_key=True)
    points_centi: Mapped[int | None]
    coverage_percent: Mapped[int | None]
