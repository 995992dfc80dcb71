"""What the evidence says of the needs a reader chose, and of how a machine answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reviews_app.catalogue import massage_types as types
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.claims import BY_HAND
from reviews_app.guidance.models import SUPPORTING, Grade, Need
from reviews_app.guidance.needs import Answer
from reviews_app.guidance.safety import Flag

STRENGTH = list(Grade)


@dataclass(frozen=True)
class Backing:
    """A need with how well each mechanism answers it, best first; hands are no machine."""

    need: Need
    answers: tuple[Answer, ...]

    @property
    def by_machine(self) -> tuple[Answer, ...]:
        """What is known of ways that machines have."""
        return tuple(one for one in self.answers if one.mechanism.id not in BY_HAND)

    @property
    def by_hand(self) -> tuple[Answer, ...]:
        """Ways only a person has, for which there is some evidence."""
        hands = (one for one in self.answers if one.mechanism.id in BY_HAND)
        return tuple(one for one in hands if one.grade in SUPPORTING)

    @property
    def is_helpless(self) -> bool:
        """Whether no way that machines have is supported by anything."""
        return not any(one.grade in SUPPORTING for one in self.by_machine)

    def for_machine(self, mechanism_ids: Collection[str]) -> tuple[Answer, ...]:
        """What is known of the ways one machine has."""
        return tuple(one for one in self.by_machine if one.mechanism.id in mechanism_ids)


@dataclass(frozen=True)
class Evidence:
    """What is known whatever a reader answers: every need, every warning sign, every grade.

    flags stand most urgent first; meanings are sentences by grade, strongest first.
    """

    backings: tuple[Backing, ...]
    flags: tuple[Flag, ...]
    meanings: Mapping[str, str]

    def of_needs(self, need_ids: Collection[str]) -> tuple[Backing, ...]:
        """The needs with those ids, in their order on the site."""
        return tuple(one for one in self.backings if one.need.id in need_ids)


@once_a_revision
def evidence() -> Evidence:
    """What the guidance knows that the finder speaks of."""
    answers = sorted(
        guidance.answers_of([one.id for one in types.mechanisms()]),
        key=lambda one: STRENGTH.index(Grade(one.grade)),
    )
    return Evidence(
        tuple(
            Backing(need, tuple(one for one in answers if one.need.id == need.id))
            for need in guidance.needs()
        ),
        tuple(guidance.red_flags()),
        guidance.grade_meanings(),
    )
