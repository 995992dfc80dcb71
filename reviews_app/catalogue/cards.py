"""What a list shows of a machine: a card, plain and frozen, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue import prices
from reviews_app.catalogue.prices import Price, Seen
from reviews_app.catalogue.products import (
    Brand,
    Fact,
    Product,
    ProductArea,
    ProductType,
)
from reviews_app.catalogue.recalls import is_recalled
from reviews_app.catalogue.remembering import each_once, once_a_revision
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Area, Attribute, Form, MassageType
from reviews_app.db import db

MOST = 4
"""Facts on a card."""

MOST_REMEMBERED = 5_000
"""Cards of a currency, of some three kilobytes each."""

IDS: sa.BindParameter[list[int]] = sa.bindparam("ids", expanding=True)

PRODUCTS = (
    sa.select(
        *(Product.id, Product.slug, Product.name, Product.audience),
        *(Product.brand_id, Brand.name.label("brand"), Product.form_id, Form.label.label("form")),
        is_recalled().label("recalled"),
    )
    .join(Form, Form.id == Product.form_id)
    .outerjoin(Brand, Brand.id == Product.brand_id)
    .where(Product.id.in_(IDS))
)
TYPES = (
    sa.select(ProductType.product_id, MassageType.id, MassageType.label)
    .join(MassageType, MassageType.id == ProductType.type_id)
    .where(ProductType.product_id.in_(IDS))
    .order_by(ProductType.product_id, ProductType.position)
)
AREAS = (
    sa.select(ProductArea.product_id, Area.id, Area.label)
    .join(Area, Area.id == ProductArea.area_id)
    .where(ProductArea.product_id.in_(IDS))
    .order_by(ProductArea.product_id, ProductArea.position)
)
FACTS = sa.select(
    *(Fact.product_id, Fact.attribute_id, Fact.weak),
    # Lists and texts that no card shows need not be read.
    sa.case((Fact.attribute_id.in_(sa.bindparam("shown", expanding=True)), Fact.value)).label(
        "value"
    ),
).where(Fact.product_id.in_(IDS), Fact.accepted)


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
    value: object = field(hash=False)
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


def cards(
    ids: Sequence[int], currency: str | None = None, attributes: Sequence[Attribute] | None = None
) -> list[Card]:
    """One card for each product id, in the order given; prices in the main currency unless said.

    Ids of nothing are left out. Plain rows in five statements, whatever the number of ids, and one
    more for all `attributes` unless these are given.
    """
    currency = currency or prices.main_currency()
    read = partial(_cards, currency, attributes)
    found = each_once(f"cards {currency}", ids, read, most=MOST_REMEMBERED)
    return [found[one] for one in ids if one in found]


def _cards(
    currency: str, attributes: Sequence[Attribute] | None, ids: Sequence[int]
) -> dict[int, Card]:
    attributes = all_attributes() if attributes is None else attributes
    products = {row.id: row for row in _rows(PRODUCTS, ids=ids)}
    types, areas = _named(TYPES, ids), _named(AREAS, ids)
    facts = _accepted(ids, [one.id for one in attributes if one.on_card])
    seen = prices.observations(ids)
    return {
        one: Card(
            **_product(row),
            types=tuple(types[one]),
            areas=tuple(areas[one]),
            **_known(attributes, facts[one], row.form_id),
            **_price(seen[one], currency),
        )
        for one, row in products.items()
    }


@once_a_revision
def all_attributes() -> list[Attribute]:
    """Every attribute, in the order they are shown in."""
    return list(db.session.scalars(sa.select(Attribute).order_by(Attribute.position)))


def _rows(statement: sa.Executable, **given: Collection[object]) -> Sequence[Any]:
    values = {name: list(some) for name, some in given.items()}
    return db.session.execute(statement, values).all()


def _named(statement: sa.Executable, ids: Collection[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = defaultdict(list)
    for product_id, id_, label in _rows(statement, ids=ids):
        found[product_id].append(Named(id_, label))
    return found


def _accepted(
    ids: Collection[int], shown: Collection[str]
) -> dict[int, dict[str, tuple[object, bool]]]:
    """Of every known attribute the accepted value, read of those shown, and whether it is weak."""
    found: dict[int, dict[str, tuple[object, bool]]] = defaultdict(dict)
    for product_id, attribute_id, weak, value in _rows(FACTS, ids=ids, shown=shown):
        found[product_id][attribute_id] = (value, weak)
    return found


def _product(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "slug": row.slug,
        "name": row.name,
        "brand": Named(row.brand_id, row.brand) if row.brand_id else None,
        "form": Named(row.form_id, row.form),
        "audience": row.audience,
        "is_recalled": bool(row.recalled),
    }


def _known(
    attributes: Sequence[Attribute], values: Mapping[str, tuple[object, bool]], form_id: str
) -> dict[str, Any]:
    known = [one for one in attributes if one.id in values]
    applicable = [one for one in attributes if one.id in values or one.applies_to(form_id)]
    shown = [one for one in known if one.on_card][:MOST]
    return {
        "facts": tuple(_fact(one, *values[one.id]) for one in shown),
        "known": len(known),
        "applicable": len(applicable),
    }


def _price(seen: Sequence[Seen], currency: str) -> dict[str, Any]:
    return {"price": prices.listed_price(seen, currency), "priced_in": prices.currencies(seen)}


def _fact(attribute: Attribute, value: object, weak: bool) -> CardFact:
    named = Named(attribute.id, attribute.label)
    return CardFact(named, value_in_words(attribute, value), value, weak)
