"""Whether a method fits the attributes and forms it is to be used with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.vocabulary import Attribute, Form, Kind
from reviews_app.db import db
from reviews_app.scores.files import MethodFile, Problem, option_problems
from reviews_app.scores.records import NUMBERS, OPTIONS_OF, FactRule, MapRecord

_READABLE = (Kind.YES_NO, Kind.NUMBER, Kind.CHOICE)


@dataclass(frozen=True)
class Vocabulary:
    """The attributes and forms that are stored."""

    attributes: Mapping[str, Attribute]
    forms: frozenset[str]


def stored_vocabulary() -> Vocabulary:
    """What is stored, in two statements."""
    attributes = {one.id: one for one in db.session.scalars(sa.select(Attribute))}
    return Vocabulary(attributes, frozenset(db.session.scalars(sa.select(Form.id))))


def check_method(method: MethodFile, vocabulary: Vocabulary, faults: Faults) -> None:
    """Note a fault for everything the method names that is not there, or cannot be read so."""
    for n, part in enumerate(method.record.parts):
        for m, fact in enumerate(part.facts):
            for key, value, reason in _problems(fact, vocabulary):
                faults.add(method.file, f"parts.{n}.facts.{m}.{key}", value, reason)


def _problems(fact: FactRule, vocabulary: Vocabulary) -> Iterator[Problem]:
    for id_ in fact.of:
        if id_ not in vocabulary.attributes:
            yield "of", id_, "no such attribute in attributes.toml"
    for form in (form for one in fact.maps for form in one.forms):
        if form not in vocabulary.forms:
            yield "maps", form, "no such form in taxonomy.toml"
    if fact.reads not in (*OPTIONS_OF, *NUMBERS):
        yield from _attribute_problems(fact, vocabulary.attributes.get(fact.reads), vocabulary)


def _attribute_problems(
    fact: FactRule, attribute: Attribute | None, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if attribute is None:
        yield "reads", fact.reads, "no such attribute in attributes.toml"
    elif attribute.kind not in _READABLE:
        yield "reads", fact.reads, f"is of the kind {attribute.kind}, which has no points"
    else:
        for n, one in enumerate(fact.maps):
            yield from _map_problems(f"maps.{n}", one, attribute, vocabulary)


def _map_problems(
    where: str, one: MapRecord, attribute: Attribute, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if (attribute.kind == Kind.NUMBER) != bool(one.points):
        yield where, attribute.id, "a number needs points, and anything else options"
    elif one.options:
        for key, value, reason in option_problems(one, _options(attribute)):
            yield f"{where}.{key}", value, reason
    if not one.forms and attribute.forms:
        yield where, attribute.id, "cannot apply to every form: name the forms"
    for form in _beyond(one, attribute, vocabulary):
        yield where, form, f"{attribute.id} cannot apply to this form"


def _beyond(one: MapRecord, attribute: Attribute, vocabulary: Vocabulary) -> list[str]:
    known = [form for form in one.forms if form in vocabulary.forms]
    return [form for form in known if not attribute.applies_to(form)]


def _options(attribute: Attribute) -> list[str]:
    if attribute.kind == Kind.YES_NO:
        return ["yes", "no"]
    return [option["id"] for option in attribute.options]
