"""Says what is wrong with an address of the listing, and keeps what is right with it (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from reviews_app.errors import (
    UNREADABLE,
    DomainError,
    Problem,
    malformed,
    shortened,
    unheard_of,
)

if TYPE_CHECKING:
    from reviews_app.browse.selection import Selection

__all__ = ["UNREADABLE", "BadSelection", "Problem", "malformed", "shortened", "unheard_of"]


class BadSelection(DomainError):
    """An address that cannot be answered: every problem with it, and the part that can be.

    `problems` stand in order of importance, malformed before unheard of; `status` is that of the
    first. `kept` is the Selection of everything valid, so the way on from every problem.
    """

    code: ClassVar[str] = "bad_selection"

    def __init__(self, problems: Sequence[Problem], kept: Selection) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.status))
        first = self.problems[0]
        super().__init__(first.message, parameter=first.parameter, value=first.value)
        self.status = first.status
        self.kept = kept
