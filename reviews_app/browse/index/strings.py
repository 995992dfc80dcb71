"""Many strings in one block of memory, to be looked up and searched like a sorted list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Strings:
    """A frozen sequence of strings: about 4 bytes each beside their text."""

    text: bytes
    ends: NDArray[np.int64] | NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: int) -> str:
        return self.text[self.ends[place] : self.ends[place + 1]].decode()


def packed(strings: Iterable[str]) -> Strings:
    """The strings, in the order given."""
    encoded = [one.encode() for one in strings]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in encoded], out=ends[1:])
    small = ends[-1] < 2**32
    return Strings(b"".join(encoded), ends.astype(np.uint32) if small else ends)
