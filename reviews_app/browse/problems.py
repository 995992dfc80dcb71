"""Says what is wrong with an address of the listing, and keeps what is right with it (rule 11)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from reviews_app.errors import DomainError

if TYPE_CHECKING:
    from reviews_app.browse.selection import Selection

LONGEST_SHOWN = 100

UNREADABLE = ("Cc", "Cs")
"""Categories of characters that no text to read holds: controls and halves of characters."""

Status = Literal[400, 404]


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where, what was given, why it cannot be answered, for people and programs.

    status 400: no catalogue could answer it; 404: this one has no such thing.
    """

    parameter: str
    value: str
    message: str
    status: Status
    code: str


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


def malformed(parameter: str, value: str, message: str, code: str = "malformed") -> Problem:
    """A problem with the question itself."""
    return Problem(parameter, shortened(value), message, 400, code)


def unheard_of(parameter: str, value: str, message: str, code: str = "unknown_value") -> Problem:
    """A well-formed question for something that is not here."""
    return Problem(parameter, shortened(value), message, 404, code)


def shortened(value: str) -> str:
    """`value` as an answer may repeat it: not longer than a line, and every character readable."""
    cut = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
    return "".join("�" if unicodedata.category(c) in UNREADABLE else c for c in cut)
