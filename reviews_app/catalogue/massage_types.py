"""Massage types and parts of the leg, with the machines that have them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reviews_app.catalogue.products import Product, ProductType
from reviews_app.catalogue.remembering import once_a_revision
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


def types() -> list[MassageType]:
    """Every massage type, in the order of the taxonomy."""
    return list(db.session.scalars(sa.select(MassageType).order_by(MassageType.position)))


def massage_types(machines: Mapping[str, int]) -> list[TypeEntry]:
    """Every massage type with the number of its machines, in the order of the taxonomy."""
    return [TypeEntry(one, machines.get(one.id, 0)) for one in types()]


def get_massage_type(type_id: str, machines: Mapping[str, int]) -> TypeEntry:
    """The massage type with the number of its machines. Raises NotFound."""
    found = next((entry for entry in massage_types(machines) if entry.type.id == type_id), None)
    if found is None:
        raise NotFound(
            f"We know no massage type called “{type_id}”.", parameter="type", value=type_id
        )
    return found


def areas(machines: Mapping[str, int]) -> list[AreaEntry]:
    """Every part of the leg with the number of machines that work on it, from the foot up."""
    found = db.session.scalars(sa.select(Area).order_by(Area.position))
    return [AreaEntry(one, machines.get(one.id, 0)) for one in found]


@once_a_revision
def mechanisms() -> list[Mechanism]:
    """Every way to act on the leg, in the order of the taxonomy."""
    return list(db.session.scalars(sa.select(Mechanism).order_by(Mechanism.position)))


def types_beside(type_id: str) -> set[str]:
    """The types that machines of a type have, itself among them.

    May read all its machines: pages ask `browse.Shelves`, whose index says the same.
    """
    other = aliased(ProductType)
    # EXISTS, which ends at the first machine of both types.
    together = sa.exists(
        sa.select(other.product_id)
        .join(ProductType, ProductType.product_id == other.product_id)
        .join(Product, Product.id == other.product_id)
        .where(
            other.type_id == MassageType.id,
            ProductType.type_id == type_id,
            Product.retired_at.is_(None),
        )
    )
    return set(db.session.scalars(sa.select(MassageType.id).where(together)))


def mechanisms_of_type(
    massage_type: MassageType, beside: Callable[[str], Collection[str]] = types_beside
) -> list[Mechanism]:
    """How machines of that type act on the leg.

    A type without a mechanism of its own (deep tissue) takes those of the types its clauses and
    its machines come from: what else these machines are. beside: says what that is.
    """
    if massage_type.mechanism_id is not None:
        acting = {massage_type.mechanism_id}
    else:
        others = beside(massage_type.id)
        acting = {one.mechanism_id for one in types() if one.id in others and one.mechanism_id}
    return [one for one in mechanisms() if one.id in acting]
