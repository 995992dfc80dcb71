"""Bitmaps of rows, as pyroaring has them, handed to and from numpy without a copy in Python."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Rows = NDArray[np.uint32]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]

CONTAINER_ROWS = 65_536
WORDS_A_CONTAINER = CONTAINER_ROWS // 64
MOST_IN_AN_ARRAY = 4096
WITHOUT_RUNS = 12_346
"""First number of a serialized bitmap that holds no runs (the format's SERIAL_COOKIE_NO_RUN)."""


def of_rows(rows: NDArray[np.integer]) -> BitMap:
    """The bitmap of ascending rows. From `array` it is made ten times faster than from numpy."""
    return BitMap(array("I", rows.astype(np.uint32, copy=False).tobytes()))


def of_bools(bools: Bools) -> BitMap:
    """The bitmap of the rows that are true; bools: one per row."""
    return of_rows(np.flatnonzero(bools))


def of_span(first: int, end: int) -> BitMap:
    """The rows from `first` up to but without `end`."""
    found = BitMap()
    found.add_range(first, end)
    return found


def rows_of(bitmap: BitMap) -> Rows:
    """The rows of a bitmap, ascending."""
    return np.array(bitmap.to_array(), dtype=np.uint32, copy=None)


def bools_of(bitmap: BitMap, n: int) -> Bools:
    """One boolean per row."""
    bools = np.zeros(n, dtype=np.bool_)
    bools[rows_of(bitmap)] = True
    return bools


def words_of(bitmap: BitMap, n: int) -> Words:
    """The bitmap as bits, row r at bit r % 64 of word r // 64; at least `n` bits.

    Reads the portable serialization (github.com/RoaringBitmap/RoaringFormatSpec): a dense container
    stands in it as 1,024 words. Runs, which no intersection here makes, go the long way round.
    """
    words = np.zeros(-(-n // CONTAINER_ROWS) * WORDS_A_CONTAINER, dtype=np.uint64)
    data = np.frombuffer(bitmap.serialize(), dtype=np.uint8)
    cookie, containers = (int(one) for one in data[:8].view(np.uint32))
    if cookie != WITHOUT_RUNS:
        return _words_the_long_way(bitmap, len(words))
    header = data[8 : 8 + 4 * containers].view(np.uint16)
    at = 8 + 8 * containers
    for key, cardinality in zip(header[::2].tolist(), header[1::2].tolist(), strict=True):
        place = slice(key * WORDS_A_CONTAINER, (key + 1) * WORDS_A_CONTAINER)
        if cardinality >= MOST_IN_AN_ARRAY:  # the header holds one less
            size = 8 * WORDS_A_CONTAINER
            words[place] = np.frombuffer(data[at : at + size].tobytes(), dtype=np.uint64)
        else:
            size = 2 * (cardinality + 1)
            bools = np.zeros(CONTAINER_ROWS, dtype=np.bool_)
            bools[np.frombuffer(data[at : at + size].tobytes(), dtype=np.uint16)] = True
            words[place] = np.packbits(bools, bitorder="little").view(np.uint64)
        at += size
    return words


def _words_the_long_way(bitmap: BitMap, size: int) -> Words:
    return np.packbits(bools_of(bitmap, size * 64), bitorder="little").view(np.uint64)
