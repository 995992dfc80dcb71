"""Rows on who should not use a machine: how many conditions, which, and where machines differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviews_app.catalogue.products import Recall
from reviews_app.catalogue.recalls import open_recalls
from reviews_app.catalogue.values import STATED, month_in_words
from reviews_app.compare.machines import Machine, common
from reviews_app.compare.method import UNASSESSED
from reviews_app.compare.table import Cell, Group, Part, Row, distinct, missing
from reviews_app.guidance.models import SEVERITIES
from reviews_app.guidance.queries import Rule

MEANINGS = {
    "do not use": "With one of these, do not use the machine at all.",
    "ask a clinician first": "With one of these, ask a doctor or nurse before the first use.",
    "avoid the area": "With one of these, keep the machine away from that place.",
    "use lowest setting": "With one of these, start low and stay low.",
}

UNREAD = "we have read no page of a regulator"

NOTE = "Listed by how each machine works. A short list does not make a machine safe for everyone."


def safety(machines: Sequence[Machine]) -> Group:
    """Recalls, conditions by severity, those that not all share, and the maker's words."""
    rows = [_recalls(machines)]
    rows += [
        Row(
            f"severity-{severity.replace(' ', '-')}",
            severity.capitalize(),
            MEANINGS[severity],
            tuple(_of_severity(one, severity) for one in machines),
            always=True,
        )
        for severity in SEVERITIES
    ]
    if len(machines) > 1:
        rows.append(_not_shared(machines))
    rows.append(
        Row(
            "warnings",
            "Warnings by the maker",
            "What the maker or the manual warns of. The leaflet in the box may say more.",
            tuple(_warnings(one) for one in machines),
            always=True,
        )
    )
    return Group("safety", "Who should not use it", tuple(rows), NOTE)


def _recalls(machines: Sequence[Machine]) -> Row:
    """Of a machine without a notice nobody can say that there is none."""
    checked = common().checked_on
    none = (
        f"no notice found in the sources we read, checked {month_in_words(checked)}"
        if checked
        else UNREAD
    )
    return Row(
        "recalls",
        "Recalls",
        "Notices by a regulator or the maker that still hold. Look at which units they cover.",
        tuple(_recalled(machine, none) for machine in machines),
        always=True,
    )


def _recalled(machine: Machine, none: str) -> Cell:
    found = open_recalls(machine.product.recalls)
    if not found:
        return missing(none)
    sources = distinct(one.source for one in found)
    return Cell(
        STATED,
        "Recalled",
        [one.notice_number for one in found],
        details=tuple(Part(text) for one in found for text in _told(one)),
        sources=sources,
        weak=all(source.weak for source in sources),
    )


def _told(recall: Recall) -> tuple[str, ...]:
    units = f"Only some units: {recall.units}" if recall.units else "All units"
    return (
        f"The danger: {recall.hazard}",
        f"What to do: {recall.remedy}",
        f"{', '.join(recall.models)}. {units}",
        f"{recall.regulator}, notice {recall.notice_number}",
    )


def _of_severity(machine: Machine, severity: str) -> Cell:
    if not machine.mechanisms:
        return missing(UNASSESSED)
    return _conditions(machine.rules_by_severity.get(severity, ()))


def _not_shared(machines: Sequence[Machine]) -> Row:
    assessed = [{one.contraindication.id for one in m.rules} for m in machines if m.mechanisms]
    shared = set.intersection(*assessed) if assessed else set()
    cells = [
        _conditions((one for one in machine.rules if one.contraindication.id not in shared), "None")
        if machine.mechanisms
        else missing(UNASSESSED)
        for machine in machines
    ]
    return Row(
        "not-shared",
        "Not listed for all of these",
        "Conditions from the rows above that are listed for this machine and not for every machine "
        "here, strictest first.",
        tuple(cells),
        always=True,
    )


def _conditions(rules: Iterable[Rule], none: str = "None listed") -> Cell:
    found = [rule.contraindication for rule in rules]
    if not found:
        return Cell(STATED, none, [])
    return Cell(
        STATED,
        _counted(len(found), "condition"),
        [one.id for one in found],
        details=tuple(Part(one.name, "contraindication", one.id) for one in found),
    )


def _warnings(machine: Machine) -> Cell:
    found = machine.product.warnings
    if not found:
        return missing()
    sources = distinct(one.source for one in found)
    return Cell(
        STATED,
        _counted(len(found), "warning"),
        [one.text for one in found],
        details=tuple(Part(one.text) for one in found),
        sources=sources,
        weak=all(source.weak for source in sources),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
