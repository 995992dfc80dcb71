"""Counts every option of every facet among some rows, by whichever way is cheapest for them.

Few rows: one histogram of codes a group. Many: population counts between the borders of cells, the
stretches of rows that agree on brand and on the first group, and one intersection for each column
of the other groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import Rows, Words, of_bools
from reviews_app.browse.index.blocks import Block, Column, following, merged

MOST_CODES = 1024
ROWS_A_CELL = 32
FEWEST_CELLS = 1024

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Columns counted together. codes: per row. matrix: float32, shape (codes, columns).

    Float32 counts exactly up to 16.7 million rows and multiplies much faster than integers.
    """

    codes: NDArray[np.uint16]
    matrix: NDArray[np.float32]
    columns: slice


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


@dataclass(frozen=True)
class Layout:
    """All columns of a segment, in the order counts come in, with the bitmap of each."""

    n: int
    columns: tuple[Column, ...]
    bitmaps: tuple[BitMap, ...]
    groups: tuple[Group, ...]
    cells: Cells
    cluster_bounds: NDArray[np.int64]

    def histogram(self, rows: Rows) -> tuple[Counts, Counts]:
        """Counts of every column and of every option of the cluster, for a few ascending rows."""
        found = np.empty(len(self.columns), dtype=np.float32)
        for group in self.groups:
            codes = np.bincount(group.codes.take(rows), minlength=len(group.matrix))
            found[group.columns] = codes.astype(np.float32) @ group.matrix
        of_cluster = np.diff(np.searchsorted(rows, self.cluster_bounds))
        return found.astype(np.int64), of_cluster.astype(np.int64)

    def population(self, bitmap: BitMap, words: Words) -> tuple[Counts, Counts]:
        """The same for many rows, given as a bitmap and as words."""
        of_cells = self._cells(words)
        first, *others = self.groups
        codes = np.bincount(self.cells.codes, weights=of_cells, minlength=len(first.matrix))
        found = np.empty(len(self.columns), dtype=np.float32)
        found[first.columns] = codes.astype(np.float32) @ first.matrix
        for group in others:
            bitmaps = self.bitmaps[group.columns]
            found[group.columns] = [bitmap.intersection_cardinality(one) for one in bitmaps]
        of_cluster = np.diff(np.concatenate([[0], np.cumsum(of_cells)])[self.cells.cluster_first])
        return found.astype(np.int64), of_cluster

    def _cells(self, words: Words) -> Counts:
        """How many bits are set in each cell: differences of ranks at the borders."""
        before = np.zeros(len(words) + 1, dtype=np.int64)
        np.cumsum(np.bitwise_count(words), out=before[1:])
        # The last border may be the end of the words; its mask is empty, any word will do.
        partial = words.take(self.cells.word, mode="clip") & self.cells.mask
        return np.diff(before[self.cells.word] + np.bitwise_count(partial))


def grouped(blocks: Sequence[Block], cluster: NDArray[np.int64]) -> list[Block]:
    """The blocks merged into few, the first of which makes cells with the cluster's codes."""
    n = len(cluster)
    cells = Block(cluster, np.zeros((int(cluster.max(initial=0)) + 1, 0), dtype=np.bool_), ())
    most_cells = max(FEWEST_CELLS, n // ROWS_A_CELL)
    first = Block(np.zeros(n, dtype=np.int64), np.zeros((1, 0), dtype=np.bool_), ())
    left = []
    for block in blocks:
        both = merged(first, block, MOST_CODES)
        if both is not None and merged(cells, both, most_cells) is not None:
            first = both
        else:
            left.append(block)
    groups: list[Block] = []
    for block in left:
        first, rest = following(first, block)
        both = merged(groups[-1], rest, MOST_CODES) if groups else None
        if both is not None:
            groups[-1] = both
        elif rest.columns:
            groups.append(rest)
    return [first, *groups]


def laid_out(groups: Sequence[Block], cluster: NDArray[np.int64], options: int) -> Layout:
    """The layout of groups whose rows are ordered by cluster, then by the first group's code."""
    n = len(cluster)
    columns = tuple(column for group in groups for column in group.columns)
    bitmaps = tuple(
        of_bools(group.matrix[:, column][group.codes])
        for group in groups
        for column in range(len(group.columns))
    )
    made, at = [], 0
    for group in groups:
        end = at + len(group.columns)
        codes = group.codes.astype(np.uint16)
        made.append(Group(codes, group.matrix.astype(np.float32), slice(at, end)))
        at = end
    bounds = np.searchsorted(cluster, np.arange(options + 1))
    return Layout(n, columns, bitmaps, tuple(made), _cells(groups[0].codes, bounds), bounds)


def _cells(codes: NDArray[np.int64], cluster_bounds: NDArray[np.int64]) -> Cells:
    n = len(codes)
    changes = np.flatnonzero(np.diff(codes)) + 1
    firsts = np.union1d(changes, cluster_bounds[cluster_bounds < n])
    borders = np.append(firsts, n)
    mask = np.left_shift(np.uint64(1), (borders & 63).astype(np.uint64)) - np.uint64(1)
    return Cells(
        word=borders >> 6,
        mask=mask,
        cluster_first=np.searchsorted(borders, cluster_bounds),
        codes=codes[firsts] if n else np.zeros(0, dtype=np.int64),
    )
