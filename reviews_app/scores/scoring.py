"""A method applied to a machine, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from reviews_app.catalogue.vocabulary import Audience
from reviews_app.scores.computing import (
    PartScore,
    Total,
    as_centi,
    part_score,
    points_on,
    total_score,
)
from reviews_app.scores.models import Unscored
from reviews_app.scores.records import FactRule, MapRecord, MethodRecord, PartRule
from reviews_app.scores.subjects import Reading, Subject, reading_of

_AUDIENCES = {
    Audience.SUPERVISED: Unscored.SUPERVISED,
    Audience.GENERAL: Unscored.GENERAL,
}


@dataclass(frozen=True, slots=True)
class FactStep:
    """One fact of a part: what was read, and its points in hundredths; None for not stated."""

    rule: FactRule
    map: MapRecord
    reading: Reading | None
    points_centi: int | None


@dataclass(frozen=True, slots=True)
class PartStep:
    """One part: its facts that apply to the machine's form, and what they come to."""

    rule: PartRule
    facts: tuple[FactStep, ...]
    score: PartScore


@dataclass(frozen=True, slots=True)
class Scored:
    """What the method makes of one machine, with every step; no parts where it is not scored."""

    product_id: int
    parts: tuple[PartStep, ...]
    total: Total
    cap_centi: int | None
    reason: Unscored | None


def scored(method: MethodRecord, subject: Subject) -> Scored:
    """The score of a machine by the method's own weights."""
    if subject.audience in _AUDIENCES:
        unscored = _AUDIENCES[subject.audience]
        return Scored(subject.product_id, (), Total(None, 0), None, unscored)
    parts = tuple(_part(part, subject) for part in method.parts)
    cap_centi = method.cap_centi(is_recalled=subject.is_recalled)
    total = total_score(
        ((part.rule.weight, part.score) for part in parts),
        floor_percent=method.floor_percent,
        cap_centi=cap_centi,
    )
    reason = Unscored.TOO_LITTLE_KNOWN if total.points_centi is None else None
    return Scored(subject.product_id, parts, total, cap_centi, reason)


def _part(part: PartRule, subject: Subject) -> PartStep:
    steps = tuple(
        _fact(rule, one, subject)
        for rule in part.facts
        if (one := rule.map_for(subject.form)) is not None
    )
    score = part_score((step.rule.weight, step.points_centi) for step in steps)
    return PartStep(part, steps, score)


def _fact(rule: FactRule, one: MapRecord, subject: Subject) -> FactStep:
    reading = reading_of(rule, subject)
    return FactStep(rule, one, reading, None if reading is None else _points(one, reading))


def _points(one: MapRecord, reading: Reading) -> int | None:
    if isinstance(reading.value, str):
        points = one.options.get(reading.value)
        return None if points is None else as_centi(points)
    return points_on(one.line, reading.value)
