"""Rows of the attributes, grouped as on the page of a machine, and the pressures on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from reviews_app.catalogue.sheet import Line
from reviews_app.catalogue.values import MISSING, MISSING_WORDS, STATED
from reviews_app.compare.bests import best, shares
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Row, Scale, Span, inapplicable, missing

GENTLEST, STRONGEST = "pressure_min_mmhg", "pressure_max_mmhg"
STEP = 50
"""Mm Hg from one line of the scale to the next."""


def facts(machines: Sequence[Machine]) -> list[Group]:
    """Every attribute there is, in the groups and the order of the page of a machine."""
    rows = list(zip(*(machine.sheet.lines for machine in machines), strict=True))
    return [
        _group(name, list(inside))
        for name, inside in groupby(rows, key=lambda lines: lines[0].attribute.group)
    ]


def pressures(machines: Sequence[Machine]) -> Scale | None:
    """What each machine says of its pressure; None where fewer than two state the strongest."""
    spans = tuple(_span(machine) for machine in machines)
    highest = [span.high for span in spans if span.high is not None]
    if len(highest) < 2:
        return None
    return Scale(spans, top=max(math.ceil(max(highest) / STEP) * STEP, STEP), step=STEP)


def _group(name: str, rows: list[tuple[Line, ...]]) -> Group:
    """A group on fit is never shortened, whichever limit it states."""
    on_fit = any(lines[0].attribute.fit for lines in rows)
    id_ = "facts-" + "".join(c if c.isalnum() else "-" for c in name.lower())
    return Group(id_, name, tuple(_row(lines, always=on_fit) for lines in rows))


def _row(lines: tuple[Line, ...], *, always: bool) -> Row:
    attribute = lines[0].attribute
    marks, parts = best(attribute, lines), shares(attribute, lines)
    cells = tuple(_cell(*one) for one in zip(lines, marks, parts, strict=True))
    return Row(attribute.id, attribute.label, attribute.explanation, cells, always=always)


def _cell(line: Line, mark: str, share: float | None) -> Cell:
    fact = line.accepted
    if fact is None:
        return missing() if line.state == MISSING else inapplicable()
    return Cell(
        STATED,
        line.words,
        fact.value,
        notes=("sources differ",) if line.others else (),
        sources=(fact.source,),
        weak=fact.weak,
        best=mark,
        share=share,
    )


def _span(machine: Machine) -> Span:
    strongest, gentlest = machine.line(STRONGEST), machine.line(GENTLEST)
    name = machine.product.name
    if strongest is None or strongest.accepted is None:
        return Span(name, strongest.words if strongest else MISSING_WORDS, None, None)
    high = strongest.accepted.number_high
    if gentlest is None or gentlest.accepted is None:
        return Span(name, f"up to {strongest.words}, gentlest not stated", None, high)
    words = f"{gentlest.words} to {strongest.words}"
    return Span(name, words, gentlest.accepted.number_low, high)
