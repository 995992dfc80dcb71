"""What a reader ticked, read from a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from reviews_app.errors import BadInput

MOST_TICKS = 500
"""Far more than there are conditions: who sends more did not use the form."""


@dataclass(frozen=True)
class Answers:
    """The ids of the contraindications and red flags a reader ticked.

    Left out of its own `repr`, so that no message or log says by accident what somebody has.
    """

    keys: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def from_form(cls, ticked: Iterable[str], known: Collection[str]) -> Answers:
        """The answers in the values of a form. Raises BadAnswers for any that is not `known`."""
        values = list(islice(ticked, MOST_TICKS + 1))
        kept = cls(frozenset(value for value in values if value in known))
        if len(values) > MOST_TICKS:
            raise BadAnswers(
                f"More than {MOST_TICKS} answers came at once. Our list is much shorter."
                " Please look at what is ticked below and send it again.",
                kept,
            )
        unknown = len(values) - sum(value in known for value in values)
        if unknown:
            raise BadAnswers(
                f"{'One answer is' if unknown == 1 else f'{unknown:,} answers are'} not on our"
                " list, so we checked nothing yet. What we know is still ticked below. Please"
                " look it over and send it again.",
                kept,
            )
        return kept

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.keys))

    def __len__(self) -> int:
        return len(self.keys)


class BadAnswers(BadInput):
    """A form that cannot be checked as it came; `kept` is what was ticked and is known.

    Its message says how many answers are wrong, never which.
    """

    code = "bad_answers"

    def __init__(self, message: str, kept: Answers) -> None:
        super().__init__(message, parameter="condition")
        self.kept = kept
