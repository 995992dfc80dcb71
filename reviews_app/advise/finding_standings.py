"""How every machine stands to every choice: who is left, and why not the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reviews_app import browse
from reviews_app.advise.finding_questions import asked_for, names_in_order, with_unstated
from reviews_app.browse import Missed, Selection
from reviews_app.catalogue import directory

MOST_NAMES = 250
"""Machines named on a page beside those found; of a larger catalogue the rest is counted."""


@dataclass(frozen=True)
class Named:
    """A machine by name."""

    slug: str
    name: str


@dataclass(frozen=True)
class Standings:
    """How many machines fail what, of those the finder is for.

    failed: how many machines fail exactly these choices; nothing failed means found. stating:
    how many state all that was asked, and meet it. with_unstated: how many would be found if
    those who do not state something were let in. others: machines not found with what they
    fail, by name, and no more of them than MOST_NAMES.
    """

    failed: Mapping[Missed, int]
    stating: int
    with_unstated: int
    others: Sequence[tuple[Missed, Named]] = ()

    @property
    def everyone(self) -> int:
        """How many machines there are to choose from."""
        return sum(self.failed.values())

    @property
    def total(self) -> int:
        """How many are found."""
        return self.failed.get((), 0)

    @property
    def decisive(self) -> dict[str, int]:
        """How many machines each choice is decisive for: the first, of those they fail."""
        counted: Counter[str] = Counter()
        for failed, machines in self.failed.items():
            if failed:
                counted[failed[0]] += machines
        return {name: counted[name] for name in names_in_order(counted)}

    def named(self, name: str) -> list[Named]:
        """The machines that a choice is decisive for, as far as they are named."""
        return [one for failed, one in self.others if failed[0] == name]

    def found_without(self, dropped: Sequence[str]) -> int:
        """How many would be found if these choices were dropped."""
        return sum(n for failed, n in self.failed.items() if set(failed) <= set(dropped))

    def relaxations(self) -> list[tuple[Missed, int]]:
        """The fewest choices to drop so that something is found, most found first: one, or two."""
        names = names_in_order({name for failed in self.failed for name in failed})
        for together in (1, 2):
            found = [(one, self.found_without(one)) for one in combinations(names, together)]
            helping = [(dropped, machines) for dropped, machines in found if machines]
            if helping:
                return sorted(helping, key=lambda pair: -pair[1])
        return []


def standings(selection: Selection) -> Standings:
    """How the machines of the finder stand to a Selection.

    They are judged by the conditions of the listing, so that what is found here is what it finds.
    """
    names = asked_for(selection)
    left_out = browse.misses(selection, names, most=MOST_NAMES)
    found = left_out.counts.get((), 0)

    def total(variant: Selection) -> int:
        return found if variant == selection.with_page(1) else browse.total(variant)

    known = directory.products_named([id_ for _, id_ in left_out.machines])
    return Standings(
        left_out.counts,
        stating=total(with_unstated(selection, include=False)),
        with_unstated=total(with_unstated(selection, include=True)),
        others=[(missed, Named(*known[id_])) for missed, id_ in left_out.machines if id_ in known],
    )
