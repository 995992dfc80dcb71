"""What an import did, or with `--dry-run` would do: which things it added, changed and removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

NAMES_KEPT = 20_000
"""Names kept per kind and verb, as many as an index is told of; every one is counted."""


@dataclass
class Noted:
    """How many things of each kind, and the first names of each."""

    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str) -> None:
        """Note one thing, such as ("product", "hyperice-normatec-3-legs")."""
        self.counts[kind] += 1
        kept = self.names.setdefault(kind, [])
        if len(kept) < NAMES_KEPT:
            kept.append(name)

    def add_all(self, kind: str, names: Iterable[str]) -> None:
        """Note several things of one kind."""
        for name in names:
            self.add(kind, name)

    def include(self, other: Noted) -> None:
        """Take over what `other` noted."""
        for kind, count in other.counts.items():
            self.counts[kind] += count
            kept = self.names.setdefault(kind, [])
            kept.extend(other.names.get(kind, [])[: NAMES_KEPT - len(kept)])

    def __bool__(self) -> bool:
        return self.counts.total() > 0


@dataclass
class Changes:
    """Things added, changed and removed, by kind ("product", "source", "claim" …).

    Falsy when nothing changed. A product that leaves is retired, and counts as removed.
    """

    added: Noted = field(default_factory=Noted)
    changed: Noted = field(default_factory=Noted)
    removed: Noted = field(default_factory=Noted)

    def include(self, other: Changes) -> None:
        """Take over the changes another part of the import made."""
        self.added.include(other.added)
        self.changed.include(other.changed)
        self.removed.include(other.removed)

    def products_only(self, beside: Collection[str] = ()) -> list[str] | None:
        """The slugs of the products that changed, if nothing but kinds `beside` did besides.

        Brands may have come or gone with their machines, but not changed. None where anything
        else changed, or more products than are named here.
        """
        noted = (self.added, self.changed, self.removed)
        kinds = {kind for one in noted for kind in one.counts} - {"product", *beside}
        slugs = {slug for one in noted for slug in one.names.get("product", [])}
        count = sum(one.counts["product"] for one in noted)
        if kinds <= {"brand"} and not self.changed.counts["brand"] and count == len(slugs):
            return sorted(slugs)
        return None

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)
