"""Rows on whether each machine takes the leg that the address carries."""

from __future__ import annotations

from collections.abc import Sequence

from reviews_app.catalogue.fitting import Verdict, limits, verdict
from reviews_app.catalogue.measures import PARTS, Size, plain
from reviews_app.catalogue.values import STATED
from reviews_app.compare.lineup import Lineup
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Row, distinct, inapplicable, missing


def fit(machines: Sequence[Machine], lineup: Lineup) -> Group:
    """A row for each size set; a group without rows where none is."""
    rows = tuple(_row(machines, part, size) for part, size in lineup.sizes)
    return Group("fit", "Fit for your leg", rows)


def _row(machines: Sequence[Machine], part: str, size: Size) -> Row:
    label, _ = PARTS[part]
    return Row(
        f"fit-{part}",
        f"{label} of {plain(size.number)} {size.unit}",
        f"Whether a {label.lower()} of this size is within the limits that are stated. Not stated "
        "means that nobody gives a limit.",
        tuple(_cell(machine, part, size) for machine in machines),
        always=True,
    )


def _cell(machine: Machine, part: str, size: Size) -> Cell:
    found = verdict(machine.sheet.lines, part, size)
    if found is Verdict.NOT_STATED:
        return missing()
    if found is Verdict.NOT_APPLICABLE:
        return inapplicable()
    bounding = [line for line in machine.sheet.lines if limits(line.attribute, part)]
    facts = [(line, line.accepted) for line in bounding if line.accepted is not None]
    return Cell(
        STATED,
        found.value,
        found.name.lower(),
        notes=tuple(f"{line.attribute.label.lower()} {line.words}" for line, _ in facts),
        sources=distinct(fact.source for _, fact in facts),
        weak=any(fact.weak for _, fact in facts),
    )
