"""Massage types and parts of the leg, with the machines that have them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reviews_app.catalogue.cards import Card, cards
from reviews_app.catalogue.products import (
    Fact,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.vocabulary import Area, MassageType, Mechanism
from reviews_app.db import db
from reviews_app.errors import NotFound


@dataclass(frozen=True)
class TypeEntry:
    """A massage type with the number of its machines in the listing."""

    type: MassageType
    machines: int


@dataclass(frozen=True)
class AreaEntry:
    """A part of the leg with the number of machines that work on it."""

    area: Area
    machines: int


def massage_types() -> list[TypeEntry]:
    """Every massage type, in the order of the taxonomy."""
    rows = db.session.execute(
        sa.select(MassageType, sa.func.count(Product.id))
        .outerjoin(ProductType, ProductType.type_id == MassageType.id)
        .outerjoin(
            Product,
            sa.and_(Product.id == ProductType.product_id, Product.retired_at.is_(None)),
        )
        .group_by(MassageType.id)
        .order_by(MassageType.position)
    )
    return [TypeEntry(*row) for row in rows]


def get_massage_type(type_id: str) -> TypeEntry:
    """The massage type with the number of its machines. Raises NotFound."""
    found = next((entry for entry in massage_types() if entry.type.id == type_id), None)
    if found is None:
        raise NotFound(
            f"We know no massage type called “{type_id}”.", parameter="type", value=type_id
        )
    return found


def areas() -> list[AreaEntry]:
    """Every part of the leg, from the foot up."""
    rows = db.session.execute(
        sa.select(Area, sa.func.count(Product.id))
        .outerjoin(ProductArea, ProductArea.area_id == Area.id)
        .outerjoin(
            Product,
            sa.and_(Product.id == ProductArea.product_id, Product.retired_at.is_(None)),
        )
        .group_by(Area.id)
        .order_by(Area.position)
    )
    return [AreaEntry(*row) for row in rows]


def mechanisms() -> list[Mechanism]:
    """Every way to act on the leg, in the order of the taxonomy."""
    return list(db.session.scalars(sa.select(Mechanism).order_by(Mechanism.position)))


def mechanisms_of_type(massage_type: MassageType) -> list[Mechanism]:
    """How machines of that type act on the leg.

    A type without a mechanism of its own (deep tissue) takes those of the types its clauses and
    its machines come from: what else these machines are.
    """
    statement = sa.select(Mechanism).order_by(Mechanism.position)
    if massage_type.mechanism_id is not None:
        return list(db.session.scalars(statement.where(Mechanism.id == massage_type.mechanism_id)))
    other = aliased(ProductType)
    return list(
        db.session.scalars(
            statement.where(
                Mechanism.id.in_(
                    sa.select(MassageType.mechanism_id)
                    .join(other, other.type_id == MassageType.id)
                    .join(ProductType, ProductType.product_id == other.product_id)
                    .where(ProductType.type_id == massage_type.id)
                )
            )
        )
    )


def count_acting_by(mechanism_ids: Collection[str]) -> int:
    """How many machines act on the leg in at least one of these ways."""
    acting = sa.select(ProductMechanism.product_id).where(
        ProductMechanism.mechanism_id.in_(mechanism_ids)
    )
    statement = sa.select(sa.func.count()).where(
        Product.id.in_(acting), Product.retired_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def machines_of_type(type_id: str, n: int) -> list[Card]:
    """The first `n` machines of a type, recalled ones last, then most facts known, then slug."""
    known = (
        sa.select(sa.func.count(sa.distinct(Fact.attribute_id)))
        .where(Fact.product_id == Product.id, Fact.accepted)
        .scalar_subquery()
    )
    return cards(
        list(
            db.session.scalars(
                sa.select(Product.id)
                .join(ProductType, ProductType.product_id == Product.id)
                .where(ProductType.type_id == type_id, Product.retired_at.is_(None))
                .order_by(is_recalled(), known.desc(), Product.slug)
                .limit(n)
            )
        )
    )
