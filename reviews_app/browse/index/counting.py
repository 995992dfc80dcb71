"""Counts every option of every facet among some rows, by whichever way is cheapest for them.

Few rows: one histogram of codes a group. Many: population counts between the borders of cells, the
stretches of rows that agree on the cluster facet and on the first group, and for all else one
intersection for each bitmap of a cover. `layout` makes what this counts with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import Rows, Words
from reviews_app.browse.index.blocks import Column

Counts = NDArray[np.int64]

FEW = 4096
"""So many rows are always few, and a segment of no more has nothing to count many with."""


@dataclass(frozen=True)
class Group:
    """Columns counted by one histogram. matrix: float32, shape (codes, columns).

    Float32 counts exactly up to 16.7 million rows and multiplies much faster than integers.
    """

    matrix: NDArray[np.float32]
    columns: slice

    def count(self, codes: NDArray[np.uint16], found: NDArray[np.float32]) -> None:
        """Write the counts of the columns among rows with these codes into `found`."""
        histogram = np.bincount(codes, minlength=len(self.matrix))
        found[self.columns] = histogram.astype(np.float32) @ self.matrix

    def holds(self, column: int) -> bool:
        """Whether a column is counted here."""
        return bool(self.columns.start <= column < self.columns.stop)


@dataclass(frozen=True)
class Codes:
    """The codes of up to eight groups, side by side, so that a row is fetched once.

    records: 16 bytes a row, eight numbers of two bytes, as a type that numpy copies whole.
    """

    records: NDArray[np.complex128]
    groups: tuple[Group, ...]

    def count(
        self, rows: Rows, found: NDArray[np.float32], only: Sequence[int] | None = None
    ) -> None:
        """Write the counts of the groups' columns among `rows` into `found`.

        only: groups with none of these columns are left out.
        """
        wanted = [
            (place, group)
            for place, group in enumerate(self.groups)
            if only is None or any(group.holds(column) for column in only)
        ]
        if wanted:
            codes = self.records.take(rows).view(np.uint16).reshape(-1, 8)
            for place, group in wanted:
                group.count(codes[:, place], found)


@dataclass(frozen=True)
class Cells:
    """Stretches of rows that agree on the cluster facet and on the first group.

    word, mask: where each of the borders is, the last being the end. cluster_first: the first cell
    of every option of the cluster. codes: the code of each cell in the first group.
    """

    word: NDArray[np.int64]
    mask: Words
    cluster_first: NDArray[np.int64]
    codes: NDArray[np.int64]

    def count(self, words: Words) -> Counts:
        """How many bits are set in each cell: differences of ranks at the borders."""
        before = np.zeros(len(words) + 1, dtype=np.int64)
        np.cumsum(np.bitwise_count(words), out=before[1:])
        # The last border may be the end of the words; its mask is empty, any word will do.
        partial = words.take(self.word, mode="clip") & self.mask
        counts: Counts = np.diff(before.take(self.word) + np.bitwise_count(partial))
        return counts


@dataclass(frozen=True)
class Cover:
    """Bitmaps that count some columns: of the columns themselves, or of codes they add up from.

    matrix: None for the columns themselves, else float32, shape (codes, columns), the code of most
    rows first, whose bitmap is left out: it is what the others leave.
    """

    bitmaps: tuple[BitMap, ...]
    matrix: NDArray[np.float32] | None
    columns: NDArray[np.int64]

    def count(self, bitmap: BitMap, total: int, found: NDArray[np.float32]) -> None:
        """Write the counts of the columns into `found`."""
        counts = [bitmap.intersection_cardinality(one) for one in self.bitmaps]
        if self.matrix is None:
            found[self.columns] = counts
        else:
            of_codes = np.array([total - sum(counts), *counts], dtype=np.float32)
            found[self.columns] = of_codes @ self.matrix


@dataclass(frozen=True)
class Layout:
    """All columns of a segment, in the order counts come in, with the bitmap of each.

    remainders: a column and the others of a facet of which every row has exactly one option.
    """

    columns: tuple[Column, ...]
    bitmaps: tuple[BitMap, ...]
    codes: tuple[Codes, ...]
    first: Group
    cells: Cells
    cluster_bounds: NDArray[np.int64]
    covers: tuple[Cover, ...]
    remainders: tuple[tuple[int, tuple[int, ...]], ...]

    def histogram(self, rows: Rows) -> tuple[Counts, Counts]:
        """Counts of every column and of every option of the cluster, for a few ascending rows."""
        found = np.empty(len(self.columns), dtype=np.float32)
        for codes in self.codes:
            codes.count(rows, found)
        of_cluster = np.diff(np.searchsorted(rows, self.cluster_bounds))
        return found.astype(np.int64), of_cluster.astype(np.int64)

    def histogram_of(self, rows: Rows, columns: Sequence[int]) -> list[int]:
        """Counts of some columns, for a few rows."""
        found = np.empty(len(self.columns), dtype=np.float32)
        for codes in self.codes:
            codes.count(rows, found, columns)
        counts: list[int] = found[list(columns)].astype(np.int64).tolist()
        return counts

    def population(self, bitmap: BitMap, words: Words) -> tuple[Counts, Counts]:
        """The same for many rows, given as a bitmap and as words."""
        of_cells = self.cells.count(words)
        matrix = self.first.matrix
        codes = np.bincount(self.cells.codes, weights=of_cells, minlength=len(matrix))
        found = np.empty(len(self.columns), dtype=np.float32)
        found[self.first.columns] = codes.astype(np.float32) @ matrix
        total = int(of_cells.sum())
        for cover in self.covers:
            cover.count(bitmap, total, found)
        for column, others in self.remainders:
            found[column] = total - sum(found[other] for other in others)
        of_cluster = np.diff(np.concatenate([[0], np.cumsum(of_cells)])[self.cells.cluster_first])
        return found.astype(np.int64), of_cluster
