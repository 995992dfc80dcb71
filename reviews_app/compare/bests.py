"""Knows which values of a row are best, and when that can honestly be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviews_app.catalogue.sheet import Line
from reviews_app.catalogue.values import MISSING
from reviews_app.catalogue.vocabulary import Attribute

SUPERLATIVES = {
    ("higher", "h"): "longest",
    ("higher", "months"): "longest",
    ("lower", "kg"): "lightest",
    ("lower", "dB"): "quietest",
}
"""How the best is called, by the way that is better and the unit."""


@dataclass(frozen=True)
class _Value:
    """What one machine states, turned so that more is better, from its worst setting to its best.

    None for both ends where it states nothing.
    """

    worst: float | None
    top: float | None
    weak: bool

    def is_at_least(self, other: _Value) -> bool:
        """Whether even its worst setting is no worse than the other; better, if that is weak."""
        if self.worst is None or other.top is None:
            return True
        return self.worst > other.top if other.weak else self.worst >= other.top

    def is_better(self, other: _Value) -> bool:
        """Whether even its worst setting beats the other."""
        return self.worst is not None and other.top is not None and self.worst > other.top


def best(attribute: Attribute, lines: Sequence[Line]) -> list[str]:
    """For each line of one attribute the word that marks it as best, or "" (`product.md` §7).

    Marked only where the attribute says which way is better and at least two values are known from
    sources that are not weak. Of several settings the worst one counts, against the best one of
    every other machine, so a mark holds whichever setting is used. A value from a weak source is
    never best, and where it is as good as the best of the others nothing is marked. Equal values
    are best together if a trusted one is worse. Where a machine states nothing, the mark says that
    it is the best of those stated.
    """
    values = [_value(line, higher=attribute.better == "higher") for line in lines]
    trusted = [one for one in values if one.worst is not None and not one.weak]
    if not attribute.better or len(trusted) < 2:
        return [""] * len(lines)
    word = SUPERLATIVES.get((attribute.better, attribute.unit or ""))
    word = word or {"higher": "highest", "lower": "lowest"}[attribute.better]
    if any(line.state == MISSING for line in lines):
        word = f"{word} stated"
    return [word if one in trusted and _wins(one, values) else "" for one in values]


def shares(attribute: Attribute, lines: Sequence[Line]) -> list[float | None]:
    """Each number as a part of the greatest, where the attribute says which way is better.

    None for what is not stated, and for all where fewer than two are.
    """
    tops = [line.accepted.number_high if line.accepted else None for line in lines]
    known = [top for top in tops if top is not None]
    if not attribute.better or len(known) < 2 or max(known) <= 0:
        return [None] * len(lines)
    return [None if top is None else max(top, 0) / max(known) for top in tops]


def _wins(value: _Value, values: Sequence[_Value]) -> bool:
    others = [one for one in values if one is not value]
    beaten = any(value.is_better(one) for one in others if not one.weak)
    return beaten and all(value.is_at_least(one) for one in others)


def _value(line: Line, *, higher: bool) -> _Value:
    fact = line.accepted
    if fact is None or fact.number_low is None or fact.number_high is None:
        return _Value(None, None, weak=False)
    low, high = fact.number_low, fact.number_high
    return _Value(low, high, fact.weak) if higher else _Value(-high, -low, fact.weak)
