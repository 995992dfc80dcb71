"""Knows how a feature says that it cannot give what was asked, without knowing who asked.

One file in `web` turns these into pages, one in `api` into JSON.
"""

from typing import ClassVar


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
