"""How every machine stands to every choice, counted in SQL: who is left, and why not the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa

from reviews_app.advise.finding_questions import OWN, names_in_order, with_unstated
from reviews_app.browse import Selection
from reviews_app.browse.conditions import Conditions, conditions
from reviews_app.browse.texts import texts
from reviews_app.browse.words import matches
from reviews_app.catalogue.products import Product
from reviews_app.db import db

MOST_NAMES = 250
"""Machines named on a page beside those found; of a larger catalogue the rest is counted."""

Failed = tuple[str, ...]
"""The names of the choices a machine does not meet, in the order of the questions."""


@dataclass(frozen=True)
class Named:
    """A machine by name."""

    slug: str
    name: str


@dataclass(frozen=True)
class Standings:
    """How many machines fail what, of those the finder is for.

    failed: how many machines fail exactly these choices; nothing failed means found. stating:
    how many state all that was asked, and meet it. with_unstated: how many would be found if
    those who do not state something were let in. others: machines not found with what they
    fail, by name, and no more of them than MOST_NAMES.
    """

    failed: Mapping[Failed, int]
    stating: int
    with_unstated: int
    others: Sequence[tuple[Failed, Named]] = ()

    @property
    def everyone(self) -> int:
        """How many machines there are to choose from."""
        return sum(self.failed.values())

    @property
    def total(self) -> int:
        """How many are found."""
        return self.failed.get((), 0)

    @property
    def decisive(self) -> dict[str, int]:
        """How many machines each choice is decisive for: the first, of those they fail."""
        counted: Counter[str] = Counter()
        for failed, machines in self.failed.items():
            if failed:
                counted[failed[0]] += machines
        return {name: counted[name] for name in names_in_order(counted)}

    def named(self, name: str) -> list[Named]:
        """The machines that a choice is decisive for, as far as they are named."""
        return [one for failed, one in self.others if failed[0] == name]

    def found_without(self, dropped: Sequence[str]) -> int:
        """How many would be found if these choices were dropped."""
        return sum(n for failed, n in self.failed.items() if set(failed) <= set(dropped))

    def relaxations(self) -> list[tuple[Failed, int]]:
        """The fewest choices to drop so that something is found, most found first: one, or two."""
        names = names_in_order({name for failed in self.failed for name in failed})
        for together in (1, 2):
            found = [(one, self.found_without(one)) for one in combinations(names, together)]
            helping = [(dropped, machines) for dropped, machines in found if machines]
            if helping:
                return sorted(helping, key=lambda pair: -pair[1])
        return []


def standings(selection: Selection) -> Standings:
    """How the machines of the finder stand to a Selection, in two statements; words take a third.

    The conditions are those of the listing, so that what is found here is what it finds.
    """
    words = matches(selection.words, texts()) if selection.words else {}
    own = [name for name, _ in OWN]
    by_name = conditions(selection, words)
    names = names_in_order(name for name in by_name if name not in own)
    variants = (with_unstated(selection, include=include) for include in (False, True))
    stating, lenient = (
        by_name if one == selection.with_page(1) else conditions(one, words) for one in variants
    )
    columns = [_flag(by_name[name], n) for n, name in enumerate(names)]
    columns += [_flag(_all(stating, names), "stating"), _flag(_all(lenient, names), "lenient")]
    machines = (
        sa.select(Product.id, Product.slug, Product.name, *columns)
        .where(Product.retired_at.is_(None), *(by_name[name] for name in own if name in by_name))
        .cte("machines")
    )
    flags = [machines.c[f"misses_{n}"] for n in range(len(names))]
    extra = [machines.c.misses_stating, machines.c.misses_lenient]
    rows = db.session.execute(
        sa.select(sa.func.count(), *extra, *flags).group_by(*extra, *flags)
    ).all()
    failed: Counter[Failed] = Counter()
    for row in rows:
        failed[_failed(names, row[3:])] += row[0]
    return Standings(
        dict(failed),
        stating=sum(row[0] for row in rows if not row[1]),
        with_unstated=sum(row[0] for row in rows if not row[2]),
        others=_others(machines, names, flags),
    )


def _others(
    machines: sa.CTE, names: Sequence[str], flags: Sequence[sa.ColumnElement[int]]
) -> list[tuple[Failed, Named]]:
    if not names:
        return []
    rows = db.session.execute(
        sa.select(machines.c.slug, machines.c.name, *flags)
        .where(sa.or_(*(flag == 1 for flag in flags)))
        .order_by(sa.func.lower(machines.c.name), machines.c.slug)
        .limit(MOST_NAMES)
    )
    return [(_failed(names, row[2:]), Named(row.slug, row.name)) for row in rows]


def _failed(names: Sequence[str], flags: Sequence[int]) -> Failed:
    return tuple(name for name, missed in zip(names, flags, strict=True) if missed)


def _all(by_name: Conditions, names: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *(by_name[name] for name in names))


def _flag(condition: sa.ColumnElement[bool], name: object) -> sa.Label[int]:
    return sa.case((condition, 0), else_=1).label(f"misses_{name}")
