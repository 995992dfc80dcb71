"""Many strings in one block of memory, to be looked up and searched like a sorted list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import numpy as np
from numpy.typing import NDArray

PACKED_AT_ONCE = 10_000
"""A million texts as objects at once leave holes in the memory of Python when they are gone."""


@dataclass(frozen=True)
class Strings(Sequence[str]):
    """A frozen sequence of strings: about 4 bytes each beside their text."""

    text: bytes
    ends: NDArray[np.int64] | NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.text[self.ends[place] : self.ends[place + 1]].decode()


def packed(strings: Iterable[str]) -> Strings:
    """The strings, in the order given."""
    waiting = iter(strings)
    texts, sizes = [], [np.zeros(1, dtype=np.int64)]
    while some := [one.encode() for one in islice(waiting, PACKED_AT_ONCE)]:
        texts.append(b"".join(some))
        sizes.append(np.fromiter(map(len, some), np.int64, len(some)))
    ends = np.cumsum(np.concatenate(sizes))
    small = ends[-1] < 2**32
    return Strings(b"".join(texts), ends.astype(np.uint32) if small else ends)
