"""How much each part counts: as the method says, or as a reader wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd

from reviews_app.errors import Problem, malformed

PREFIX = "w."
"""What the name of a weight begins with in an address: w.ease=3."""

HEAVIEST = 100
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Weights:
    """A weight for every part of a method, in its order, with no factor common to all.

    `own` are the method's weights, `chosen` those that count. Weights that mean the same are equal.
    """

    own: tuple[tuple[str, int], ...]
    chosen: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, own: Mapping[str, int]) -> Weights:
        """The weights of a method, unchanged."""
        reduced = _reduced(own)
        return cls(reduced, reduced)

    def read(self, args: Iterable[tuple[str, str]]) -> tuple[Weights, list[Problem]]:
        """The weights that decoded query parameters spell, and what cannot be read, in words.

        Other names, parts the method does not have, and empty values are left out. A part that is
        not spelled keeps the method's weight. With a problem these weights come back.
        """
        spelled: dict[str, str] = {}
        problems: list[Problem] = []
        for name, value in args:
            part, text = name.removeprefix(PREFIX), value.strip()
            if name == part or part not in dict(self.own) or not text:
                continue
            if spelled.setdefault(part, text) != text:
                problems.append(malformed(name, value, f"{name} is given twice.", "given_twice"))
        problems += [problem for one in spelled.items() if (problem := _misfit(*one))]
        if problems:
            return self, problems
        weights = dict(self.own) | {part: int(text) for part, text in spelled.items()}
        if not any(weights.values()):
            message = "With every weight at 0 there is nothing to order by. Give one part a weight."
            return self, [malformed(f"{PREFIX}{self.own[0][0]}", "0", message, "all_zero")]
        return Weights(self.own, _reduced(weights)), []

    def as_args(self) -> list[tuple[str, str]]:
        """The one way to spell these weights in an address: those that are not the method's."""
        own = dict(self.own)
        return [(f"{PREFIX}{part}", str(n)) for part, n in self.chosen if n != own[part]]

    @property
    def published(self) -> Weights:
        """The weights of the method."""
        return Weights(self.own, self.own)

    @property
    def by_part(self) -> dict[str, int]:
        """The weights that count, by part."""
        return dict(self.chosen)

    @property
    def is_own(self) -> bool:
        """Whether the parts count as the method says."""
        return self.chosen == self.own


def _misfit(part: str, text: str) -> Problem | None:
    if _WHOLE.fullmatch(text) and int(text) <= HEAVIEST:
        return None
    message = f"A weight is a whole number from 0 to {HEAVIEST}."
    return malformed(f"{PREFIX}{part}", text, message, "bad_weight")


def _reduced(weights: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    common = gcd(*weights.values())
    return tuple((part, weight // common) for part, weight in weights.items())
