"""Knows what of a machine can be found by words: brand, name, model, form, types and areas."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from reviews_app.browse.words import ALIAS, Text
from reviews_app.catalogue.products import Brand, BrandAlias, Product, ProductArea, ProductType
from reviews_app.catalogue.vocabulary import Area, Form, MassageType
from reviews_app.db import db

FIELDS = ("brand", "name", "model", "form", "type", "area", ALIAS)
"""What is looked in (rule 16), in the order in which fields are named when equal."""


def texts(of: Collection[int] | None = None) -> list[Text]:
    """Every text to look in, of all products or of some, in one statement."""
    parts = [
        sa.select(Product.id, _field("name"), Product.name),
        sa.select(Product.id, _field("model"), Product.model).where(Product.model.is_not(None)),
        sa.select(Product.id, _field("brand"), Brand.name).join(Brand),
        sa.select(Product.id, _field(ALIAS), BrandAlias.name).join(
            BrandAlias, BrandAlias.brand_id == Product.brand_id
        ),
        sa.select(Product.id, _field("form"), Form.label).join(Form),
        sa.select(ProductType.product_id, _field("type"), MassageType.label).join(MassageType),
        sa.select(ProductArea.product_id, _field("area"), Area.label).join(Area),
    ]
    if of is not None:
        parts = [part.where(part.selected_columns[0].in_(of)) for part in parts]
    rows = db.session.execute(sa.union_all(*parts))
    return [(product_id, field, text) for product_id, field, text in rows]


def _field(name: str) -> sa.ColumnElement[Any]:
    return sa.literal(name, sa.Text)
