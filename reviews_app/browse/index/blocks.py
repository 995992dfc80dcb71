"""Many columns of bits as one column of codes: rows with the same bits have the same code.

Counting is then one histogram over codes, whatever the number of columns (a joint histogram).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviews_app.browse.index.table import Derived, Marks

Column = tuple[str, str]
"""A facet and one of its options, or a range or fit and STATED or INAPPLICABLE."""

BITS_OF_A_BLOCK = 48  # exact in the float64 that numpy sums weights in
MOST_PRODUCTS_OF_CODES = 1 << 23


@dataclass(frozen=True)
class Block:
    """codes: per row, below len(matrix). matrix: booleans, shape (codes, columns)."""

    codes: NDArray[np.int64]
    matrix: NDArray[np.bool_]
    columns: tuple[Column, ...]


def of_marks(name: str, marks: Marks, n: int) -> Iterator[Block]:
    """The options of a facet as blocks of at most 48 columns each."""
    for first in range(0, max(1, len(marks.values)), BITS_OF_A_BLOCK):
        values = marks.values[first : first + BITS_OF_A_BLOCK]
        here = (marks.codes >= first) & (marks.codes < first + len(values))
        bits = np.left_shift(np.int64(1), marks.codes[here] - first)
        masks = np.bincount(marks.rows[here], weights=bits, minlength=n).astype(np.int64)
        distinct, codes = np.unique(masks, return_inverse=True)
        matrix = (distinct[:, None] >> np.arange(len(values))) & 1
        columns = tuple((name, value) for value in values)
        yield Block(codes.astype(np.int64), matrix.astype(np.bool_), columns)


def derived_from(blocks: Iterable[Block], derived: dict[str, Derived], of: str) -> Iterator[Block]:
    """`blocks` of the facet `of`, each with the columns that follow from it beside its own.

    A facet of more than one block has nothing derived from it: declare fewer options.
    """
    blocks = list(blocks)
    if derived and len(blocks) > 1:
        raise ValueError(f"{of} has too many options to derive {', '.join(derived)} from")
    for block in blocks:
        matrices, columns = [block.matrix], list(block.columns)
        for name, one in derived.items():
            matrices.append(block.matrix.astype(np.int64) @ one.matrix.astype(np.int64) > 0)
            columns += [(name, value) for value in one.values]
        yield Block(block.codes, np.hstack(matrices), tuple(columns))


def merged(a: Block, b: Block, most: int) -> Block | None:
    """Both as one block; None where it would have more than `most` codes."""
    width = len(b.matrix)
    if len(a.matrix) * width > MOST_PRODUCTS_OF_CODES:
        return None
    pairs = a.codes * width + b.codes
    met = np.bincount(pairs, minlength=len(a.matrix) * width) > 0
    distinct = np.flatnonzero(met)
    if len(distinct) > most:
        return None
    codes = (np.cumsum(met) - 1)[pairs]
    matrix = np.hstack([a.matrix[distinct // width], b.matrix[distinct % width]])
    return Block(codes, matrix, a.columns + b.columns)


def following(block: Block, other: Block) -> tuple[Block, Block]:
    """`block` with the columns of `other` that follow from it, and what is left of `other`.

    A column follows where rows with the same code always agree on it (not applicable follows from
    the form): then it costs nothing to count.
    """
    width = len(other.matrix)
    pairs = np.bincount(block.codes * width + other.codes, minlength=len(block.matrix) * width)
    met = pairs.reshape(len(block.matrix), width)
    with_it = met @ other.matrix.astype(np.int64)
    agreed = (with_it == 0) | (with_it == met.sum(axis=1)[:, None])
    follows = np.flatnonzero(agreed.all(axis=0))
    kept = np.flatnonzero(~agreed.all(axis=0))
    return (
        Block(
            block.codes,
            np.hstack([block.matrix, with_it[:, follows] > 0]),
            block.columns + tuple(other.columns[at] for at in follows.tolist()),
        ),
        Block(other.codes, other.matrix[:, kept], tuple(other.columns[at] for at in kept.tolist())),
    )
