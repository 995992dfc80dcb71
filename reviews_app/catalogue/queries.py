"""What pages ask of the catalogue: a machine, lists of machines, brands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.cards import IDS, MOST_REMEMBERED, Card, all_attributes, cards
from reviews_app.catalogue.massage_types import mechanisms
from reviews_app.catalogue.products import (
    Brand,
    Product,
    ProductMechanism,
)
from reviews_app.catalogue.remembering import each_once
from reviews_app.catalogue.revision import current_revision
from reviews_app.catalogue.sheet import Sheet, sheet
from reviews_app.catalogue.similar import Similar, similar
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.catalogue.whole import whole
from reviews_app.db import db
from reviews_app.errors import Gone, NotFound

__all__ = [
    "BrandEntry",
    "Card",
    "Sheet",
    "Similar",
    "all_attributes",
    "brands",
    "cards",
    "current_revision",
    "find_product",
    "find_products",
    "get_brand",
    "get_product",
    "mechanisms_by_product",
    "mechanisms_of",
    "sheet",
    "similar",
]

ACTING = sa.select(ProductMechanism.product_id, ProductMechanism.mechanism_id).where(
    ProductMechanism.product_id.in_(IDS)
)


@dataclass(frozen=True)
class BrandEntry:
    """A brand with the number of its machines in the catalogue."""

    id: str
    name: str
    machines: int


def find_product(slug: str) -> Product | None:
    """The product with all that its page shows, retired or not; None where there never was one.

    As many statements, whatever the number of facts; touching anything not loaded raises.
    """
    return find_products([slug]).get(slug)


def find_products(slugs: Collection[str]) -> dict[str, Product]:
    """The products with all that their pages show, retired or not, by slug; others are left out.

    As many statements, whatever the number of products and facts.
    """
    return whole(slugs)


def get_product(slug: str) -> Product:
    """The product with all that its page shows. Raises NotFound, or Gone where it was retired."""
    product = find_product(slug)
    if product is None:
        raise NotFound(f"We know no massager called “{slug}”.", parameter="slug", value=slug)
    if product.retired_at is not None:
        raise Gone(f"{product.name} has left our catalogue.")
    return product


def mechanisms_of(product: Product) -> list[Mechanism]:
    """How the product acts on the leg, in the order of the taxonomy."""
    return mechanisms_by_product([product.id])[product.id]


def mechanisms_by_product(product_ids: Collection[int]) -> dict[int, list[Mechanism]]:
    """How each of the products acts on the leg, by its id, in one statement."""
    return each_once("mechanisms", product_ids, _mechanisms, most=MOST_REMEMBERED)


def _mechanisms(product_ids: Collection[int]) -> dict[int, list[Mechanism]]:
    acting: dict[int, set[str]] = {product_id: set() for product_id in product_ids}
    for product_id, mechanism_id in db.session.execute(ACTING, {"ids": list(product_ids)}):
        acting[product_id].add(mechanism_id)
    every = mechanisms()
    return {
        product_id: [one for one in every if one.id in ids] for product_id, ids in acting.items()
    }


def brands(machines: Mapping[str, int]) -> list[BrandEntry]:
    """Every brand with a machine in the catalogue, in order of the alphabet."""
    rows = db.session.execute(
        sa.select(Brand.id, Brand.name).order_by(sa.func.lower(Brand.name), Brand.id)
    )
    return [BrandEntry(one, name, machines[one]) for one, name in rows if machines.get(one)]


def get_brand(brand_id: str, machines: Mapping[str, int]) -> BrandEntry:
    """The brand with the number of its machines. Raises NotFound where there is none."""
    found = next((brand for brand in brands(machines) if brand.id == brand_id), None)
    if found is None:
        raise NotFound(f"We know no brand called “{brand_id}”.", parameter="brand", value=brand_id)
    return found
