"""What a method may know of machines, read from the database in batches; never a price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.clearances import CLEARED, GRANTED
from reviews_app.catalogue.products import (
    Fact,
    FactOption,
    MakerWarning,
    Product,
    ProductType,
    Recall,
    RegulatoryRecord,
)
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import (
    Attribute,
    AttributeExclusion,
    Audience,
    Kind,
    MassageType,
)
from reviews_app.db import db
from reviews_app.guidance.models import Grade, NeedMechanism
from reviews_app.scores.subjects import Answered, Known, Subject

Graded = Mapping[str, Mapping[str, Grade]]
"""By mechanism, the grade it has for each need."""


@dataclass(frozen=True)
class Background:
    """What is the same for every machine: what forms cannot have, and grades by mechanism."""

    inapplicable: Mapping[str, frozenset[str]]
    grades: Graded


def background() -> Background:
    """What is stored of it, in two statements."""
    excluded: dict[str, set[str]] = defaultdict(set)
    exclusions = sa.select(AttributeExclusion.form_id, AttributeExclusion.attribute_id)
    for form, attribute in db.session.execute(exclusions):
        excluded[form].add(attribute)
    grades: dict[str, dict[str, Grade]] = defaultdict(dict)
    graded = sa.select(NeedMechanism.mechanism_id, NeedMechanism.need_id, NeedMechanism.grade)
    for mechanism, need, grade in db.session.execute(graded):
        grades[mechanism][need] = Grade(grade)
    return Background({form: frozenset(ids) for form, ids in excluded.items()}, grades)


def subjects(product_ids: Collection[int], behind: Background) -> list[Subject]:
    """These products as a method looks at them, in six statements; retired ones are left out."""
    rows = db.session.execute(
        sa.select(Product.id, Product.form_id, Product.audience).where(
            Product.id.in_(product_ids), Product.retired_at.is_(None)
        )
    ).all()
    ids = [row.id for row in rows]
    facts, mechanisms = _facts(ids), _mechanisms(ids)
    clearances, warnings = _clearances(ids), _warnings(ids)
    recalled = set(
        db.session.scalars(
            sa.select(Recall.product_id).where(
                Recall.product_id.in_(ids), Recall.closed_on.is_(None)
            )
        )
    )
    return [
        Subject(
            product_id=row.id,
            form=row.form_id,
            audience=Audience(row.audience),
            is_recalled=row.id in recalled,
            facts=facts[row.id],
            inapplicable=behind.inapplicable.get(row.form_id, frozenset()),
            clearances=tuple(clearances[row.id]),
            warnings=tuple(warnings[row.id]),
            needs=tuple(_best(mechanisms[row.id], behind.grades)),
        )
        for row in rows
    ]


def _facts(ids: Collection[int]) -> dict[int, dict[str, Known]]:
    """Accepted facts that are not weak; of several options of a fact none, since none is it."""
    option = sa.case(
        (Attribute.kind.in_((Kind.YES_NO, Kind.CHOICE)), FactOption.option), else_=sa.null()
    )
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    rows = db.session.execute(
        sa.select(
            Fact.product_id,
            Fact.attribute_id,
            Fact.number_low,
            Fact.number_high,
            option,
            Fact.source_id,
        )
        .join(Attribute, Attribute.id == Fact.attribute_id)
        .outerjoin(FactOption, FactOption.fact_id == Fact.id)
        .where(Fact.product_id.in_(ids), Fact.accepted, Fact.weak.is_(False))
    )
    for product_id, attribute_id, low, high, chosen, source in rows:
        found[product_id][attribute_id] = Known(low, high, chosen, source)
    return found


def _mechanisms(ids: Collection[int]) -> dict[int, list[str]]:
    """How the types of each machine act; heat beside a type is no part of it."""
    return _by_product(
        sa.select(ProductType.product_id, MassageType.mechanism_id)
        .join(MassageType, MassageType.id == ProductType.type_id)
        .where(ProductType.product_id.in_(ids), MassageType.mechanism_id.is_not(None))
        .order_by(ProductType.product_id, ProductType.position)
    )


def _clearances(ids: Collection[int]) -> dict[int, list[str]]:
    return _by_product(
        sa.select(RegulatoryRecord.product_id, RegulatoryRecord.source_id)
        .join(Source, Source.id == RegulatoryRecord.source_id)
        .where(
            RegulatoryRecord.product_id.in_(ids),
            RegulatoryRecord.kind.in_((CLEARED, GRANTED)),
            Source.weak.is_(False),
        )
        .order_by(RegulatoryRecord.product_id, RegulatoryRecord.position)
    )


def _warnings(ids: Collection[int]) -> dict[int, list[str]]:
    return _by_product(
        sa.select(MakerWarning.product_id, MakerWarning.source_id)
        .join(Source, Source.id == MakerWarning.source_id)
        .where(MakerWarning.product_id.in_(ids), Source.weak.is_(False))
        .order_by(MakerWarning.product_id, MakerWarning.position)
    )


def _by_product(query: sa.Select[Any, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for product_id, value in db.session.execute(query):
        found[product_id].append(value)
    return found


def _best(mechanisms: Collection[str], grades: Graded) -> Iterator[Answered]:
    """For each need the best grade among these mechanisms; of equals the mechanism named first."""
    order = list(Grade)
    best: dict[str, Answered] = {}
    for mechanism in dict.fromkeys(mechanisms):
        for need, grade in grades.get(mechanism, {}).items():
            held = best.get(need)
            if held is None or order.index(grade) < order.index(held.grade):
                best[need] = Answered(need, mechanism, grade)
    return iter(sorted(best.values(), key=lambda one: one.need))
