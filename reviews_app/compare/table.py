"""The comparison as a table: the same cells whether they become a page, a file or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from reviews_app.catalogue.pressures import Scale
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.values import (
    INAPPLICABLE,
    INAPPLICABLE_WORDS,
    MISSING,
    MISSING_WORDS,
    STATED,
)
from reviews_app.compare.lineup import Lineup

WEAK = "weak source"


@dataclass(frozen=True)
class Part:
    """A piece of a cell. `kind` and `id` name what it leads to, as references in guides do."""

    words: str
    kind: str = ""
    id: str = ""


@dataclass(frozen=True)
class Cell:
    """What one row says of one machine.

    `words` is a value with its unit, or what `state` is called: "stated", "unknown" or "na".
    `parts` are the pieces that `words` lists, where they lead somewhere; `details` what it counts.
    `best` says in a word that no other machine here does better. `share` is the number as a part
    of the greatest in the row, from 0 to 1. `value` is as stored, None unless stated.
    """

    state: str
    words: str
    value: object = field(default=None, hash=False)
    parts: tuple[Part, ...] = ()
    details: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    weak: bool = False
    best: str = ""
    share: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether somebody states it, or it cannot apply."""
        return self.state != MISSING

    @property
    def text(self) -> str:
        """All that the cell says, as one plain text."""
        listed = "; ".join(part.words for part in self.details)
        return f"{self.words}: {listed}" if listed else self.words

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said beside it: that it is best, what to bear in mind, what it is worth."""
        best = (self.best,) if self.best else ()
        return (*best, *self.notes, *((WEAK,) if self.weak else ()))


def listed(parts: Iterable[Part], value: object, sources: Iterable[Source] = ()) -> Cell:
    """The cell of several things, each leading somewhere; of nothing, one not stated."""
    parts, behind = tuple(parts), distinct(sources)
    if not parts:
        return missing()
    weak = any(source.weak for source in behind)
    words = ", ".join(part.words for part in parts)
    return Cell(STATED, words, value, parts=parts, sources=behind, weak=weak)


def missing(*notes: str) -> Cell:
    """The cell of something that no source we read states."""
    return Cell(MISSING, MISSING_WORDS, notes=notes)


def inapplicable() -> Cell:
    """The cell of something that such a machine cannot have."""
    return Cell(INAPPLICABLE, INAPPLICABLE_WORDS)


def distinct(sources: Iterable[Source | None]) -> tuple[Source, ...]:
    """Each source once, in order of first mention."""
    return tuple({one.id: one for one in sources if one is not None}.values())


@dataclass(frozen=True)
class Row:
    """One question, answered for every machine; `always` where it is never hidden."""

    id: str
    label: str
    explanation: str
    cells: tuple[Cell, ...]
    always: bool = False

    @cached_property
    def tells_nothing(self) -> bool:
        """Whether nobody states it of any machine here."""
        return all(cell.state != STATED for cell in self.cells)

    @property
    def is_same(self) -> bool:
        """Whether it is known of every machine, and the same of all."""
        said = {(cell.text, cell.remarks) for cell in self.cells}
        return len(said) == 1 and all(cell.is_known for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows on one subject; `note` is what to know before reading them."""

    id: str
    name: str
    rows: tuple[Row, ...]
    note: str = ""

    @cached_property
    def tells_nothing(self) -> bool:
        """Whether nothing in it is stated of any machine here."""
        return all(row.tells_nothing for row in self.rows)


@dataclass(frozen=True)
class Column:
    """A machine in the comparison; `known` of the `applicable` attributes are stated.

    `is_recalled` where a notice on it still holds. `standings` says group by group how every
    attribute stands: "stated", "weak", "unknown" or "na".
    """

    slug: str
    name: str
    brand: str | None
    form_id: str
    known: int
    applicable: int
    is_recalled: bool
    standings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The whole table. `hidden` rows are the same for all and left out at the reader's wish."""

    lineup: Lineup
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    currency: str
    revision: int
    hidden: tuple[Row, ...] = ()
    pressures: Scale | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row that is shown, one after the other."""
        return tuple(row for group in self.groups for row in group.rows)
