"""What `taxonomy.toml` and `attributes.toml` look like, and what must hold within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from reviews_app.catalogue.folder import Faults, SeedRecord
from reviews_app.catalogue.records import Slug, Words
from reviews_app.catalogue.vocabulary import Filter, Kind

RESERVED = frozenset(
    {"type", "area", "form", "brand", "need", "claim", "audience", "price", "currency", "calf"}
    | {"thigh", "foot", "q", "sort", "page", "p", "explain", "w", "status"}
)
"""Names a listing's address already uses; no filterable attribute may have one."""

_OF_RANGES = ("_min", "_max", "_unknown")


def _lower(text: str) -> str:
    if text != text.lower():
        raise ValueError("is looked for in lower case; write it so")
    return text


AttributeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
LookedFor = Annotated[Words, AfterValidator(_lower)]


class MechanismRecord(SeedRecord):
    """How machines act on the leg."""

    id: Slug
    label: Words
    explanation: Words


class Clause(SeedRecord):
    """One test a machine may meet to be given a type; every condition that is named must hold.

    `type`: it has that type; `forms`: it is one of them; `attribute` and `at_least`: the accepted
    fact reaches the number; `words`: a source cited for the machine, or what we took from it, says
    one of them.
    """

    because: Words
    type: str | None = None
    forms: list[str] = Field(default_factory=list)
    attribute: str | None = None
    at_least: int | float | None = None
    words: list[LookedFor] = Field(default_factory=list)


class TypeRecord(SeedRecord):
    """What a reader would call the massage."""

    id: Slug
    label: Words
    summary: Words
    rule: Words
    mechanism: str | None = None
    words: list[LookedFor] = Field(default_factory=list)
    assigned_when: list[Clause] = Field(default_factory=list)


class AreaRecord(SeedRecord):
    """A part of the leg."""

    id: Slug
    label: Words
    words: list[LookedFor] = Field(default_factory=list)


class FormRecord(SeedRecord):
    """The shape a machine comes in."""

    id: Slug
    label: Words
    plural: Words
    explanation: Words


class TaxonomyFile(SeedRecord):
    """`taxonomy.toml`."""

    mechanisms: list[MechanismRecord]
    types: list[TypeRecord]
    areas: list[AreaRecord]
    forms: list[FormRecord]


class OptionRecord(SeedRecord):
    """One of the answers a choice allows."""

    id: Slug
    label: Words


class AttributeRecord(SeedRecord):
    """Something that can be known of a machine."""

    id: AttributeId
    label: Words
    explanation: Words
    kind: Literal["yes_no", "number", "choice", "choices", "dimensions"]
    unit: Words | None = None
    group: Words
    better: Literal["higher", "lower", ""] = ""
    filter: Literal["none", "options", "range", "fit"] = "none"
    forms: list[str] = Field(default_factory=list)
    options: list[OptionRecord] = Field(default_factory=list)
    fit: Literal["calf", "thigh", "foot"] | None = None
    fit_bound: Literal["min", "max"] | None = None
    on_card: bool = False

    def applies_to(self, form: str) -> bool:
        """Whether a machine of this form can have the attribute at all."""
        return not self.forms or form in self.forms


class AttributesFile(SeedRecord):
    """`attributes.toml`."""

    attributes: list[AttributeRecord] = Field(min_length=1)


TAXONOMY, ATTRIBUTES = "taxonomy.toml", "attributes.toml"


def check_taxonomy(words: TaxonomyFile, faults: Faults) -> None:
    """Note ids that stand twice, and types that name a mechanism, type or form there is not."""
    for name in ("mechanisms", "types", "areas", "forms"):
        _no_doubles(TAXONOMY, name, [record.id for record in getattr(words, name)], faults)
    mechanisms = {mechanism.id for mechanism in words.mechanisms}
    for kind in words.types:
        where = f"types.{kind.id}"
        if kind.mechanism is not None and kind.mechanism not in mechanisms:
            faults.add(TAXONOMY, f"{where}.mechanism", kind.mechanism, "no such mechanism")
        for number, clause in enumerate(kind.assigned_when, start=1):
            _check_clause(clause, words, f"{where}.assigned_when.{number}", faults)


