"""What a reader's health means for the machines that were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviews_app.advise.answers import Answers
from reviews_app.advise.assessing import Assessment, assess
from reviews_app.advise.conditions import Conditions
from reviews_app.advise.finding import Match
from reviews_app.advise.outcomes import Outcome

SHOWN_AS = (Outcome.NO_CONFLICT, Outcome.ASK, Outcome.NOT_ASSESSED, Outcome.STOP)
"""The order of outcomes beside machines: what nobody should use comes last, and without a card."""


@dataclass(frozen=True)
class Judged:
    """A machine that was found, and what the check says of it."""

    match: Match
    assessment: Assessment


def by_outcome(
    matches: Sequence[Match], answers: Answers, conditions: Conditions
) -> list[tuple[Outcome, list[Judged]]]:
    """Every machine under its one outcome, in the order it was found in; empty ones left out."""
    judged = [
        Judged(match, assess(answers, [one.id for one in match.mechanisms], conditions))
        for match in matches
    ]
    found = [(one, [each for each in judged if each.assessment.outcome is one]) for one in SHOWN_AS]
    return [(outcome, machines) for outcome, machines in found if machines]
