"""Knows how a feature says that it cannot give what was asked, without knowing who asked.

One file in `web` turns these into pages, one in `api` into JSON.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Literal

LONGEST_SHOWN = 100

UNREADABLE = ("Cc", "Cs")
"""Categories of characters that no text to read holds: controls and halves of characters."""

Status = Literal[400, 404]


class DomainError(Exception):
    """What was asked cannot be given; `message` says why, in words for a reader.

    `parameter` and `value` name the part of the question at fault, where there is one.
    """

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str, *, parameter: str | None = None, value: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.parameter = parameter
        self.value = value


class NotFound(DomainError):
    """There is no such thing, and as far as is known there never was."""

    code = "not_found"


class Gone(DomainError):
    """It was here and has been retired; `successor` is the slug of what took its place."""

    code = "gone"

    def __init__(self, message: str, *, successor: str | None = None) -> None:
        super().__init__(message)
        self.successor = successor


class BadInput(DomainError):
    """The question itself is malformed: no catalogue could answer it."""

    code = "bad_input"

    @property
    def problem(self) -> Problem:
        """The same, to be said at its field."""
        return malformed(self.parameter or "", "", self.message)


class Refused(DomainError):
    """It can be done, but not by who asked, or not in the state it is in."""

    code = "refused"


class Overtaken(DomainError):
    """Somebody else was quicker: what was asked for is no longer open."""

    code = "overtaken"


class TooMany(DomainError):
    """A limit is reached; `retry_after_seconds` says when it is worth trying again."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


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


def malformed(parameter: str, value: str, message: str, code: str = "malformed") -> Problem:
    """A problem with the question itself."""
    return Problem(parameter, shortened(value), message, 400, code)


def unheard_of(parameter: str, value: str, message: str, code: str = "unknown_value") -> Problem:
    """A well-formed question for something that is not here."""
    return Problem(parameter, shortened(value), message, 404, code)


def shortened(value: str) -> str:
    """`value` as an answer may repeat it: not longer than a line, and every character readable."""
    cut = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
    return "".join("\ufffd" if unicodedata.category(c) in UNREADABLE else c for c in cut)
