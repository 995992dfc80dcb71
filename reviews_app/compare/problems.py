"""Says what is wrong with an address of the comparison, and keeps what is right with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from reviews_app.errors import DomainError, Problem

if TYPE_CHECKING:
    from reviews_app.compare.lineup import Lineup


class BadLineup(DomainError):
    """An address that cannot be answered: every problem with it, and the part that can be.

    `problems` stand in order of importance, malformed before unheard of; `status` is that of the
    first. `kept` is the Lineup of everything valid; of too many machines it holds all.
    """

    code: ClassVar[str] = "bad_lineup"

    def __init__(self, problems: Sequence[Problem], kept: Lineup) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.status))
        first = self.problems[0]
        super().__init__(first.message, parameter=first.parameter, value=first.value)
        self.status = first.status
        self.kept = kept
