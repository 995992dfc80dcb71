"""What a list shows of a machine: a card, plain and frozen, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from reviews_app.catalogue import prices
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.prices import Price
from reviews_app.catalogue.products import Fact, Product, ProductArea, ProductType
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import db

MOST = 4
"""Facts on a card."""


@dataclass(frozen=True)
class Named:
    """An entry of the vocabulary: the id that URLs use and the label that readers see."""

    id: str
    label: str


@dataclass(frozen=True)
class CardFact:
    """One known fact, as accepted: `words` is its value with unit, `value` as it is stored."""

    attribute: Named
    words: str
    value: object
    weak: bool


@dataclass(frozen=True)
class Card:
    """A machine in a list. `brand` is None where no source names the maker.

    `is_recalled`: whether a notice on it is open. `known` of the `applicable` attributes have an
    accepted fact. `price` is the one in the currency asked for; without it `priced_in` names the
    currencies that have one.
    """

    id: int
    slug: str
    name: str
    brand: Named | None
    form: Named
    types: tuple[Named, ...]
    areas: tuple[Named, ...]
    audience: str
    is_recalled: bool
    facts: tuple[CardFact, ...]
    known: int
    applicable: int
    price: Price | None
    priced_in: tuple[str, ...]


def cards(ids: Sequence[int], currency: str | None = None) -> list[Card]:
    """One card for each product id, in the order given; prices in the main currency unless said.

    Ids of nothing are left out. The number of statements does not grow with the ids.
    """
    currency = currency or prices.main_currency()
    attributes = all_attributes()
    products = _products(ids)
    facts = _accepted(ids)
    seen = prices.observations(ids)
    return [
        _card(products[one], attributes, facts[one], seen[one], currency)
        for one in ids
        if one in products
    ]


def all_attributes() -> list[Attribute]:
    """Every attribute, in the order they are shown in."""
    return list(db.session.scalars(sa.select(Attribute).order_by(Attribute.position)))


def _products(ids: Collection[int]) -> dict[int, tuple[Product, bool]]:
    """Each product with whether it is recalled, by id."""
    statement = (
        sa.select(Product, is_recalled())
        .where(Product.id.in_(ids))
        .options(
            joinedload(Product.brand),
            joinedload(Product.form),
            selectinload(Product.types).joinedload(ProductType.type),
            selectinload(Product.areas).joinedload(ProductArea.area),
            raiseload("*"),
        )
    )
    rows = db.session.execute(statement)
    return {product.id: (product, bool(recalled)) for product, recalled in rows}


def _accepted(ids: Collection[int]) -> dict[int, dict[str, tuple[object, bool]]]:
    """The accepted value of every known attribute and whether it is weak, by product."""
    found: dict[int, dict[str, tuple[object, bool]]] = defaultdict(dict)
    for product_id, attribute_id, value, weak in db.session.execute(
        sa.select(Fact.product_id, Fact.attribute_id, Fact.value, Fact.weak).where(
            Fact.product_id.in_(ids), Fact.accepted
        )
    ):
        found[product_id][attribute_id] = (value, weak)
    return found


def _card(
    found: tuple[Product, bool],
    attributes: Sequence[Attribute],
    values: dict[str, tuple[object, bool]],
    seen: Sequence[PriceObservation],
    currency: str,
) -> Card:
    product, recalled = found
    known = [one for one in attributes if one.id in values]
    applicable = [one for one in attributes if one in known or one.applies_to(product.form_id)]
    return Card(
        id=product.id,
        slug=product.slug,
        name=product.name,
        brand=Named(product.brand.id, product.brand.name) if product.brand else None,
        form=Named(product.form_id, product.form.label),
        types=tuple(Named(one.type_id, one.type.label) for one in product.types),
        areas=tuple(Named(one.area_id, one.area.label) for one in product.areas),
        audience=product.audience,
        is_recalled=recalled,
        facts=tuple(
            _fact(one, *values[one.id]) for one in [one for one in known if one.on_card][:MOST]
        ),
        known=len(known),
        applicable=len(applicable),
        price=prices.listed_price(seen, currency),
        priced_in=prices.currencies(seen),
    )


def _fact(attribute: Attribute, value: object, weak: bool) -> CardFact:
    named = Named(attribute.id, attribute.label)
    return CardFact(named, value_in_words(attribute, value), value, weak)
