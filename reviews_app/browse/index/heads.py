"""Finds the bounds of all ranges at once: the rows with the lowest and highest numbers of each.

Among many rows some are nearly always among those 256, and then the first that is gives the bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reviews_app.browse.index.bitmaps import Bools, Words
from reviews_app.browse.index.columns import HEAD, NumberColumn
from reviews_app.browse.index.table import Name

Bound = float | None


@dataclass(frozen=True)
class Heads:
    """Arrays of shape (ranges, 2, 256): lowest lows and highest highs, best first.

    rows: row numbers. values: their lows or highs, not a number where there are fewer than 256.
    """

    names: tuple[Name, ...]
    rows: NDArray[np.int64]
    values: NDArray[np.float64]

    def of_words(self, words: Words) -> dict[Name, tuple[Bound, Bound]]:
        """The bounds among rows given as bits; None where no row of a head is among them."""
        member = (words.view(np.uint8).take(self.rows >> 3) >> (self.rows & 7).astype(np.uint8)) & 1
        return self._first(member.view(np.bool_))

    def of_bools(self, bools: Bools) -> dict[Name, tuple[Bound, Bound]]:
        """The same among rows given as booleans."""
        return self._first(bools.take(self.rows))

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where each head begins among all numbers, shape (ranges, 2)."""
        return np.arange(0, self.values.size, HEAD).reshape(self.values.shape[:2])

    def _first(self, member: Bools) -> dict[Name, tuple[Bound, Bound]]:
        best = member.argmax(axis=2) + self._starts
        found = self.values.take(best)
        met = member.take(best) & (found == found)  # noqa: PLR0124  (not a number is not itself)
        return {
            name: (low if low_met else None, high if high_met else None)
            for name, (low, high), (low_met, high_met) in zip(
                self.names, found.tolist(), met.tolist(), strict=True
            )
        }


def of_columns(columns: Mapping[Name, NumberColumn], names: Sequence[Name]) -> Heads:
    """The heads of some columns."""
    rows = np.zeros((len(names), 2, HEAD), dtype=np.int64)
    values = np.full((len(names), 2, HEAD), np.nan)
    for place, name in enumerate(names):
        column = columns[name]
        for end, (head, ends) in enumerate(
            ((column.smallest, column.low), (column.largest, column.high))
        ):
            rows[place, end, : len(head)] = head
            values[place, end, : len(head)] = column.values[ends.codes[head].astype(np.int64) - 1]
    return Heads(tuple(names), rows, values)
