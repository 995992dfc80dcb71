"""Many strings in one block of memory, to be looked up and searched like a sorted list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray


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
    encoded = [one.encode() for one in strings]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in encoded], out=ends[1:])
    small = ends[-1] < 2**32
    return Strings(b"".join(encoded), ends.astype(np.uint32) if small else ends)
