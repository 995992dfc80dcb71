"""Numeric columns: which rows meet a range, and the bounds of a range among some rows."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index import counting
from reviews_app.browse.index.bitmaps import of_bools, of_rows, rows_of

BUCKETS = 32
HEAD = 256

Codes = NDArray[np.unsignedinteger]
"""Of two bytes where there are few enough values, otherwise four."""


@dataclass(frozen=True)
class Ends:
    """One end of the span every row states, as a code: its place among the values, from 1.

    codes: per row, 0 where not stated. bounds: ascending codes, the first 1, the last len(values).
    up_to: for each bound the rows with a code in 1 … bound (cumulative bitmaps).
    """

    codes: Codes
    bounds: tuple[int, ...]
    up_to: tuple[BitMap, ...]

    def at_most(self, code: int) -> BitMap:
        """The rows that state a code of at most this."""
        full = bisect_right(self.bounds, code) - 1
        found = self.up_to[full] if full >= 0 else BitMap()
        if full + 1 == len(self.bounds) or self.bounds[full] == code or code < 1:
            return found
        rows = rows_of(self.up_to[full + 1] - found)
        return found | of_rows(rows[self.codes.take(rows) <= code])

    def lowest(self, rows: BitMap) -> int:
        """The lowest code among rows of which at least one states it."""
        first, last = 0, len(self.bounds) - 1
        while first < last:
            middle = (first + last) // 2
            if rows.isdisjoint(self.up_to[middle]):
                first = middle + 1
            else:
                last = middle
        return int(self.codes.take(rows_of(rows & self.up_to[first])).min())

    def highest(self, rows: BitMap) -> int:
        """The highest code among rows of which at least one states it."""
        stated = rows.intersection_cardinality(self.up_to[-1])
        first, last = 0, len(self.bounds) - 1
        while first < last:
            middle = (first + last) // 2
            if rows.intersection_cardinality(self.up_to[middle]) < stated:
                first = middle + 1
            else:
                last = middle
        below = self.up_to[first - 1] if first else BitMap()
        return int(self.codes.take(rows_of((rows & self.up_to[first]) - below)).max())


@dataclass(frozen=True)
class NumberColumn:
    """The spans of a range or limit. values: every number stated, ascending, each once.

    low and high are the same object where all spans are single numbers. smallest and largest: at
    most 256 rows with the lowest low and the highest high, best first.
    """

    values: NDArray[np.float64]
    low: Ends
    high: Ends
    stated: BitMap
    smallest: NDArray[np.int64]
    largest: NDArray[np.int64]

    def meeting(self, low: float | None, high: float | None) -> BitMap:
        """The rows whose span has a number in common with low … high, either of them open."""
        found = self.stated
        if high is not None:
            found = self.low.at_most(int(np.searchsorted(self.values, high, side="right")))
        if low is not None:
            found = found - self.high.at_most(int(np.searchsorted(self.values, low, side="left")))
        return found


def of_spans(
    n: int, rows: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NumberColumn:
    """The column of `n` rows, of which `rows` state the spans low … high."""
    values = np.unique(np.concatenate([low, high]))
    low_end = _ends(n, rows, values, low)
    high_end = low_end if np.array_equal(low, high) else _ends(n, rows, values, high)
    return NumberColumn(
        values,
        low_end,
        high_end,
        low_end.up_to[-1] if low_end.up_to else BitMap(),
        rows[_first(low)],
        rows[_first(-high)],
    )


def _ends(
    n: int, rows: NDArray[np.int64], values: NDArray[np.float64], numbers: NDArray[np.float64]
) -> Ends:
    few = len(values) < 2**16
    codes: Codes = np.zeros(n, dtype=np.uint16) if few else np.zeros(n, dtype=np.uint32)
    codes[rows] = np.searchsorted(values, numbers) + 1
    bounds = [len(values)] if len(values) else []
    if n > counting.FEW:
        bounds = _bounds(np.sort(codes[rows]), len(values))
    up_to = tuple(of_bools((codes > 0) & (codes <= bound)) for bound in bounds)
    return Ends(codes, tuple(bounds), up_to)


def _bounds(ordered: Codes, largest: int) -> list[int]:
    """Codes with about as many rows between each two, or every code where there are few."""
    if largest <= BUCKETS:
        return list(range(1, largest + 1))
    places = np.linspace(0, len(ordered) - 1, BUCKETS + 1, dtype=np.int64)[1:]
    return sorted({*ordered[places].tolist(), largest})


def _first(numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    if len(numbers) > HEAD:
        lowest = np.argpartition(numbers, HEAD)[:HEAD]
        return lowest[np.argsort(numbers[lowest])]
    return np.argsort(numbers)
