"""Where facts, findings and warnings come from, and how much each source is worth."""

from __future__ import annotations

import enum

from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base


class Standing(enum.StrEnum):
    """What kind of witness a source is, strongest first; weak loses to any other (`product.md` §1).

    The order among the strong ones is ours: a regulator's record was checked by someone, a
    manual describes the machine in the box, a maker's page sells it, a review saw one unit,
    and a shop copies the maker.
    """

    REGULATOR = "regulator"
    MANUAL = "manual"
    MAKER = "maker"
    STUDY = "study"
    REVIEW = "review"
    SHOP = "shop"
    WEAK = "weak"

    @property
    def rank(self) -> int:
        """0 for the strongest; smaller wins where facts disagree."""
        return list(Standing).index(self)


class Source(Base):
    """A page or paper we read: `kind` is what it is, `weak` that it is a copy or a link farm.

    `published` is an ISO date, month or year as the source gives it, or None; `seen_on` is the
    ISO date on which our copy was read.
    """

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    publisher: Mapped[str]
    kind: Mapped[str]
    url: Mapped[str]
    published: Mapped[str | None]
    seen_on: Mapped[str]
    weak: Mapped[bool]
    position: Mapped[int]

    @property
    def standing(self) -> Standing:
        """`weak` where the source is marked so, otherwise what its kind says."""
        return Standing.WEAK if self.weak else Standing(self.kind)
