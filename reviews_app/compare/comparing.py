"""Puts the machines of a Lineup side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviews_app.catalogue.recalls import open_recalls
from reviews_app.catalogue.remembering import last_revision
from reviews_app.compare.facts import facts, pressures
from reviews_app.compare.fit import fit
from reviews_app.compare.glance import glance, prices
from reviews_app.compare.lineup import Lineup
from reviews_app.compare.machines import Machine, get_machines
from reviews_app.compare.method import method
from reviews_app.compare.safety import safety
from reviews_app.compare.score import score
from reviews_app.compare.table import Column, Comparison, Group, Row


def compare(lineup: Lineup, currency: str) -> Comparison:
    """The table of a lineup of at most five, prices in one currency; empty for no machine.

    As many statements for two machines as for five. Raises BadLineup where a machine is not here.
    """
    machines = get_machines(lineup, currency) if lineup.slugs else []
    groups = _groups(machines, lineup, currency) if machines else []
    hides = lineup.only_differences and len(machines) > 1
    hidden = [row for group in groups for row in group.rows if hides and _may_hide(row)]
    shown = [_without(group, hidden) for group in groups]
    return Comparison(
        lineup=lineup,
        columns=tuple(_column(machine) for machine in machines),
        groups=tuple(group for group in shown if group.rows),
        currency=currency,
        revision=last_revision(),
        hidden=tuple(hidden),
        pressures=pressures(machines),
    )


def _groups(machines: Sequence[Machine], lineup: Lineup, currency: str) -> list[Group]:
    """In the order of a machine's page; whether it fits, and what it cost, before all facts."""
    return [
        glance(machines),
        *score(machines),
        fit(machines, lineup),
        method(machines),
        safety(machines),
        prices(machines, currency),
        *facts(machines),
    ]


def _may_hide(row: Row) -> bool:
    """Only what is known of every machine and the same; never safety, fit or method."""
    return row.is_same and not row.always


def _without(group: Group, hidden: Sequence[Row]) -> Group:
    return replace(group, rows=tuple(row for row in group.rows if row not in hidden))


def _column(machine: Machine) -> Column:
    product = machine.product
    return Column(
        slug=product.slug,
        name=product.name,
        brand=product.brand.name if product.brand else None,
        form_id=product.form_id,
        known=machine.sheet.known,
        applicable=machine.sheet.applicable,
        is_recalled=bool(open_recalls(product.recalls)),
        standings=tuple(
            tuple(line.standing for line in group.lines) for group in machine.sheet.groups
        ),
    )
