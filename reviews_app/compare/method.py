"""Rows on how a machine works, what that is cleared for, and how strong the evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from reviews_app.catalogue.clearances import clearances
from reviews_app.catalogue.values import STATED
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Part, Row, distinct, listed, missing
from reviews_app.guidance.models import Claim, Grade
from reviews_app.guidance.queries import Finding

CLAIMS_EACH = 3
"""Claims shown for each machine: those with the strongest evidence, and all that speak against."""

UNASSESSED = "no source tells how it works"

NOTE = (
    "Grades are for the kind of massage, from studies that did not test these machines unless the "
    "page of the claim says so."
)


def method(machines: Sequence[Machine]) -> Group:
    """Types, mechanisms, clearance, and the claims that matter most with their grades."""
    rows = [
        Row(
            "types",
            "Massage type",
            "What the massage is called.",
            tuple(_types(one) for one in machines),
            always=True,
        ),
        Row(
            "mechanisms",
            "How it works on the leg",
            "What evidence and warnings attach to. Shiatsu counts as kneading.",
            tuple(_mechanisms(one) for one in machines),
            always=True,
        ),
        Row(
            "clearance",
            "Cleared by a regulator",
            "A clearance covers only the intended use in its filing. It does not say that the "
            "machine helps.",
            tuple(_clearance(one) for one in machines),
            always=True,
        ),
        *(_evidence(claim, machines) for claim in _claims(machines)),
    ]
    return Group("method", "How it works and what studies say", tuple(rows), NOTE)


def _types(machine: Machine) -> Cell:
    types = machine.product.types
    parts = [Part(one.type.label, "type", one.type_id) for one in types]
    sources = (one.source for one in types if one.source)
    return listed(parts, [one.type_id for one in types], sources)


def _mechanisms(machine: Machine) -> Cell:
    if not machine.mechanisms:
        return missing(UNASSESSED)
    words = ", ".join(one.label for one in machine.mechanisms)
    return Cell(STATED, words, [one.id for one in machine.mechanisms])


def _clearance(machine: Machine) -> Cell:
    found = clearances(machine.product.records)
    if not found:
        return missing("none found in the sources we read")
    sources = distinct(one.record.source for one in found)
    return Cell(
        STATED,
        "; ".join(dict.fromkeys(one.words for one in found)),
        [number for one in found for number in one.numbers],
        details=tuple(Part(one.more) for one in found if one.more),
        sources=sources,
        weak=all(source.weak for source in sources),
    )


def _claims(machines: Iterable[Machine]) -> list[Claim]:
    """The claims with the strongest evidence for any machine here, strongest first."""
    best: dict[str, Finding] = {}
    for machine in machines:
        own: dict[str, Finding] = {}
        for finding in machine.findings:  # strongest first
            if finding.grade != Grade.NONE:
                own.setdefault(finding.claim.id, finding)
        against = [one for one in own.values() if one.grade == Grade.AGAINST]
        for finding in (*list(own.values())[:CLAIMS_EACH], *against):
            other = best.get(finding.claim.id)
            if other is None or _strength(finding) < _strength(other):
                best[finding.claim.id] = finding
    return [one.claim for one in sorted(best.values(), key=_order)]


def _evidence(claim: Claim, machines: Iterable[Machine]) -> Row:
    return Row(
        f"claim-{claim.id}",
        claim.title,
        claim.takeaway,
        tuple(_grades(claim, one) for one in machines),
        always=True,
    )


def _grades(claim: Claim, machine: Machine) -> Cell:
    """The grade of each mechanism that was studied for it, by name: grades are never borrowed."""
    if not machine.mechanisms:
        return missing(UNASSESSED)
    own = machine.findings_by_claim.get(claim.id)
    if not own:
        return missing()
    value = {one.mechanism.id: one.grade for one in own}
    found = [one for one in own if one.grade != Grade.NONE]
    if not found:
        words = Grade.NONE.label
        return Cell(STATED, words, value, parts=(Part(words, "claim", claim.id),))
    by_grade = groupby(found, key=lambda one: Grade(one.grade))  # strongest first
    said = [f"{grade.label} ({_named(inside)})" for grade, inside in by_grade]
    return listed([Part(words, "claim", claim.id) for words in said], value)


def _named(findings: Iterable[Finding]) -> str:
    return ", ".join(one.mechanism.label for one in findings)


def _order(finding: Finding) -> tuple[int, int]:
    return _strength(finding), finding.claim.position


def _strength(finding: Finding) -> int:
    return list(Grade).index(Grade(finding.grade))
