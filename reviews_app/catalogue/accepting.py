"""Which of several facts on one attribute is the accepted one, and why, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviews_app.catalogue.records import FactRecord
from reviews_app.catalogue.sources import Standing

_WITNESS = {
    Standing.REGULATOR: "a regulator's record",
    Standing.MANUAL: "a manual",
    Standing.MAKER: "the maker",
    Standing.STUDY: "a study",
    Standing.REVIEW: "an independent review",
    Standing.SHOP: "a shop",
    Standing.WEAK: "a weak source",
}


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What the rules need to know of a source."""

    title: str
    published: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fact is the accepted one of its attribute, and the reason."""

    accepted: bool
    because: str
    weak: bool


def judge(facts: Sequence[FactRecord], sources: Mapping[str, CitedSource]) -> list[Verdict]:
    """A verdict for each fact of one product, in their order; one accepted for each attribute.

    First an editor's choice; else strong before weak; else the better witness (`Standing`); else
    the newest; else the first listed. `sources` must hold every source cited.
    """
    by_attribute: dict[str, list[int]] = {}
    for position, fact in enumerate(facts):
        by_attribute.setdefault(fact.attribute, []).append(position)
    verdicts: dict[int, Verdict] = {}
    for positions in by_attribute.values():
        verdicts.update(_judge_attribute(positions, facts, sources))
    return [verdicts[position] for position in range(len(facts))]


def is_weak(fact: FactRecord, sources: Mapping[str, CitedSource]) -> bool:
    """Whether the fact is noted as weak or stands in a weak source."""
    return fact.weak or sources[fact.source].standing == Standing.WEAK


def _judge_attribute(
    positions: list[int], facts: Sequence[FactRecord], sources: Mapping[str, CitedSource]
) -> Iterable[tuple[int, Verdict]]:
    ranked = sorted(positions, key=lambda position: _order(facts[position], sources))
    winner = ranked[0]
    won = _reason([facts[position] for position in ranked], sources)
    lost = "Another statement was accepted."
    for position in positions:
        weak = is_weak(facts[position], sources)
        yield position, Verdict(position == winner, won if position == winner else lost, weak)


def _order(fact: FactRecord, sources: Mapping[str, CitedSource]) -> tuple[object, ...]:
    return (
        fact.preferred is None,
        _strength(fact, sources),
        _rank(fact, sources),
        _newness(fact, sources),
    )


def _strength(fact: FactRecord, sources: Mapping[str, CitedSource]) -> int:
    return int(is_weak(fact, sources))


def _rank(fact: FactRecord, sources: Mapping[str, CitedSource]) -> int:
    return sources[fact.source].standing.rank


def _newness(fact: FactRecord, sources: Mapping[str, CitedSource]) -> tuple[int, ...]:
    return tuple(-ord(character) for character in sources[fact.source].published) or (1,)


def _reason(ranked: list[FactRecord], sources: Mapping[str, CitedSource]) -> str:
    best, *others = ranked
    if best.preferred is not None:
        return f"An editor chose it: {best.preferred}"
    if not others:
        only = "The only statement found"
        return f"{only}, in a weak source." if is_weak(best, sources) else f"{only}."
    agree = len({json.dumps(fact.value) for fact in ranked}) == 1
    opening = f"All {len(ranked)} statements agree" if agree else "Statements differ"
    return f"{opening}; this is " + _what_decided(best, others[0], sources)


def _what_decided(best: FactRecord, second: FactRecord, sources: Mapping[str, CitedSource]) -> str:
    if _strength(best, sources) != _strength(second, sources):
        return "the best that is not weak."
    if _rank(best, sources) != _rank(second, sources):
        witness = _WITNESS[sources[best.source].standing]
        return f"the word of {witness}, before {_WITNESS[sources[second.source].standing]}."
    if _newness(best, sources) != _newness(second, sources):
        return "the newest of equally good sources."
    return "the first listed of equally good sources."
