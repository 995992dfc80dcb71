"""Knows in SQL which options every machine has: rows of facet, value and product.

Counting and filtering both read these rows, so that a count keeps its promise (rule 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from reviews_app.browse.facets import NO_NOTICE, RECALLED, STATUS, Facet
from reviews_app.catalogue.products import Fact, FactOption, Product
from reviews_app.catalogue.products import ProductArea as OnArea
from reviews_app.catalogue.products import ProductMechanism as By
from reviews_app.catalogue.products import ProductType as OfType
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.vocabulary import (
    NOT_APPLICABLE,
    NOT_STATED,
    Attribute,
    AttributeExclusion,
)
from reviews_app.guidance.models import SUPPORTING, ClaimMechanism, Grade, NeedMechanism

T = TypeVar("T")
Column: TypeAlias = sa.ColumnElement[T] | InstrumentedAttribute[T]
Pairs = sa.Select[str, str, int]


def pairs(facets: Iterable[Facet]) -> sa.Subquery:
    """Every (facet, value, product_id) of these facets, each once; retired products are among them.

    Attributes give every product a value: where no fact has one, it is not stated, or not
    applicable to the product's form (rule 6).
    """
    facets = tuple(facets)
    of_attributes = [facet.name for facet in facets if facet.attribute]
    arms = [ARMS[facet.name]() for facet in facets if not facet.attribute]
    if of_attributes:
        arms += [_stated(of_attributes), _not_stated(of_attributes)]
    return sa.union_all(*arms).subquery("pairs")


def _arm(facet: str, value: Column[str], product_id: Column[int]) -> Pairs:
    return sa.select(
        sa.literal(facet).label("facet"), value.label("value"), product_id.label("product_id")
    )


def status() -> sa.Case[str]:
    """The one option of the facet of recalls that a product has."""
    return sa.case((is_recalled(), RECALLED), else_=NO_NOTICE)


def _of_need() -> Pairs:
    """A machine answers a need when evidence speaks for one of its mechanisms, however weakly."""
    return (
        _arm("need", NeedMechanism.need_id, By.product_id)
        .join_from(NeedMechanism, By, By.mechanism_id == NeedMechanism.mechanism_id)
        .where(NeedMechanism.grade.in_([grade.value for grade in SUPPORTING]))
        .distinct()
    )


def _of_claim() -> Pairs:
    """A machine bears on a claim when one of its mechanisms was studied for it, for or against."""
    return (
        _arm("claim", ClaimMechanism.claim_id, By.product_id)
        .join_from(ClaimMechanism, By, By.mechanism_id == ClaimMechanism.mechanism_id)
        .where(ClaimMechanism.grade != Grade.NONE.value)
        .distinct()
    )


ARMS: dict[str, Callable[[], Pairs]] = {
    "type": lambda: _arm("type", OfType.type_id, OfType.product_id),
    "area": lambda: _arm("area", OnArea.area_id, OnArea.product_id),
    "form": lambda: _arm("form", Product.form_id, Product.id),
    "brand": lambda: _arm("brand", sa.func.coalesce(Product.brand_id, NOT_STATED), Product.id),
    "need": _of_need,
    "claim": _of_claim,
    "audience": lambda: _arm("audience", Product.audience, Product.id),
    STATUS: lambda: _arm(STATUS, status(), Product.id),
}


def _stated(attribute_ids: list[str]) -> Pairs:
    return (
        sa.select(
            Fact.attribute_id.label("facet"),
            FactOption.option.label("value"),
            Fact.product_id.label("product_id"),
        )
        .join(FactOption, FactOption.fact_id == Fact.id)
        .where(Fact.accepted, Fact.attribute_id.in_(attribute_ids))
    )


def _not_stated(attribute_ids: list[str]) -> Pairs:
    excluded = AttributeExclusion
    stated = (
        sa.exists()
        .where(Fact.product_id == Product.id, Fact.attribute_id == Attribute.id, Fact.accepted)
        .where(FactOption.fact_id == Fact.id)
    )
    return (
        sa.select(
            Attribute.id,
            sa.case((excluded.form_id.is_(None), NOT_STATED), else_=NOT_APPLICABLE),
            Product.id,
        )
        .join_from(Product, Attribute, Attribute.id.in_(attribute_ids))
        .outerjoin(
            excluded,
            sa.and_(excluded.attribute_id == Attribute.id, excluded.form_id == Product.form_id),
        )
        .where(~stated)
    )
