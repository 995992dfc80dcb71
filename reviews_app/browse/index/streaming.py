"""Reads what a statement selects column by column, as arrays where it can: rows never pile up."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any, Protocol

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reviews_app.browse.index.strings import Strings, packed

ROWS_AT_ONCE = 10_000
WANTED = "wanted"


class Column(Protocol):
    """Takes up one column of a statement, some rows at a time."""

    def add(self, part: Sequence[Any]) -> None:
        """Take up some more."""


class Integers:
    """A column of whole numbers."""

    def __init__(self) -> None:
        self._parts = [np.zeros(0, dtype=np.int64)]

    def add(self, part: Sequence[int]) -> None:
        """See `Column`."""
        self._parts.append(np.array(part, dtype=np.int64))

    @property
    def all(self) -> NDArray[np.int64]:
        """The whole column."""
        return np.concatenate(self._parts)


class Floats:
    """A column of numbers, not a number where there is none."""

    def __init__(self) -> None:
        self._parts = [np.zeros(0, dtype=np.float64)]

    def add(self, part: Sequence[float | None]) -> None:
        """See `Column`."""
        self._parts.append(np.array(part, dtype=np.float64))

    @property
    def all(self) -> NDArray[np.float64]:
        """The whole column."""
        return np.concatenate(self._parts)


class Coded(Integers):
    """A column of few texts, often repeated: each as its place in `values`."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: defaultdict[str, int] = defaultdict(count().__next__)

    def add(self, part: Sequence[Any]) -> None:
        """See `Column`."""
        seen = self._seen
        self._parts.append(np.array([seen[value] for value in part], dtype=np.int64))

    @property
    def values(self) -> tuple[str, ...]:
        """The texts, in the order they were first met."""
        return tuple(self._seen)

    def places(self, known: Sequence[str]) -> NDArray[np.int64]:
        """The whole column as places among `known`, -1 for others."""
        place = {value: at for at, value in enumerate(known)}
        return np.array([place.get(value, -1) for value in self._seen], dtype=np.int64)[self.all]


class Texts:
    """A column of texts, packed; "" where there is none."""

    def __init__(self) -> None:
        self._parts: list[Strings] = []

    def add(self, part: Sequence[str | None]) -> None:
        """See `Column`."""
        self._parts.append(packed(one or "" for one in part))

    @property
    def all(self) -> Strings:
        """The whole column."""
        return packed(text for part in self._parts for text in part)


class Plain:
    """A column as it comes."""

    def __init__(self) -> None:
        self.all: list[Any] = []

    def add(self, part: Sequence[Any]) -> None:
        """See `Column`."""
        self.all.extend(part)


def stream(
    connection: sa.Connection,
    statement: sa.Select[*tuple[Any, ...]],
    columns: Sequence[Column],
    only: tuple[Any, Collection[int] | Collection[str]] | None = None,
) -> None:
    """Run a statement into columns; only: a column of it and the values wanted there."""
    values = {}
    if only is not None:
        column, wanted = only
        statement, values = _among(statement, column), {WANTED: sorted(wanted)}
    streaming = {"stream_results": only is None}
    result = connection.execute(statement, values, execution_options=streaming)
    for rows in result.partitions(ROWS_AT_ONCE):
        for taking, part in zip(columns, zip(*rows, strict=True), strict=True):
            taking.add(part)


@lru_cache(maxsize=256)
def _among(statement: sa.Select[*tuple[Any, ...]], column: Any) -> sa.Select[*tuple[Any, ...]]:
    """The statement for some values of a column; made once, so that it is compiled once."""
    # Written out, since a driver takes only so many values apart from the statement.
    wanted: sa.BindParameter[Any] = sa.bindparam(WANTED, expanding=True, literal_execute=True)
    return statement.where(column.in_(wanted))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Millions of new rows make the garbage collector look at them again and again, in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
