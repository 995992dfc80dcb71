"""Knows what of a machine can be found by words: brand, name, model, form, types and areas."""

from __future__ import annotations

import sqlalchemy as sa

from reviews_app.catalogue.products import Brand, Product, ProductArea, ProductType
from reviews_app.catalogue.vocabulary import Area, Form, MassageType
from reviews_app.db import db


def texts() -> list[tuple[int, str]]:
    """Every (product id, text) to look in (rule 16), in one statement."""
    parts: sa.CompoundSelect[int, str] = sa.union_all(
        sa.select(Product.id, Product.name),
        sa.select(Product.id, Product.model).where(Product.model.is_not(None)),
        sa.select(Product.id, Brand.name).join(Brand, Brand.id == Product.brand_id),
        sa.select(Product.id, Form.label).join(Form, Form.id == Product.form_id),
        sa.select(ProductType.product_id, MassageType.label).join(
            MassageType, MassageType.id == ProductType.type_id
        ),
        sa.select(ProductArea.product_id, Area.label).join(Area, Area.id == ProductArea.area_id),
    )
    return [(product_id, text) for product_id, text in db.session.execute(parts)]
