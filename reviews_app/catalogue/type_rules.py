"""What follows from a product's facts by rule: types, mechanisms, and sources that support them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reviews_app.catalogue.accepting import CitedSource, Verdict
from reviews_app.catalogue.records import FactRecord, ProductRecord
from reviews_app.catalogue.records_vocabulary import AttributeRecord, Clause, TypeRecord

HEAT = "heat"
"""The attribute that gives a product the mechanism of the same name (`product.md` §1)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words we can cite: the title of a source, or what we took from it."""

    source: str
    text: str
    weak: bool


@dataclass(frozen=True, slots=True)
class GivenType:
    """A type a product has, who gave it, why, and a source that supports it if one does."""

    type: str
    assigned_by: str
    because: str
    source: str | None


class Product:
    """One product record with its verdicts, as the rules look at it."""

    def __init__(
        self,
        record: ProductRecord,
        verdicts: list[Verdict],
        sources: Mapping[str, CitedSource],
    ) -> None:
        self.record = record
        self.accepted = {
            fact.attribute: (fact, verdict)
            for fact, verdict in zip(record.facts, verdicts, strict=True)
            if verdict.accepted
        }
        statements = list(_statements(record, verdicts, sources))
        # The best witness first; among equals as listed.
        self.statements = sorted(
            statements, key=lambda each: (each.weak, sources[each.source].standing.rank)
        )

    def statement_with(self, words: Iterable[str]) -> Statement | None:
        """The best-sourced statement that holds one of the words, whole."""
        looked_for = _looked_for(tuple(words))
        if looked_for is None:
            return None
        return next((each for each in self.statements if looked_for.search(each.text)), None)

    def source_with(self, words: Iterable[str]) -> str | None:
        """The source of that statement, or None."""
        found = self.statement_with(words)
        return found.source if found else None


def given_types(
    product: Product, types: list[TypeRecord], attributes: Mapping[str, AttributeRecord]
) -> list[GivenType]:
    """The types an editor set, in their order, then those given by rule."""
    by_id = {kind.id: kind for kind in types}
    given = [
        GivenType(
            name,
            "editor",
            "Set by an editor from the name and description of the machine.",
            product.source_with(by_id[name].words),
        )
        for name in product.record.types
    ]
    for kind in types:
        tried = (_met(clause, product, attributes) for clause in kind.assigned_when)
        met = next(filter(None, tried), None)
        if met is not None:
            given.append(GivenType(kind.id, "rule", *met))
    return given


def mechanisms(product: Product, given: list[GivenType], types: list[TypeRecord]) -> list[str]:
    """The mechanisms of the types, and heat where the product is known to have it; sorted."""
    by_id = {kind.id: kind.mechanism for kind in types}
    found = {mechanism for each in given if (mechanism := by_id[each.type])}
    if HEAT in product.accepted and product.accepted[HEAT][0].value is True:
        found.add(HEAT)
    return sorted(found)


def number_span(value: Any, attribute: AttributeRecord) -> tuple[float, float] | None:
    """The lowest and highest number of a numeric value; None for every other kind."""
    if attribute.kind != "number":
        return None
    numbers = value if isinstance(value, list) else [value]
    return float(min(numbers)), float(max(numbers))


def _met(
    clause: Clause, product: Product, attributes: Mapping[str, AttributeRecord]
) -> tuple[str, str] | None:
    record = product.record
    if clause.type is not None and clause.type not in record.types:
        return None
    if clause.forms and record.form not in clause.forms:
        return None
    if clause.attribute is not None:
        return _reached(clause, product, attributes[clause.attribute].unit)
    found = product.statement_with(clause.words)
    return _because(clause, f"“{found.text}”", found.weak, found.source) if found else None


def _reached(clause: Clause, product: Product, unit: str | None) -> tuple[str, str] | None:
    fact, verdict = product.accepted.get(clause.attribute or "", (None, None))
    if fact is None or verdict is None:
        return None
    numbers = fact.value if isinstance(fact.value, list) else [fact.value]
    if max(numbers) < (clause.at_least or 0):
        return None
    stated = " to ".join(f"{number:g}" for number in sorted({min(numbers), max(numbers)}))
    found = " ".join(filter(None, (stated, unit, "stated")))
    return _because(clause, found, verdict.weak, fact.source)


def _because(clause: Clause, found: str, weak: bool, source: str) -> tuple[str, str]:
    warning = ", by a weak source only" if weak else ""
    return f"{clause.because}: {found}{warning}.", source


def _statements(
    record: ProductRecord, verdicts: list[Verdict], sources: Mapping[str, CitedSource]
) -> Iterator[Statement]:
    for fact, verdict in zip(record.facts, verdicts, strict=True):
        for text in _texts(fact):
            yield Statement(fact.source, text, verdict.weak)
    for entry in record.records:
        yield Statement(entry.source, entry.detail, _weak(entry.source, sources))
    for source in dict.fromkeys(source for _, source in record.citations()):
        yield Statement(source, sources[source].title, _weak(source, sources))


def _weak(source: str, sources: Mapping[str, CitedSource]) -> bool:
    return sources[source].standing == "weak"


def _texts(fact: FactRecord) -> Iterator[str]:
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    yield from (value for value in values if isinstance(value, str))
    if fact.note:
        yield fact.note


@lru_cache(maxsize=256)
def _looked_for(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    anyone = "|".join(map(re.escape, words))
    return re.compile(rf"(?<!\w)(?:{anyone})(?!\w)", re.IGNORECASE)
