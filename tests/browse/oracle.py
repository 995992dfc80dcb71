"""The listing answered the slow, obvious way, to hold every faster way against (`product.md` §3).

Written from the rules and not from the code: plain Python over plain values.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reviews_app.browse.numbers import Measure
from reviews_app.browse.selection import Selection
from tests.browse.world import (
    ALIASES,
    ATTRIBUTES,
    CLAIMS,
    FITS,
    FLOOR,
    FORMS_OF_A_WORD,
    LABELS,
    MECHANISM_OF,
    NEEDS,
    OPTION_FACETS,
    RANGES,
    SMALL_WORDS,
)


@dataclass(frozen=True)
class Machine:
    """A machine as its file might have it. facts: accepted values only; rivals lost.

    parts: points in hundredths and coverage in percent of each part of the score. stars: those of
    reader reviews that count.
    """

    id: int
    slug: str
    name: str
    brand: str | None
    model: str | None
    form: str
    audience: str
    types: tuple[str, ...]
    areas: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    rivals: dict[str, Any] = field(default_factory=dict)
    prices: tuple[tuple[int, str, str, str | None], ...] = ()
    retired: bool = False
    recalled: bool = False
    parts: dict[str, tuple[int | None, int | None]] | None = None
    cap: int | None = None
    stars: tuple[int, ...] = ()

    @property
    def mechanisms(self) -> set[str]:
        found = {MECHANISM_OF[one] for one in self.types} - {None}
        return {one for one in found if one} | (
            {"heat"} if self.facts.get("heat") is True else set()
        )


@dataclass(frozen=True)
class Number:
    """What a range or fit says of its context."""

    low: float | None
    high: float | None
    unstated: int
    not_applicable: int


class Oracle:
    """All answers about one catalogue."""

    def __init__(self, machines: list[Machine]) -> None:
        self.machines = [one for one in machines if not one.retired]

    def ids(self, selection: Selection) -> list[int]:
        """Everything that matches, in order."""
        found = self.matching(selection)
        found.sort(key=lambda one: one.slug)
        sort = selection.sort_name
        found.sort(key=lambda one: by_score(one, selection, sort))
        if sort == "facts":
            found.sort(key=lambda one: -len(one.facts))
        if sort == "relevance":
            found.sort(key=lambda one: word_class(one, selection.words) or 0)
        if sort == "name":
            found.sort(key=lambda one: ascii_lower(one.name))
        if sort == "newest":
            found.sort(
                key=lambda one: (
                    -span(one, "release_year")[1] if one.facts.get("release_year") else 1
                )
            )
        found.sort(key=lambda one: shrunk(one) if sort == "rating" else 0, reverse=True)
        if sort.endswith("price"):
            sign = -1 if sort == "-price" else 1
            currency = selection.price_currency
            found.sort(key=lambda one: sign * (price(one, currency) or 0))
            found.sort(key=lambda one: price(one, currency) is None)
        found.sort(key=lambda one: one.recalled)
        return [one.id for one in found]

    def matching(self, selection: Selection, but: str | None = None) -> list[Machine]:
        """The context of `but`, or what matches everything."""
        return [
            one
            for one in self.machines
            if all(meets(one, selection, name) for name in selection.narrowed_by if name != but)
        ]

    def count(self, selection: Selection, facet: str, value: str) -> int:
        """Rule 2: how many of the context of a facet have a value."""
        return sum(value in values(one, facet) for one in self.matching(selection, facet))

    def number(self, selection: Selection, name: str) -> Number:
        """Rules 7, 8 and 15: bounds, and who does not state it."""
        context = self.matching(selection, name)
        states = [state(one, name, selection) for one in context]
        spans = []
        if name in (*RANGES, "price", "score", "rating"):
            spans = [
                number_span(one, name, selection)
                for one, said in zip(context, states, strict=True)
                if said == "stated"
            ]
        return Number(
            min((low for low, _ in spans), default=None),
            max((high for _, high in spans), default=None),
            states.count("unknown"),
            states.count("na"),
        )


def meets(machine: Machine, selection: Selection, name: str) -> bool:
    """Whether a machine meets one choice of a Selection."""
    if name == "q":
        return word_class(machine, selection.words) is not None
    if selection.chosen(name):
        return bool(values(machine, name) & set(selection.chosen(name)))
    said = state(machine, name, selection)
    measure = selection.measure_of(name)
    bounds = selection.bounds_of(name)
    if said == "na":
        return True
    if said == "unknown":
        return measure.include_unknown if measure else bounds.include_unknown
    if measure:
        return holds(machine, name, measure)
    low, high = number_span(machine, name, selection)
    per = 100 if name in ("price", "score", "rating") else 1
    above = bounds.low is None or Decimal(repr(high)) >= bounds.low * per
    return above and (bounds.high is None or Decimal(repr(low)) <= bounds.high * per)


def values(machine: Machine, facet: str) -> set[str]:
    """The options a machine has in a facet."""
    if facet in OPTION_FACETS:
        if facet not in machine.facts:
            return {"unknown" if applies(machine, facet) else "na"}
        value = machine.facts[facet]
        if isinstance(value, bool):
            return {"yes" if value else "no"}
        return {value} if isinstance(value, str) else set(value)
    return {
        "type": set(machine.types),
        "area": set(machine.areas),
        "form": {machine.form},
        "brand": {machine.brand or "unknown"},
        "audience": {machine.audience},
        "status": {"recalled" if machine.recalled else "no-notice"},
        "need": {
            need
            for need, grades in NEEDS.items()
            for one in machine.mechanisms
            if grades.get(one) in ("strong", "moderate", "limited", "conflicting")
        },
        "claim": {
            claim
            for claim, grades in CLAIMS.items()
            for one in machine.mechanisms
            if grades.get(one, "none") != "none"
        },
    }[facet]


def applies(machine: Machine, attribute: str) -> bool:
    """Whether its form can have the attribute."""
    forms = ATTRIBUTES[attribute].get("forms", [])
    return not forms or machine.form in forms


def state(machine: Machine, name: str, selection: Selection) -> str:
    """Whether a machine states a range, price or fit, or has a score: stated, unknown or na."""
    if name == "score":
        return "unknown" if score(machine, selection) is None else "stated"
    if name == "rating":
        return "stated" if machine.stars else "unknown"
    if name == "price":
        return "unknown" if price(machine, selection.price_currency) is None else "stated"
    limits = FITS.get(name, [name] if name in RANGES else [])
    if any(one in machine.facts for one in limits):
        return "stated"
    return "na" if limits and not any(applies(machine, one) for one in limits) else "unknown"


def number_span(machine: Machine, name: str, selection: Selection) -> tuple[float, float]:
    """What is stated for a range, in its own unit; prices in cents, scores in hundredths."""
    if name == "rating":
        star = mean([(1, 100 * one) for one in machine.stars])
        assert star is not None
        return star, star
    if name in ("price", "score"):
        of_price = price(machine, selection.price_currency)
        number = of_price if name == "price" else score(machine, selection)
        assert number is not None
        return number, number
    return span(machine, name)


def span(machine: Machine, attribute: str) -> tuple[float, float]:
    """The lowest and highest of a number stated."""
    value = machine.facts[attribute]
    return value if isinstance(value, tuple) else (value, value)


def holds(machine: Machine, name: str, measure: Measure) -> bool:
    """Whether the limits stated hold a size, in exact fractions of a millimetre."""
    per_unit = {"cm": Fraction(10), "in": Fraction(254, 10), "mm": Fraction(1)}
    size = Fraction(measure.number) * per_unit[measure.unit]
    for attribute in FITS[name]:
        if attribute not in machine.facts:
            continue
        unit = per_unit[ATTRIBUTES[attribute]["unit"]]
        low, high = (Fraction(repr(end)) * unit for end in span(machine, attribute))
        if ATTRIBUTES[attribute]["fit_bound"] == "max" and size > high:
            return False
        if ATTRIBUTES[attribute]["fit_bound"] == "min" and size < low:
            return False
    return True


def score(machine: Machine, selection: Selection) -> int | None:
    """The total in hundredths by the weights of a Selection."""
    assert selection.weights is not None
    return total(machine, selection.weights.by_part)


def by_score(machine: Machine, selection: Selection, sort: str) -> int:
    """The key of an order by score, or by words and then by score; the same for all in others."""
    if sort not in ("score", "relevance"):
        return 0
    number = score(machine, selection)
    return 1 if number is None else -number


def total(machine: Machine, weights: Mapping[str, int]) -> int | None:
    """Promise of `product.md` §8 in fractions: what is not known lowers coverage, not points."""
    parts = [(weights[name], *known) for name, known in (machine.parts or {}).items()]
    points = mean([(weight, points) for weight, points, _ in parts])
    coverage = mean([(weight, coverage) for weight, _, coverage in parts])
    if points is None or coverage is None or coverage < FLOOR:
        return None
    return points if machine.cap is None else min(points, machine.cap)


def mean(weighted: list[tuple[int, int | None]]) -> int | None:
    """The weighted mean of what is there, to the nearest whole number, half upwards."""
    there = [(weight, value) for weight, value in weighted if value is not None]
    everything = sum(weight for weight, _ in there)
    if not everything:
        return None
    exact = Fraction(sum(weight * value for weight, value in there), everything)
    return math.floor(exact + Fraction(1, 2))


def shrunk(machine: Machine) -> int:
    """The mean of its stars with five threes beside them; below all others without any."""
    with_prior: list[tuple[int, int | None]] = [
        (1, 100 * one) for one in (*machine.stars, 3, 3, 3, 3, 3)
    ]
    return mean(with_prior) or 0 if machine.stars else 0


def price(machine: Machine, currency: str | None) -> int | None:
    """Rule 15: the latest dated regular one; of a month the highest."""
    dated = [
        (as_of, cents)
        for cents, code, terms, as_of in machine.prices
        if code == currency and terms == "regular" and as_of is not None
    ]
    return max(dated)[1] if dated else None


def word_class(machine: Machine, words: str) -> int | None:
    """Rule 16: 0 exact, 1 prefix, 2 with typos, as the word met worst; None for no match."""
    texts = [machine.name, machine.model or "", LABELS[machine.form]]
    texts += [LABELS[machine.brand]] if machine.brand else []
    texts += [LABELS[one] for one in (*machine.types, *machine.areas)]
    known = {word for text in texts for word in split(text)}
    others = {word for name in ALIASES.get(machine.brand or "", ()) for word in split(name)}
    classes = []
    for asked in wanted(words):
        met = [one for one in (meeting(asked, word) for word in known) if one is not None]
        by_alias = [one for one in (meeting(asked, word) for word in others) if one is not None]
        met += [max(one, 1) for one in by_alias]
        if not met:
            return None
        classes.append(min(met))
    return max(classes)


def wanted(words: str) -> set[str]:
    """The words of a query that count: small ones only where there are no others."""
    return split(words) - SMALL_WORDS or split(words)


def meeting(asked: str, word: str) -> int | None:
    """How one word meets another."""
    if asked == word:
        return 0
    if word.startswith(asked) or any({asked, word} <= forms for forms in FORMS_OF_A_WORD):
        return 1
    forgiven = 0
    if not any(c.isdigit() for c in asked) and len(asked) >= 4:
        forgiven = 2 if len(asked) >= 8 else 1
    return 2 if typos(asked, word) <= forgiven else None


def typos(one: str, other: str) -> int:
    """Letters more, less, other, or neighbours exchanged (optimal string alignment)."""
    rows = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = one[i - 1] != other[j - 1]
            rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, rows[i - 1, j - 1] + changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(one), len(other)]


def split(text: str) -> set[str]:
    """The words in a text, without case and accents."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return set(kept.split())


def ascii_lower(text: str) -> str:
    """Small letters for A to Z only."""
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)
