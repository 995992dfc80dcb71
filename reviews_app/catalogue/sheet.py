"""What is known of one machine: every attribute with its answer, grouped, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.values import (
    INAPPLICABLE,
    INAPPLICABLE_WORDS,
    MISSING,
    MISSING_WORDS,
    STATED,
    WEAK,
    value_in_words,
)
from reviews_app.catalogue.vocabulary import Attribute


@dataclass(frozen=True)
class Line:
    """One attribute of one machine: its answer in words, and every fact behind it.

    `state` is "stated", "unknown" or "na". `agreeing` are further sources of the accepted value;
    `others` state another value, and their `because` says why they lost.
    """

    attribute: Attribute
    state: str
    words: str
    accepted: Fact | None
    agreeing: tuple[Fact, ...] = ()
    others: tuple[Fact, ...] = ()

    @property
    def standing(self) -> str:
        """Its state, or "weak" where it is stated by a weak source."""
        return WEAK if self.accepted and self.accepted.weak else self.state

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact, the accepted one first."""
        return (*([self.accepted] if self.accepted else []), *self.agreeing, *self.others)

    def words_of(self, fact: Fact) -> str:
        """What one of the facts states, in words."""
        return value_in_words(self.attribute, fact.value)


@dataclass(frozen=True)
class Group:
    """The lines of one group of attributes: what is stated, and what is not."""

    name: str
    lines: tuple[Line, ...]

    @property
    def stated(self) -> tuple[Line, ...]:
        """What some source says."""
        return tuple(line for line in self.lines if line.state == STATED)

    @property
    def missing(self) -> tuple[Line, ...]:
        """What no source we read says."""
        return tuple(line for line in self.lines if line.state == MISSING)

    @property
    def inapplicable(self) -> tuple[Line, ...]:
        """What cannot apply to a machine of this form."""
        return tuple(line for line in self.lines if line.state == INAPPLICABLE)


@dataclass(frozen=True)
class Sheet:
    """All groups of one machine, in the order of their attributes."""

    groups: tuple[Group, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every attribute, one after the other."""
        return tuple(line for group in self.groups for line in group.lines)

    def line(self, attribute_id: str) -> Line | None:
        """The line of one attribute; None where no such attribute is declared."""
        return next((one for one in self.lines if one.attribute.id == attribute_id), None)

    @cached_property
    def applicable(self) -> int:
        """How many attributes a machine of this form can have."""
        return sum(line.state != INAPPLICABLE for line in self.lines)

    @cached_property
    def known(self) -> int:
        """How many of them some source states."""
        return sum(line.state == STATED for line in self.lines)


def sheet(product: Product, attributes: Iterable[Attribute]) -> Sheet:
    """The facts of a product, with its `facts` loaded, against every attribute there is."""
    by_attribute: dict[str, list[Fact]] = {}
    for fact in product.facts:
        by_attribute.setdefault(fact.attribute_id, []).append(fact)
    lines = [_line(one, product.form_id, by_attribute.get(one.id, [])) for one in attributes]
    order: dict[str, int] = {}
    for line in lines:
        order.setdefault(line.attribute.group, len(order))
    lines.sort(key=lambda line: order[line.attribute.group])
    return Sheet(
        tuple(
            Group(name, tuple(inside))
            for name, inside in groupby(lines, key=lambda line: line.attribute.group)
        )
    )


def _line(attribute: Attribute, form_id: str, facts: Sequence[Fact]) -> Line:
    accepted = next((fact for fact in facts if fact.accepted), None)
    if accepted is None and not attribute.applies_to(form_id):
        return Line(attribute, INAPPLICABLE, INAPPLICABLE_WORDS, None)
    if accepted is None:
        return Line(attribute, MISSING, MISSING_WORDS, None)
    rest = [fact for fact in facts if fact is not accepted]
    return Line(
        attribute,
        STATED,
        value_in_words(attribute, accepted.value),
        accepted,
        agreeing=tuple(fact for fact in rest if fact.value == accepted.value),
        others=tuple(fact for fact in rest if fact.value != accepted.value),
    )
