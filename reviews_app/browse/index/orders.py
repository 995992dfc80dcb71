"""Sort orders: all rows in each order of the listing, and how the rows of a page are found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviews_app.browse.index.bitmaps import Rows, Words
from reviews_app.browse.index.strings import Strings, packed
from reviews_app.browse.index.table import Keys

Ranks = NDArray[np.uint32]


@dataclass(frozen=True)
class Order:
    """A total order of rows: by key, unknown last, then by slug.

    rows: all of them, in order. ranks: the place of each row in it. keys: the distinct keys,
    ascending. starts: where the rows of each key begin, in the order they come in, then where the
    unknown begin.
    """

    rows: Rows
    ranks: Ranks
    keys: Strings | NDArray[np.float64]
    starts: NDArray[np.int64]
    descending: bool

    def first_of_few(self, rows: Rows, n: int) -> Ranks:
        """The ranks of the first `n` among some rows, ascending: by partition."""
        ranks = self.ranks.take(rows)
        if len(ranks) > n:
            ranks = np.partition(ranks, n - 1)[:n]
        return np.sort(ranks)

    def first_of_many(self, words: Words, total: int, n: int, start: int = 0) -> Ranks:
        """The same for rows given as words, `total` of them: by walking the order from `start`.

        Stops when the walk has cost what a partition would; then has fewer than min(n, total).
        """
        bits = words.view(np.uint8)
        found: list[Ranks] = []
        missing, step = min(n, total), 64 + 2 * n * len(self.rows) // max(total, 1)
        end = min(len(self.rows), start + 8 * step + total)
        while missing > 0 and start < end:
            rows = self.rows[start : start + step]
            hits = np.flatnonzero((bits.take(rows >> 3) >> (rows & 7).astype(np.uint8)) & 1)
            found.append((hits[:missing] + start).astype(np.uint32))
            missing -= len(hits)
            start, step = start + step, step * 4
        return np.concatenate(found) if found else np.zeros(0, dtype=np.uint32)

    def start(self, low: float | None, high: float | None) -> int:
        """How many rows come before the first with a key in low … high; for numbers only."""
        if self.descending and high is not None:
            return int(self.starts[len(self.keys) - int(np.searchsorted(self.keys, high, "right"))])
        if not self.descending and low is not None:
            return int(self.starts[int(np.searchsorted(self.keys, low, "left"))])
        return 0

    def key_at(self, rank: int) -> float | str | None:
        """The key of the row at a rank, None where it is unknown."""
        group = int(np.searchsorted(self.starts, rank, side="right")) - 1
        if group == len(self.keys):
            return None
        return self.keys[len(self.keys) - 1 - group if self.descending else group]

    def place_of(self, key: float | str | None, slug: str, slugs: Sequence[str]) -> int:
        """How many rows come before a product that is not among them, by its key and slug."""
        if key is None:
            first, end = int(self.starts[-1]), len(self.rows)
        else:
            at = bisect_left(self.keys, key)
            equal = at < len(self.keys) and self.keys[at] == key
            group = len(self.keys) - at - int(equal) if self.descending else at
            first = int(self.starts[group])
            end = int(self.starts[group + 1]) if equal else first
        return bisect_left(self.rows, slug, first, end, key=lambda row: slugs[int(row)])


def ordered(keys: Keys, by_slug: Rows) -> Order:
    """The order of the keys; by_slug: all rows in the order of their slugs."""
    distinct, codes = _coded(keys.keys)
    count = len(distinct)
    place = np.where(codes < 0, count, count - 1 - codes if keys.descending else codes)[by_slug]
    rows = by_slug[np.argsort(place, kind="stable")]
    ranks = np.empty(len(rows), dtype=np.uint32)
    ranks[rows] = np.arange(len(rows), dtype=np.uint32)
    sizes = np.bincount(place, minlength=count + 1)
    starts = np.concatenate([[0], np.cumsum(sizes)])[: count + 1]
    return Order(rows.astype(np.uint32), ranks, distinct, starts, keys.descending)


def _coded(
    keys: Sequence[float | str | None] | NDArray[np.float64],
) -> tuple[Strings | NDArray[np.float64], NDArray[np.int64]]:
    """The distinct keys, ascending, and the place of each key among them, -1 for None."""
    if not isinstance(keys, np.ndarray) and any(isinstance(key, str) for key in keys):
        distinct = sorted({key for key in keys if isinstance(key, str)})
        codes: dict[float | str | None, int] = {key: code for code, key in enumerate(distinct)}
        places = np.fromiter((codes.get(key, -1) for key in keys), np.int64, len(keys))
        return packed(distinct), places
    numbers = np.array(keys, dtype=np.float64)  # None becomes not a number
    known = ~np.isnan(numbers)
    values, inverse = np.unique(numbers[known], return_inverse=True)
    places = np.full(len(numbers), -1, dtype=np.int64)
    places[known] = inverse
    return values, places
