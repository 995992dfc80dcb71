"""Reads which columns the catalogue calls for: the attributes it filters by, and what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.browse.facets import Limit
from reviews_app.catalogue.measures import CM_PER, PARTS
from reviews_app.catalogue.vocabulary import Attribute, AttributeExclusion, Filter
from reviews_app.guidance.models import SUPPORTING, ClaimMechanism, Grade, NeedMechanism
from reviews_app.scores.files import record_of
from reviews_app.scores.models import Method
from reviews_app.scores.records import MethodRecord

NEWEST_METHOD = sa.select(Method.document).order_by(Method.version.desc()).limit(1)

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Declared:
    """The columns of an index besides those that every product has.

    options, ranges: ids of attributes filtered so. limits: those of each fit. forms_without: for an
    attribute the forms it cannot apply to. purposes: for the facets `need` and `claim` the pairs of
    value and mechanism that gives it (`browse.pairs` says when). method: the one in force.
    """

    options: tuple[str, ...]
    ranges: tuple[str, ...]
    limits: Mapping[str, tuple[Limit, ...]]
    forms_without: Mapping[str, frozenset[str]]
    purposes: Mapping[str, Pairs]
    method: MethodRecord | None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every attribute whose number is read."""
        return (
            *self.ranges,
            *(one.attribute_id for limits in self.limits.values() for one in limits),
        )


def declared(connection: sa.Connection) -> Declared:
    """What the database calls for, in five statements."""
    attributes = connection.execute(
        sa.select(
            Attribute.id, Attribute.filter, Attribute.fit, Attribute.fit_bound, Attribute.unit
        ).order_by(Attribute.position)
    ).all()
    forms_without: dict[str, set[str]] = defaultdict(set)
    for attribute_id, form_id in connection.execute(
        sa.select(AttributeExclusion.attribute_id, AttributeExclusion.form_id)
    ):
        forms_without[attribute_id].add(form_id)
    return Declared(
        options=tuple(one.id for one in attributes if one.filter == Filter.OPTIONS),
        ranges=tuple(one.id for one in attributes if one.filter == Filter.RANGE),
        limits={fit: tuple(_limits(attributes, fit)) for fit in PARTS},
        forms_without={one: frozenset(forms) for one, forms in forms_without.items()},
        purposes={"need": _needs(connection), "claim": _claims(connection)},
        method=method_in_force(connection),
    )


def method_in_force(connection: sa.Connection) -> MethodRecord | None:
    """The method of the highest version; None before one was published."""
    document = connection.scalar(NEWEST_METHOD)
    return None if document is None else record_of(document)


def _limits(
    attributes: Iterable[sa.Row[str, str, str | None, str | None, str | None]], fit: str
) -> Iterable[Limit]:
    for one in attributes:
        if one.filter == Filter.FIT and one.fit == fit and one.unit in CM_PER:
            yield Limit(one.id, "min" if one.fit_bound == "min" else "max", one.unit)


def _needs(connection: sa.Connection) -> Pairs:
    rows = connection.execute(
        sa.select(NeedMechanism.need_id, NeedMechanism.mechanism_id).where(
            NeedMechanism.grade.in_([grade.value for grade in SUPPORTING])
        )
    )
    return tuple((need, mechanism) for need, mechanism in rows)


def _claims(connection: sa.Connection) -> Pairs:
    rows = connection.execute(
        sa.select(ClaimMechanism.claim_id, ClaimMechanism.mechanism_id).where(
            ClaimMechanism.grade != Grade.NONE.value
        )
    )
    return tuple((claim, mechanism) for claim, mechanism in rows)
