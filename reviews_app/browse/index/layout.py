"""Lays the columns of a segment out for counting: what clusters, what is grouped, what covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index import counting
from reviews_app.browse.index.bitmaps import CONTAINER_ROWS, MOST_IN_AN_ARRAY, of_bools
from reviews_app.browse.index.blocks import Block, Column, following, merged
from reviews_app.browse.index.counting import Cells, Codes, Cover, Group, Layout

MOST_CODES = 2048
CODES_FOLLOWED = range(5, 65)
ROWS_A_CELL = 24
FEWEST_CELLS = 1024
GROUPS_A_RECORD = 8

Integers = NDArray[np.int64]


class Plan:
    """Which blocks make the cells, and how the rest is grouped; decides the order of rows."""

    def __init__(self, blocks: Iterable[Block], cluster: Integers, options: int) -> None:
        self.cluster, self.options = cluster, options
        n = len(cluster)
        self.small = n <= counting.FEW
        if self.small:
            self.first, self.others = _nothing(n), list(blocks)
        else:
            most = max(FEWEST_CELLS, n // ROWS_A_CELL)
            self.first, self.others = _parted(_followed(blocks), cluster, most)
        self.order = np.lexsort((self.first.codes, cluster))

    def laid_out(self, single: Iterable[Sequence[Column]]) -> Layout:
        """The layout of the rows in `order`. single: facets every row has exactly one option of."""
        cluster = self.cluster[self.order]
        first, *others = (
            Block(one.codes[self.order], one.matrix, one.columns)
            for one in (self.first, *self.others)
        )
        columns, bitmaps = _bitmaps((first, *others))
        place = {column: at for at, column in enumerate(columns)}
        beyond = len(first.columns)
        remainders = () if self.small else _remainders(single, place, bitmaps, beyond)
        groups = _grouped([first, *others])
        records = tuple(
            _recorded(groups[at : at + GROUPS_A_RECORD], place)
            for at in range(0, len(groups), GROUPS_A_RECORD)
        )
        bounds = np.searchsorted(cluster, np.arange(self.options + 1))
        skipped = {column for column, _ in remainders}
        return Layout(
            columns=columns,
            bitmaps=bitmaps,
            codes=records,
            first=Group(first.matrix.astype(np.float32), slice(0, len(first.columns))),
            cells=_cells(first.codes, bounds),
            cluster_bounds=bounds,
            covers=tuple(
                _cover(one, place, bitmaps, skipped)
                for one in others
                if one.columns and not self.small
            ),
            remainders=remainders,
        )


def _followed(blocks: Iterable[Block]) -> list[Block]:
    """Blocks less the columns that follow from another, larger one, which gains them."""
    found: list[Block] = []
    for block in sorted(blocks, key=_most_codes_first):
        rest = block
        for at, earlier in enumerate(found):
            if rest.columns and len(earlier.matrix) in CODES_FOLLOWED:
                found[at], rest = following(earlier, rest)
        if rest.columns:
            found.append(rest)
    return found


def _most_codes_first(block: Block) -> tuple[bool, int]:
    return len(block.matrix) not in CODES_FOLLOWED, -len(block.matrix)


def _parted(blocks: Sequence[Block], cluster: Integers, most: int) -> tuple[Block, list[Block]]:
    """The block of the cells, made of those with most columns, and the blocks left."""
    none = np.zeros((int(cluster.max(initial=0)) + 1, 0), dtype=np.bool_)
    clusters = Block(cluster, none, ())
    first = _nothing(len(cluster))
    left = []
    for block in sorted(blocks, key=lambda one: -len(one.columns)):
        both = merged(first, block, MOST_CODES)
        if both is not None and merged(clusters, both, most) is not None:
            first = both
        else:
            left.append(block)
    return first, left


def _nothing(n: int) -> Block:
    """A block without columns."""
    return Block(np.zeros(n, dtype=np.int64), np.zeros((1, 0), dtype=np.bool_), ())


def _grouped(blocks: Sequence[Block]) -> list[Block]:
    """All blocks as few, each with codes that a histogram has room for."""
    groups: list[Block] = []
    for block in blocks:
        both = merged(groups[-1], block, MOST_CODES) if groups else None
        if both is None:
            groups.append(block)
        else:
            groups[-1] = both
    return groups


def _bitmaps(blocks: Sequence[Block]) -> tuple[tuple[Column, ...], tuple[BitMap, ...]]:
    columns = tuple(column for block in blocks for column in block.columns)
    bitmaps = tuple(
        of_bools(block.matrix[:, column][block.codes])
        for block in blocks
        for column in range(len(block.columns))
    )
    return columns, bitmaps


def _recorded(groups: Sequence[Block], place: dict[Column, int]) -> Codes:
    n = len(groups[0].codes)
    records = np.zeros((n, GROUPS_A_RECORD), dtype=np.uint16)
    made = []
    for at, group in enumerate(groups):
        records[:, at] = group.codes
        start = place[group.columns[0]] if group.columns else 0
        matrix = group.matrix.astype(np.float32)
        made.append(Group(matrix, slice(start, start + len(group.columns))))
    return Codes(records.view(np.complex128).reshape(-1), tuple(made))


def _remainders(
    single: Iterable[Sequence[Column]],
    place: dict[Column, int],
    bitmaps: Sequence[BitMap],
    beyond: int,
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Of each facet the largest column that is not counted by cells, with its other columns."""
    found = []
    for facet in single:
        places = [place[column] for column in facet]
        costly = [at for at in places if at >= beyond]
        if costly:
            largest = max(costly, key=lambda at: len(bitmaps[at]))
            found.append((largest, tuple(at for at in places if at != largest)))
    return tuple(found)


def _cover(
    block: Block, place: dict[Column, int], bitmaps: Sequence[BitMap], skipped: set[int]
) -> Cover:
    """By the columns, or by the codes where that is less to intersect."""
    n = len(block.codes)
    columns = np.array([place[column] for column in block.columns])
    sizes = np.bincount(block.codes, minlength=len(block.matrix))
    by_size = np.argsort(-sizes, kind="stable")
    counted = [at for at in columns.tolist() if at not in skipped]
    by_columns = sum(_cost(len(bitmaps[at]), n) for at in counted)
    if sum(_cost(int(sizes[code]), n) for code in by_size[1:]) < by_columns:
        of_codes = tuple(of_bools(block.codes == code) for code in by_size[1:])
        return Cover(of_codes, block.matrix[by_size].astype(np.float32), columns)
    return Cover(tuple(bitmaps[at] for at in counted), None, np.array(counted, dtype=np.int64))


def _cost(size: int, n: int) -> float:
    """About how many nanoseconds it takes to intersect that many of `n` rows with many others."""
    dense = 200 * n / CONTAINER_ROWS
    sparse = 0.6 * size if size * CONTAINER_ROWS <= n * MOST_IN_AN_ARRAY else dense
    return 300 + sparse


def _cells(codes: Integers, cluster_bounds: Integers) -> Cells:
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
