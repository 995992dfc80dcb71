"""The rule of the check: what answers mean for something that acts on the leg in known ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reviews_app.advise.answers import Answers
from reviews_app.advise.conditions import Conditions
from reviews_app.advise.outcomes import OF_ACTION, OF_SEVERITY, Outcome
from reviews_app.guidance.safety import Flag, Rule


@dataclass(frozen=True)
class Reason:
    """Something that speaks against: what it asks for, and of which mechanisms."""

    said: Rule | Flag
    outcome: Outcome
    mechanisms: frozenset[str]


@dataclass(frozen=True)
class Assessment:
    """Exactly one outcome, and every reason for it or a milder one, strictest first."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


def assess(answers: Answers, mechanisms: Collection[str], conditions: Conditions) -> Assessment:
    """What the answers mean for something with these mechanisms (`product.md` §6).

    Where reasons differ the strictest gives the outcome and all are kept. Nothing is said of
    something whose mechanisms are not known.
    """
    if not mechanisms:
        return Assessment(Outcome.NOT_ASSESSED)
    reasons = sorted(
        _reasons(conditions.holding(answers), frozenset(mechanisms)),
        key=lambda reason: reason.outcome.rank,
    )
    outcome = reasons[0].outcome if reasons else Outcome.NO_CONFLICT
    return Assessment(outcome, tuple(reasons))


def _reasons(holding: Conditions, mechanisms: frozenset[str]) -> Iterator[Reason]:
    for flag in holding.flags:
        yield Reason(flag, OF_ACTION[flag.flag.action], mechanisms)
    for rule in holding.rules:
        one = rule.contraindication
        met = mechanisms if rule.applies_to_all else mechanisms.intersection(one.applies_to)
        if met:
            yield Reason(rule, OF_SEVERITY[one.severity], met)
