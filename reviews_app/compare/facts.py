"""Rows of the attributes, grouped as on the page of a machine, and the pressures on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reviews_app.catalogue.pressures import Scale, scale, span
from reviews_app.catalogue.sheet import Line
from reviews_app.catalogue.values import MISSING, STATED
from reviews_app.compare.bests import best, shares
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Row, inapplicable, missing


def facts(machines: Sequence[Machine]) -> list[Group]:
    """Every attribute there is, in the groups and the order of the page of a machine."""
    rows = list(zip(*(machine.sheet.lines for machine in machines), strict=True))
    return [
        _group(name, list(inside))
        for name, inside in groupby(rows, key=lambda lines: lines[0].attribute.group)
    ]


def pressures(machines: Sequence[Machine]) -> Scale | None:
    """What each machine says of its pressure; None where fewer than two state the strongest."""
    spans = [span(machine.product.name, machine.sheet) for machine in machines]
    return scale(spans) if sum(one.high is not None for one in spans) > 1 else None


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
