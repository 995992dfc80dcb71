"""Remembers what was read at a revision of the catalogue, for all requests until the next one.

Only where a process was told to: where it answers from an index, and a change that is committed
raises the revision. Elsewhere everything is read anew. It is what was committed last, also in a
transaction that has changed something and not said so yet.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from reviews_app.catalogue.revision import current_revision
from reviews_app.db import apart, db

Read = TypeVar("Read")
Key = TypeVar("Key", bound=Hashable)


class Memory:
    """What was read at one revision. Threads may read the same thing twice; then one stays.

    `ask` gives the last committed revision, whichever this memory is of.
    """

    def __init__(self, revision: int, ask: Callable[[], int]) -> None:
        self.revision = revision
        self.ask = ask
        self.shelves: dict[str, OrderedDict[Hashable, Any]] = {}

    def keep(self, kind: str, found: Mapping[Key, Any], most: int) -> None:
        """Keep things of a kind; of more than `most` those kept first go."""
        shelf = self.shelves.setdefault(kind, OrderedDict())
        for key, thing in found.items():
            shelf[key] = thing
            if len(shelf) > most:
                shelf.popitem(last=False)


_MEMORIES: WeakKeyDictionary[sa.Engine, Memory] = WeakKeyDictionary()


def start(ask: Callable[[], int]) -> None:
    """Remember from now on what is read of this database; `ask` gives its last revision quickly."""
    _MEMORIES[db.engine] = Memory(ask(), ask)


def stop() -> None:
    """Read everything anew again."""
    _MEMORIES.pop(db.engine, None)


def last_revision() -> int:
    """The last committed revision, asked of the database only where nothing is remembered."""
    memory = _memory()
    return current_revision() if memory is None else memory.revision


def once_a_revision(read: Callable[[], Read]) -> Callable[[], Read]:
    """`read`, asked once a revision. What it gives is shared, so nobody may change it."""

    def reading() -> Read:
        return each_once(
            f"{read.__module__}.{read.__qualname__}", [None], lambda _: {None: read()}, most=1
        )[None]

    return reading


def each_once(
    kind: str,
    keys: Iterable[Key],
    read: Callable[[list[Key]], Mapping[Key, Read]],
    *,
    most: int,
) -> dict[Key, Read]:
    """Things of a kind by key; `read` is asked for those not remembered, and may leave some out.

    kind: what they are, one word for one `read`. most: how many are remembered.
    """
    wanted = list(keys)
    memory = _memory()
    if memory is None:
        return dict(read(wanted))
    shelf: Mapping[Hashable, Any] = memory.shelves.get(kind, {})
    found = {key: shelf[key] for key in wanted if key in shelf}
    missing = [key for key in wanted if key not in found]
    if missing:
        found |= _read(memory, kind, missing, read, most)
    return cast(dict[Key, Read], found)


def _read(
    memory: Memory,
    kind: str,
    keys: list[Key],
    read: Callable[[list[Key]], Mapping[Key, Read]],
    most: int,
) -> Mapping[Key, Read]:
    """Read apart: rows of the request's own session would be let go of when it commits.

    The revision was asked for before; if it is the same afterwards, nothing came in between.
    """
    with apart():
        found = read(keys)
    if memory.ask() != memory.revision:
        return read(keys)
    memory.keep(kind, found, most)
    return found


def _memory() -> Memory | None:
    """Of the last committed revision; requests under way may still hold that of another."""
    memory = _MEMORIES.get(db.engine)
    if memory is None:
        return None
    revision = memory.ask()
    if memory.revision != revision:
        memory = _MEMORIES[db.engine] = Memory(revision, memory.ask)
    return memory