def check_attributes(words: TaxonomyFile, attributes: AttributesFile, faults: Faults) -> None:
    """Note attributes whose parts do not fit each other, the forms, or a listing's address."""
    ids = [attribute.id for attribute in attributes.attributes]
    _no_doubles(ATTRIBUTES, "attributes", ids, faults)
    filtered = {
        record.id for record in attributes.attributes if Filter(record.filter) != Filter.NONE
    }
    forms = {form.id for form in words.forms}
    for attribute in attributes.attributes:
        where = f"attributes.{attribute.id}"
        for form in sorted(set(attribute.forms) - forms):
            faults.add(ATTRIBUTES, f"{where}.forms", form, "no such form")
        reason = _misfit(attribute) or _clash(attribute, filtered)
        if reason:
            faults.add(ATTRIBUTES, where, "", reason)
    for kind in words.types:
        for clause in kind.assigned_when:
            _check_tested(kind, clause, attributes, faults)


def _check_clause(clause: Clause, words: TaxonomyFile, where: str, faults: Faults) -> None:
    if (clause.attribute is None) != (clause.at_least is None):
        faults.add(TAXONOMY, where, "", "attribute and at_least go together")
    if clause.attribute is None and not clause.words:
        faults.add(TAXONOMY, where, "", "tests nothing a source says: name words or an attribute")
    known_forms = {form.id for form in words.forms}
    for form in clause.forms:
        if form not in known_forms:
            faults.add(TAXONOMY, f"{where}.forms", form, "no such form")
    by_editor = {kind.id for kind in words.types if not kind.assigned_when}
    if clause.type is not None and clause.type not in by_editor:
        faults.add(TAXONOMY, f"{where}.type", clause.type, "no such type that an editor sets")


def _check_tested(
    kind: TypeRecord, clause: Clause, attributes: AttributesFile, faults: Faults
) -> None:
    numbers = {each.id for each in attributes.attributes if each.kind == "number"}
    if clause.attribute is not None and clause.attribute not in numbers:
        where = f"types.{kind.id}.assigned_when"
        faults.add(TAXONOMY, where, clause.attribute, "no such attribute that is a number")


def _misfit(attribute: AttributeRecord) -> str | None:
    kind, narrowed_by = Kind(attribute.kind), Filter(attribute.filter)
    is_fit = narrowed_by == Filter.FIT
    has_options = bool(attribute.options)
    ids = [option.id for option in attribute.options]
    checks = (
        (is_fit != bool(attribute.fit and attribute.fit_bound), "fit and fit_bound belong to fit"),
        (narrowed_by in (Filter.RANGE, Filter.FIT) and kind != Kind.NUMBER, "needs a number"),
        (
            narrowed_by == Filter.OPTIONS and not (kind == Kind.YES_NO or has_options),
            "can be narrowed by options only if it is yes_no or has options",
        ),
        (has_options and kind not in (Kind.CHOICE, Kind.CHOICES), "only a choice has options"),
        (kind == Kind.CHOICE and not has_options, "a choice needs its options"),
        (len(set(ids)) < len(ids), "the same option stands twice"),
        (
            not {"unknown", "na", "yes", "no"}.isdisjoint(ids),
            "unknown, na, yes and no are no options: they have a meaning of their own",
        ),
    )
    return next((reason for wrong, reason in checks if wrong), None)


def _clash(attribute: AttributeRecord, filtered: set[str]) -> str | None:
    if attribute.id not in filtered:
        return None
    if attribute.id in RESERVED:
        return "a listing's address already uses this name"
    for ending in _OF_RANGES:
        stem = attribute.id.removesuffix(ending)
        if stem != attribute.id and (stem in RESERVED or stem in filtered):
            return f"cannot be told from {ending} of {stem} in a listing's address"
    return None


def _no_doubles(file: str, where: str, ids: Iterable[str], faults: Faults) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            faults.add(file, where, name, f"stands {count} times")
