"""What is claimed of leg massage, and how strong the evidence is for each mechanism."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.guidance.models import Claim, ClaimMechanism, Grade, GradeMeaning
from reviews_app.guidance.references import Reference, References, distinct, references

BY_HAND = frozenset({"manual", "mld"})
"""Mechanisms that are a person's hands and no machine."""

NOTHING_FOUND = "No direct test found in this search."
"""The note of a mechanism on which nothing was found."""


@dataclass(frozen=True)
class Finding:
    """How strong the evidence for a claim is with one mechanism, why, and what it rests on."""

    claim: Claim
    mechanism: Mechanism
    grade: str
    note: str
    references: tuple[Reference, ...]

    @property
    def directness(self) -> str:
        """ "untested", "hands" or "machine": what was put to the test (whether it was one for the
        home or for a clinic is in the note)."""
        if self.grade == Grade.NONE:
            return "untested"
        return "hands" if self.mechanism.id in BY_HAND else "machine"

    @property
    def is_silent(self) -> bool:
        """Whether it says no more than that nothing was found: no source, and the usual words."""
        nothing_found = self.note in {"", NOTHING_FOUND}
        return self.grade == Grade.NONE and nothing_found and not self.references


@dataclass(frozen=True)
class ClaimSheet:
    """A claim with its findings, best grade first, and every source behind it once."""

    claim: Claim
    findings: tuple[Finding, ...]
    references: tuple[Reference, ...]

    @property
    def tested(self) -> tuple[str, ...]:
        """The mechanisms the claim was put to the test with, whatever came out."""
        return tuple(one.mechanism.id for one in self.findings if one.grade != Grade.NONE)


def grade_meanings() -> dict[str, str]:
    """What each grade means, strongest first."""
    rows = db.session.execute(
        sa.select(GradeMeaning.grade, GradeMeaning.meaning).order_by(GradeMeaning.position)
    )
    return {row.grade: row.meaning for row in rows}


def claims() -> list[Claim]:
    """Every claim, in the order of the seed file; without its mechanisms."""
    statement = sa.select(Claim).order_by(Claim.position).options(raiseload("*"))
    return list(db.session.scalars(statement))


def claim_sheets(ids: Collection[str]) -> dict[str, ClaimSheet]:
    """The sheets of the claims with those ids, by id; unknown ids are left out."""
    statement = (
        sa.select(Claim)
        .where(Claim.id.in_(ids))
        .options(
            selectinload(Claim.mechanisms).joinedload(ClaimMechanism.mechanism), raiseload("*")
        )
    )
    cited = references("claim", ids)
    return {claim.id: _sheet(claim, cited) for claim in db.session.scalars(statement)}


def get_claim(claim_id: str) -> ClaimSheet:
    """The sheet of a claim. Raises NotFound."""
    sheet = claim_sheets([claim_id]).get(claim_id)
    if sheet is None:
        raise NotFound(f"We have no claim called “{claim_id}”.", parameter="claim", value=claim_id)
    return sheet


def findings_for(mechanism_ids: Collection[str]) -> list[Finding]:
    """What the evidence says of every claim with those mechanisms, best grade first."""
    return [one for one in findings() if one.mechanism.id in mechanism_ids]


@once_a_revision
def findings() -> list[Finding]:
    """What the evidence says of every claim with every mechanism, best grade first."""
    statement = (
        sa.select(ClaimMechanism, Claim)
        .join(Claim, Claim.id == ClaimMechanism.claim_id)
        .order_by(Claim.position, ClaimMechanism.position)
        .options(joinedload(ClaimMechanism.mechanism), raiseload("*"))
    )
    behind = references("claim")
    found = [_finding(claim, row, behind) for row, claim in db.session.execute(statement)]
    return sorted(found, key=_strength)


def _sheet(claim: Claim, cited: References) -> ClaimSheet:
    findings = sorted((_finding(claim, row, cited) for row in claim.mechanisms), key=_strength)
    whole = cited.get((claim.id, ""), ())
    parts = (one for finding in findings for one in finding.references)
    return ClaimSheet(claim, tuple(findings), distinct((*whole, *parts)))


def _finding(claim: Claim, row: ClaimMechanism, cited: References) -> Finding:
    behind = cited.get((claim.id, row.mechanism_id), ())
    return Finding(claim, row.mechanism, row.grade, row.note, behind)


def _strength(finding: Finding) -> int:
    """Strongest first; "against" before "none", since knowing that says more than not knowing."""
    return _ORDER.index(Grade(finding.grade))


_ORDER = [*(grade for grade in Grade if grade is not Grade.NONE), Grade.NONE]
