"""Bitmaps of rows, as pyroaring has them, handed to and from numpy without a copy in Python."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

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

FEWEST_WITH_OFFSETS = 4
ARRAY, BITS, RUNS = range(3)
"""The kinds of container: numbers of two bytes, 65,536 bits, pairs of first and how many more."""


def of_rows(rows: NDArray[np.integer]) -> BitMap:
    """The bitmap of ascending rows.

    From `array` it is made ten times faster than from numpy. Left to itself it would keep short
    runs of rows as runs, to save memory; bits are intersected ten times faster.
    """
    return BitMap(array("I", rows.astype(np.uint32, copy=False).tobytes()), optimize=False)


def of_bools(bools: Bools) -> BitMap:
    """The bitmap of the rows that are true; bools: one per row."""
    return of_rows(np.flatnonzero(bools))


def of_span(first: int, end: int) -> BitMap:
    """The rows from `first` up to but without `end`."""
    found = BitMap()
    found.add_range(first, end)
    return found


def union(bitmaps: Sequence[BitMap]) -> BitMap:
    """The rows of any. Two by two: `BitMap.union` would turn bits into runs."""
    return reduce(or_, bitmaps) if bitmaps else BitMap()


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

    Reads the portable serialization (github.com/RoaringBitmap/RoaringFormatSpec), in which a dense
    container stands as 1,024 words.
    """
    words = np.zeros(-(-n // CONTAINER_ROWS) * WORDS_A_CONTAINER, dtype=np.uint64)
    data = bitmap.serialize()
    for key, kind, at, size in _containers(data):
        place = slice(key * WORDS_A_CONTAINER, (key + 1) * WORDS_A_CONTAINER)
        if kind == BITS:
            words[place] = np.frombuffer(data, np.uint64, WORDS_A_CONTAINER, at)
            continue
        bools = np.zeros(CONTAINER_ROWS, dtype=np.bool_)
        if kind == ARRAY:
            bools[np.frombuffer(data, np.uint16, size, at)] = True
        else:
            for first, more in np.frombuffer(data, np.uint16, 2 * size, at).reshape(-1, 2).tolist():
                bools[first : first + more + 1] = True
        words[place] = np.packbits(bools, bitorder="little").view(np.uint64)
    return words


def _containers(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Of each container its key, its kind, where its numbers begin, and how many there are."""
    (cookie,) = struct.unpack_from("<I", data)
    runs = b""
    if cookie == WITHOUT_RUNS:
        (count,) = struct.unpack_from("<I", data, 4)
        at = 8
    else:
        count = (cookie >> 16) + 1
        at = 4 + (count + 7) // 8
        runs = data[4:at]
    header = struct.unpack_from(f"<{2 * count}H", data, at)
    at += 4 * count
    if not runs or count >= FEWEST_WITH_OFFSETS:
        at += 4 * count
    for place, (key, one_less) in enumerate(zip(header[::2], header[1::2], strict=True)):
        if runs and runs[place >> 3] >> (place & 7) & 1:
            (size,) = struct.unpack_from("<H", data, at)
            yield key, RUNS, at + 2, size
            at += 2 + 4 * size
        elif one_less < MOST_IN_AN_ARRAY:
            yield key, ARRAY, at, one_less + 1
            at += 2 * (one_less + 1)
        else:
            yield key, BITS, at, WORDS_A_CONTAINER
            at += 8 * WORDS_A_CONTAINER
