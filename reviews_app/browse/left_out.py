"""Which of some choices machines do not meet, counted in SQL: who is left out, and by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.browse.conditions import Conditions, conditions, matching
from reviews_app.browse.selection import Selection
from reviews_app.browse.texts import texts
from reviews_app.browse.words import matches
from reviews_app.catalogue.products import Product
from reviews_app.db import db

Missed = tuple[str, ...]
"""The names of the choices a machine does not meet, in the order they were asked for in."""


@dataclass(frozen=True)
class Misses:
    """counts: how many machines miss exactly these choices; who misses nothing is found.

    machines: the first of those that miss something, by name, each id with what it misses.
    """

    counts: Mapping[Missed, int]
    machines: Sequence[tuple[Missed, int]] = ()


def misses(selection: Selection, names: Sequence[str], most: int) -> Misses:
    """What machines miss of the choices named, among those that meet all others of a Selection.

    names: facets, ranges, fits and "q" that narrow it. most: how many machines to name.
    The conditions are those of the listing, in two statements; words take a third.
    """
    by_name = _conditions(selection)
    columns = [
        sa.case((by_name[name], 0), else_=1).label(f"misses_{n}") for n, name in enumerate(names)
    ]
    machines = (
        sa.select(Product.id, Product.slug, sa.func.lower(Product.name).label("name"), *columns)
        .where(Product.retired_at.is_(None))
        .where(*(condition for name, condition in by_name.items() if name not in names))
        .cte("machines")
    )
    flags = [machines.c[column.name] for column in columns]
    rows = db.session.execute(sa.select(sa.func.count(machines.c.id), *flags).group_by(*flags))
    counts: Counter[Missed] = Counter()
    for count, *missed in rows:
        counts[_missed(names, missed)] += count
    return Misses(dict(+counts), _first(machines, names, most) if names else ())


def total(selection: Selection) -> int:
    """How many machines meet all of a Selection."""
    found = matching(_conditions(selection))
    return db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def _conditions(selection: Selection) -> Conditions:
    return conditions(selection, matches(selection.words, texts()) if selection.words else {})


def _first(machines: sa.CTE, names: Sequence[str], most: int) -> list[tuple[Missed, int]]:
    flags = [machines.c[f"misses_{n}"] for n in range(len(names))]
    rows = db.session.execute(
        sa.select(machines.c.id, *flags)
        .where(sa.or_(*(flag == 1 for flag in flags)))
        .order_by(machines.c.name, machines.c.slug)
        .limit(most)
    )
    return [(_missed(names, missed), id_) for id_, *missed in rows]


def _missed(names: Sequence[str], flags: Sequence[int]) -> Missed:
    return tuple(name for name, missed in zip(names, flags, strict=True) if missed)
