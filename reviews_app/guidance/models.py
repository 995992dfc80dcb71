"""What is known: studies, claims with grades, who should not, needs, guides and the glossary."""

from __future__ import annotations

import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.db import Base


class Grade(enum.StrEnum):
    """How strong the evidence is, strongest first (meanings: `seed_data/evidence/grades.toml`)."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    CONFLICTING = "conflicting"
    NONE = "none"
    AGAINST = "against"

    @property
    def label(self) -> str:
        """What it says, short enough for a label."""
        return _GRADE_LABELS[self]


_GRADE_LABELS = {
    Grade.STRONG: "Strong evidence",
    Grade.MODERATE: "Moderate evidence",
    Grade.LIMITED: "Limited evidence",
    Grade.CONFLICTING: "Studies disagree",
    Grade.NONE: "No direct test found",
    Grade.AGAINST: "Evidence against",
}


SUPPORTING = (Grade.STRONG, Grade.MODERATE, Grade.LIMITED, Grade.CONFLICTING)
"""Grades with which a mechanism counts as answering a need in the `need` facet."""

ON_YOUR_OWN = "reasonable for healthy legs"
"""`Need.self_use` of the needs a reader may try a machine for without asking anyone first."""

SEVERITIES = ("do not use", "ask a clinician first", "avoid the area", "use lowest setting")
"""How strictly a contraindication speaks, strictest first."""

GROUPS = (
    "clots and veins",
    "heart, arteries and blood pressure",
    "feeling, nerves and skin",
    "bones, joints, back and injuries",
    "implants",
    "pregnancy and birth",
    "medicines and bleeding",
    "lymph, cancer and other illness",
    "where and how you would use it",
)
"""Where a reader looks for a contraindication, in the order of the suitability check."""

ACTIONS = ("call emergency services", "see a doctor today", "see a doctor")
"""What a red flag asks for, most urgent first."""


class GradeMeaning(Base):
    """What one grade means, in words."""

    __tablename__ = "grade_meaning"

    grade: Mapped[str] = mapped_column(primary_key=True)
    meaning: Mapped[str]
    position: Mapped[int]


class Study(Base):
    """A piece of evidence: a source with what was found, its limits and how much of it was read."""

    __tablename__ = "study"

    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), primary_key=True)
    authors: Mapped[str]
    year: Mapped[int | None]
    doi: Mapped[str | None]
    pmid: Mapped[str | None]
    design: Mapped[str]
    finding: Mapped[str]
    limits: Mapped[str]
    read: Mapped[bool]
    read_depth: Mapped[str]

    source: Mapped[Source] = relationship()


class Claim(Base):
    """One checkable statement: the popular form of it, and what the evidence says instead."""

    __tablename__ = "claim"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    popular_claim: Mapped[str]
    what_evidence_says: Mapped[str]
    takeaway: Mapped[str]
    grade: Mapped[str]
    editor_note: Mapped[str]
    position: Mapped[int]

    mechanisms: Mapped[list[ClaimMechanism]] = relationship(order_by="ClaimMechanism.position")


class ClaimMechanism(Base):
    """The grade of a claim for one mechanism; never borrowed from another (promise 4)."""

    __tablename__ = "claim_mechanism"

    claim_id: Mapped[str] = mapped_column(sa.ForeignKey("claim.id"), primary_key=True)
    mechanism_id: Mapped[str] = mapped_column(
        sa.ForeignKey("mechanism.id"), primary_key=True, index=True
    )
    grade: Mapped[str]
    note: Mapped[str]
    position: Mapped[int]

    mechanism: Mapped[Mechanism] = relationship()


class Contraindication(Base):
    """Who should not, and how strictly. `applies_to`: mechanism ids; ["all"] means every one.

    `group` is the heading under which a reader looks for it. `also`: other words it is found by,
    shown nowhere. `counts_as`: ids of others whose rules hold for whoever has this one, such as
    heart failure for severe heart failure.
    """

    __tablename__ = "contraindication"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    also: Mapped[list[str]] = mapped_column(sa.JSON)
    group: Mapped[str]
    counts_as: Mapped[list[str]] = mapped_column(sa.JSON)
    severity: Mapped[str]
    applies_to: Mapped[list[str]] = mapped_column(sa.JSON)
    why: Mapped[str]
    signs: Mapped[list[str]] = mapped_column(sa.JSON)
    basis: Mapped[str]
    position: Mapped[int]


class RedFlag(Base):
    """A sign that wants a doctor, and how soon. `also`: other words it is found by."""

    __tablename__ = "red_flag"

    id: Mapped[str] = mapped_column(primary_key=True)
    sign: Mapped[str]
    also: Mapped[list[str]] = mapped_column(sa.JSON)
    action: Mapped[str]
    note: Mapped[str]
    position: Mapped[int]


class Need(Base):
    """What a reader wants help with. `typical_use` holds minutes, sessions a week and their basis.

    `cautions` lists contraindication ids.
    """

    __tablename__ = "need"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    do_first: Mapped[str]
    self_use: Mapped[str]
    typical_use: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    cautions: Mapped[list[str]] = mapped_column(sa.JSON)
    position: Mapped[int]

    mechanisms: Mapped[list[NeedMechanism]] = relationship(order_by="NeedMechanism.position")


class NeedMechanism(Base):
    """How well one mechanism answers a need; position is its rank, best first."""

    __tablename__ = "need_mechanism"

    need_id: Mapped[str] = mapped_column(sa.ForeignKey("need.id"), primary_key=True)
    mechanism_id: Mapped[str] = mapped_column(
        sa.ForeignKey("mechanism.id"), primary_key=True, index=True
    )
    grade: Mapped[str]
    why: Mapped[str]
    position: Mapped[int]

    mechanism: Mapped[Mechanism] = relationship()


class GlossaryTerm(Base):
    """A word and its plain meaning; the id is the slug of the term."""

    __tablename__ = "glossary_term"

    id: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str]
    definition: Mapped[str]
    position: Mapped[int]


class Question(Base):
    """A question readers ask, with its answer."""

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    answer: Mapped[str]
    position: Mapped[int]


class Guide(Base):
    """An article in Markdown: kind "guide", "type" for the text of a massage type's page, or
    "best" for what an editor says above the best-of list of a type or need.

    Dates are ISO; `body` is the Markdown below the front matter.
    """

    __tablename__ = "guide"

    kind: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    reviewed_on: Mapped[str]
    review_due_on: Mapped[str]
    body: Mapped[str]
    position: Mapped[int]


class GuideLink(Base):
    """Something a guide refers to, found at import, so that it can link back."""

    __tablename__ = "guide_link"

    guide_kind: Mapped[str] = mapped_column(primary_key=True)
    guide_slug: Mapped[str] = mapped_column(primary_key=True)
    target_kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(primary_key=True, index=True)

    __table_args__ = (
        sa.ForeignKeyConstraint(["guide_kind", "guide_slug"], ["guide.kind", "guide.slug"]),
    )


class Citation(Base):
    """A source behind something we say.

    `subject_kind` is claim, contraindication, red_flag, need, term or question; `part` narrows it
    (a mechanism id, "do_first", "typical_use") or is "".
    """

    __tablename__ = "citation"

    subject_kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), primary_key=True, index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()
