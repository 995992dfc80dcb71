"""A machine as a method looks at it, and what can be read of it. No price is among it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reviews_app.catalogue.vocabulary import Audience
from reviews_app.guidance.models import SUPPORTING, Grade
from reviews_app.scores.computing import Number, rounded
from reviews_app.scores.records import FactRule


@dataclass(frozen=True, slots=True)
class Known:
    """An accepted fact from a source that is not weak: a span of numbers, or one option."""

    low: float | None
    high: float | None
    option: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The best grade that a mechanism of the machine's types has for one need."""

    need: str
    mechanism: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Subject:
    """One machine. `inapplicable` are the attributes its form cannot have.

    `clearances` and `warnings` are the ids of the sources that have one on record.
    """

    product_id: int
    form: str
    audience: Audience
    is_recalled: bool
    facts: Mapping[str, Known] = field(default_factory=dict)
    inapplicable: frozenset[str] = frozenset()
    clearances: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    needs: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads of a machine, the sources it stands in, and what it was made from."""

    value: Number | str
    sources: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()


def reading_of(rule: FactRule, subject: Subject) -> Reading | None:
    """What the rule reads; None where nobody has stated it, which is never a no."""
    derived = _DERIVED.get(rule.reads)
    return derived(rule, subject) if derived else _stated_fact(rule, subject)


def _stated_fact(rule: FactRule, subject: Subject) -> Reading | None:
    fact = subject.facts.get(rule.reads)
    if fact is None:
        return None
    if fact.option is not None:
        return Reading(fact.option, (fact.source,))
    number = fact.low if rule.setting == "lowest" else fact.high
    return None if number is None else Reading(_plain(number), (fact.source,))


def _share_stated(rule: FactRule, subject: Subject) -> Reading | None:
    asked = [one for one in rule.of if one not in subject.inapplicable]
    stated = [one for one in asked if one in subject.facts]
    if not asked:
        return None
    sources = tuple(dict.fromkeys(subject.facts[one].source for one in stated))
    return Reading(rounded(100 * len(stated), len(asked)), sources, tuple(stated))


def _stated(rule: FactRule, subject: Subject) -> Reading:
    return _on_record(tuple(subject.facts[one].source for one in rule.of if one in subject.facts))


def _best_grade(_rule: FactRule, subject: Subject) -> Reading | None:
    if not subject.needs:
        return None
    grades = list(Grade)
    best = min((one.grade for one in subject.needs), key=grades.index)
    return Reading(best.value, (), _named(one for one in subject.needs if one.grade == best))


def _needs_answered(_rule: FactRule, subject: Subject) -> Reading | None:
    if not subject.needs:
        return None
    answered = [one for one in subject.needs if one.grade in SUPPORTING]
    return Reading(len(answered), (), _named(answered))


def _on_record(sources: tuple[str, ...]) -> Reading:
    return Reading("yes" if sources else "no", tuple(dict.fromkeys(sources)))


def _named(needs: Iterable[Answered]) -> tuple[str, ...]:
    return tuple(f"{one.need}: {one.mechanism}, {one.grade}" for one in needs)


def _plain(number: float) -> Number:
    return int(number) if number.is_integer() else number


_DERIVED: dict[str, Callable[[FactRule, Subject], Reading | None]] = {
    "share-stated": _share_stated,
    "stated": _stated,
    "clearance": lambda _rule, subject: _on_record(subject.clearances),
    "warnings": lambda _rule, subject: _on_record(subject.warnings),
    "best-grade": _best_grade,
    "needs-answered": _needs_answered,
}
