"""Whether a product record fits the words and sources it is imported with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.recall_check import recall_problems
from reviews_app.catalogue.records import FactRecord, ProductRecord, slugified
from reviews_app.catalogue.records_vocabulary import AttributeRecord, AttributesFile, TaxonomyFile

MAX_NUMBER = 1_000_000
MAX_CHOICES = 50
MAX_CHOICE_LENGTH = 200

Problem = tuple[str, Any, str]
"""A key within the record, the value found there, and why it is refused."""


@dataclass(frozen=True)
class Words:
    """The taxonomy and the attributes an import goes by."""

    taxonomy: TaxonomyFile
    declared: AttributesFile

    @cached_property
    def attributes(self) -> dict[str, AttributeRecord]:
        """The attributes by id."""
        return {attribute.id: attribute for attribute in self.declared.attributes}

    @cached_property
    def types_by_editor(self) -> frozenset[str]:
        """Types an editor sets."""
        return frozenset(kind.id for kind in self.taxonomy.types if not kind.assigned_when)

    @cached_property
    def types_by_rule(self) -> frozenset[str]:
        """Types only a rule gives."""
        return frozenset(kind.id for kind in self.taxonomy.types if kind.assigned_when)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The parts of the leg."""
        return frozenset(area.id for area in self.taxonomy.areas)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms."""
        return frozenset(form.id for form in self.taxonomy.forms)


class ProductCheck:
    """Checks products one by one, and remembers how each brand was spelled first."""

    def __init__(self, words: Words, sources: Set[str], faults: Faults) -> None:
        self.words = words
        self.sources = sources
        self.faults = faults
        self.spelled: dict[str, tuple[str, str]] = {}

    def check(self, product: ProductRecord, *, file: str, where: str = "") -> None:
        """Note every fault of this product that its own shape did not show."""
        for key, value, reason in self._problems(product, f"{file} {where}".strip()):
            self.faults.add(file, ".".join(filter(None, (where, key))), value, reason)

    def _problems(self, product: ProductRecord, place: str) -> Iterator[Problem]:
        words = self.words
        if product.brand is not None:
            yield from self._brand_problems(product.brand, place)
        if product.form not in words.forms:
            yield "form", product.form, "no such form in taxonomy.toml"
        yield from _list_problems(
            "types", product.types, words.types_by_editor, words.types_by_rule
        )
        yield from _list_problems("areas", product.areas, words.areas, frozenset())
        yield from self._facts_problems(product)
        yield from _rating_problems(product)
        yield from recall_problems(product)
        for key, source in product.citations():
            if source not in self.sources:
                yield f"{key}.source", source, "no such source"

    def _brand_problems(self, brand: str, place: str) -> Iterator[Problem]:
        slug = slugified(brand)
        if not slug:
            yield "brand", brand, "has no letter from a to z to make an address of"
            return
        first, spelled_at = self.spelled.setdefault(slug, (brand, place))
        if first != brand:
            yield "brand", brand, f"is spelled {first!r} in {spelled_at}"

    def _facts_problems(self, product: ProductRecord) -> Iterator[Problem]:
        for position, fact in enumerate(product.facts):
            for reason in self._fact_problems(fact, product.form):
                yield f"facts.{position}.{fact.attribute}", fact.value, reason
        yield from _preferred_problems(product.facts)

    def _fact_problems(self, fact: FactRecord, form: str) -> Iterator[str]:
        attribute = self.words.attributes.get(fact.attribute)
        if attribute is None:
            yield "no such attribute in attributes.toml"
            return
        if not attribute.applies_to(form) and form in self.words.forms:
            yield f"cannot apply to a machine of the form {form}"
        reason = misfit(fact.value, attribute)
        if reason is not None:
            yield reason


def misfit(value: Any, attribute: AttributeRecord) -> str | None:
    """Why the value is none this attribute can have; None where it is one."""
    match attribute.kind:
        case "yes_no":
            return None if isinstance(value, bool) else "must be true or false"
        case "number":
            return _number_misfit(value)
        case "dimensions":
            fits = isinstance(value, list) and 1 <= len(value) <= 3 and all(map(_is_number, value))
            return None if fits else "must be a list of one to three numbers"
        case "choice":
            return _option_misfit([value], attribute)
        case _:
            return _choices_misfit(value, attribute)


def _number_misfit(value: Any) -> str | None:
    if isinstance(value, list):
        fits = 0 < len(value) <= MAX_CHOICES and all(map(_is_number, value))
        return None if fits else "must be a number, or a list of numbers"
    return None if _is_number(value) else f"must be a number from 0 to {MAX_NUMBER}"


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and 0 <= value <= MAX_NUMBER


def _option_misfit(values: list[Any], attribute: AttributeRecord) -> str | None:
    known = [option.id for option in attribute.options]
    unknown = [value for value in values if value not in known]
    return f"is none of its options: {', '.join(known)}" if unknown else None


def _choices_misfit(value: Any, attribute: AttributeRecord) -> str | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return "must be a list of words"
    if not 0 < len(value) <= MAX_CHOICES or len(set(value)) < len(value):
        return f"must be 1 to {MAX_CHOICES} different words"
    if any(not each.strip() or len(each) > MAX_CHOICE_LENGTH for each in value):
        return f"holds an empty word or one over {MAX_CHOICE_LENGTH} characters"
    return _option_misfit(value, attribute) if attribute.options else None


def _list_problems(
    key: str, names: list[str], known: frozenset[str], by_rule: frozenset[str]
) -> Iterator[Problem]:
    for name in names:
        if name in by_rule:
            yield key, name, "is given by its rule, not by an editor"
        elif name not in known:
            yield key, name, f"no such {key.removesuffix('s')} in taxonomy.toml"
    if len(set(names)) < len(names):
        yield key, names, "names one twice"


def _preferred_problems(facts: Iterable[FactRecord]) -> Iterator[Problem]:
    chosen = [fact.attribute for fact in facts if fact.preferred is not None]
    for attribute in dict.fromkeys(chosen):
        if chosen.count(attribute) > 1:
            yield "facts", attribute, "two facts on it are marked as preferred"


def _rating_problems(product: ProductRecord) -> Iterator[Problem]:
    for position, rating in enumerate(product.ratings):
        if rating.value > rating.scale:
            yield f"ratings.{position}.value", rating.value, "is above its scale"
