"""Making tables hold given rows and no others, with a note of what that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.changes import Changes
from reviews_app.db import Base, db

Row = Mapping[str, Any]
Thing = tuple[str, str]
"""The kind and name by which an editor knows what a row belongs to: ("claim", "doms")."""


@dataclass(frozen=True)
class Rows:
    """All the rows that one table shall hold.

    `thing` names what a row belongs to. `whole` says that the row is that thing and not a part of
    it. `within` limits which stored rows are ours to remove.
    """

    model: type[Base]
    rows: Sequence[Row]
    thing: Callable[[Row], Thing]
    whole: bool = True
    within: sa.ColumnElement[bool] = field(default_factory=sa.true)

    @property
    def table(self) -> sa.Table:
        """The table, for statements that are no objects."""
        table = sa.inspect(self.model).local_table
        assert isinstance(table, sa.Table)  # noqa: S101  (views are mapped nowhere)
        return table

    def key(self, row: Row) -> tuple[Any, ...]:
        """The primary key of a row."""
        return tuple(row[column.name] for column in self.table.primary_key)


@dataclass(frozen=True)
class Difference:
    """What has to be done to one table."""

    wanted: Rows
    new: Sequence[Row]
    altered: Sequence[Row]
    gone: Sequence[Row]
    moved: Sequence[Row]

    @property
    def is_reordered(self) -> bool:
        """Whether rows changed places, and not just because others came or went."""
        return bool(self.moved) and not (self.new or self.gone)


def replace(tables: Sequence[Rows]) -> Changes:
    """Add, change and remove rows until each table holds its own; no commit.

    Tables are given with those referred to before those that refer.
    """
    differences = [_difference(wanted) for wanted in tables]
    for difference in reversed(differences):
        _remove(difference)
    for difference in differences:
        _write(difference)
    db.session.expire_all()
    return _noted(differences)


def _difference(wanted: Rows) -> Difference:
    query = sa.select(wanted.table).where(wanted.within)
    rows: list[Row] = [dict(row) for row in db.session.execute(query).mappings()]
    stored = {wanted.key(row): row for row in rows}
    new: list[Row] = []
    altered: list[Row] = []
    moved: list[Row] = []
    for row in wanted.rows:
        found = stored.pop(wanted.key(row), None)
        if found is None:
            new.append(row)
        elif found != row:
            (moved if _without_place(found) == _without_place(row) else altered).append(row)
    return Difference(wanted, new, altered, list(stored.values()), moved)


def _without_place(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "position"}


def _remove(difference: Difference) -> None:
    table = difference.wanted.table
    for row in difference.gone:
        db.session.execute(sa.delete(table).where(_is(table, row)))


def _write(difference: Difference) -> None:
    table = difference.wanted.table
    if difference.new:
        db.session.execute(sa.insert(table), [dict(row) for row in difference.new])
    for row in (*difference.altered, *difference.moved):
        db.session.execute(sa.update(table).where(_is(table, row)).values(**row))


def _is(table: sa.Table, row: Row) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key))


def _noted(differences: Sequence[Difference]) -> Changes:
    """Every thing once: a new claim is added, and its grades are not changes beside that."""
    added: dict[Thing, None] = {}
    removed: dict[Thing, None] = {}
    changed: dict[Thing, None] = {}
    for difference in differences:
        of = difference.wanted
        places = difference.moved if difference.is_reordered else ()
        changed |= dict.fromkeys(map(of.thing, [*difference.altered, *places]))
        (added if of.whole else changed).update(dict.fromkeys(map(of.thing, difference.new)))
        (removed if of.whole else changed).update(dict.fromkeys(map(of.thing, difference.gone)))
    changes = Changes()
    for noted, things in (
        (changes.added, added),
        (changes.removed, removed),
        (changes.changed, [one for one in changed if one not in added and one not in removed]),
    ):
        for kind, name in things:
            noted.add(kind, name)
    return changes
