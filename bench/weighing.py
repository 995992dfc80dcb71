"""Weighs what an index holds: its arrays, bitmaps and texts, each once, whatever holds them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pyroaring import BitMap


def weigh(holder: object) -> int:
    """The bytes of everything reachable from `holder` through data classes and containers.

    Libraries' own structures (such as a dictionary of tantivy) are not looked into.
    """
    seen: dict[int, object] = {}
    waiting = [holder]
    total = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, np.ndarray) and one.base is not None:
            one = one.base  # a view weighs nothing
        if id(one) in seen or isinstance(one, type):
            continue
        seen[id(one)] = one  # kept, so that no other object takes its id
        total += _own(one)
        waiting.extend(_inside(one))
    return total


def _own(one: object) -> int:
    if isinstance(one, np.ndarray):
        return int(one.nbytes)
    if isinstance(one, BitMap):
        return len(one.serialize())
    return sys.getsizeof(one)


def _inside(one: object) -> Iterator[Any]:
    if isinstance(one, np.ndarray | BitMap | str | bytes | int | float):
        return
    if isinstance(one, Mapping):
        yield from one.keys()
        yield from one.values()
    elif isinstance(one, list | tuple | set | frozenset):
        yield from one
    elif type(one).__module__.startswith("reviews_app"):
        yield from vars(one).values()
