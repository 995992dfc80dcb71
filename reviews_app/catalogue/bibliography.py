"""The sources we read, and what of the catalogue rests on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Fact,
    MakerWarning,
    Product,
    ProductArea,
    ProductType,
    RatingElsewhere,
    Recall,
    RegulatoryRecord,
)
from reviews_app.catalogue.sources import Source, Standing
from reviews_app.catalogue.values import money_in_words, value_in_words
from reviews_app.catalogue.vocabulary import Area, Attribute, MassageType
from reviews_app.db import db
from reviews_app.errors import NotFound


@dataclass(frozen=True)
class ProductMention:
    """Something we say of a machine because of a source: what about, and in which words."""

    slug: str
    name: str
    about: str
    words: str


def sources_by_standing() -> list[tuple[Standing, list[Source]]]:
    """Every source, strongest standing first; within one by publisher and title."""
    found = list(
        db.session.scalars(
            sa.select(Source).order_by(sa.func.lower(Source.publisher), Source.title, Source.id)
        )
    )
    return [
        (standing, [source for source in found if source.standing is standing])
        for standing in Standing
    ]


def get_source(source_id: str) -> Source:
    """The source. Raises NotFound."""
    source = db.session.get(Source, source_id)
    if source is None:
        raise NotFound(
            f"We have no source called “{source_id}”.", parameter="source", value=source_id
        )
    return source


def product_mentions(source_id: str) -> list[ProductMention]:
    """All that rests on the source, by machine; as many statements whatever it is."""
    found = [
        *_facts(source_id),
        *_words(source_id, "Massage type", MassageType.label, ProductType, MassageType),
        *_words(source_id, "Part of the leg", Area.label, ProductArea, Area),
        *_prices(source_id),
        *_ratings(source_id),
        *_rows(source_id, RegulatoryRecord, RegulatoryRecord.kind, RegulatoryRecord.detail),
        *_rows(source_id, MakerWarning, sa.literal("Warning"), MakerWarning.text),
        *_rows(source_id, Recall, sa.literal("Recall"), Recall.hazard),
    ]
    return sorted(found, key=lambda one: (one.name.lower(), one.slug))


def _facts(source_id: str) -> Iterable[ProductMention]:
    statement = _from_products(Fact, source_id, Attribute, Fact.value).join(
        Attribute, Attribute.id == Fact.attribute_id
    )
    for slug, name, attribute, value in db.session.execute(statement.order_by(Attribute.position)):
        yield ProductMention(slug, name, attribute.label, value_in_words(attribute, value))


def _words(
    source_id: str, about: str, label: Any, model: type[Any], vocabulary: type[Any]
) -> Iterable[ProductMention]:
    statement = _from_products(model, source_id, label).join(vocabulary)
    for slug, name, words in db.session.execute(statement.order_by(vocabulary.position)):
        yield ProductMention(slug, name, about, words)


def _prices(source_id: str) -> Iterable[ProductMention]:
    statement = _from_products(
        PriceObservation,
        source_id,
        PriceObservation.amount_cents,
        PriceObservation.currency,
        PriceObservation.seller,
    )
    for slug, name, cents, currency, seller in db.session.execute(statement):
        yield ProductMention(slug, name, "Price", f"{money_in_words(cents, currency)}, {seller}")


def _ratings(source_id: str) -> Iterable[ProductMention]:
    statement = _from_products(
        RatingElsewhere,
        source_id,
        RatingElsewhere.value,
        RatingElsewhere.scale,
        RatingElsewhere.count,
    )
    for slug, name, value, scale, count in db.session.execute(statement):
        words = f"{value:g} of {scale:g} from {count:,} ratings"
        yield ProductMention(slug, name, "Rating elsewhere", words)


def _rows(source_id: str, model: type[Any], about: Any, words: Any) -> Iterable[ProductMention]:
    for row in db.session.execute(_from_products(model, source_id, about, words)):
        yield ProductMention(*row)


def _from_products(model: type[Any], source_id: str, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(Product.slug, Product.name, *columns)
        .select_from(model)
        .join(Product, Product.id == model.product_id)
        .where(model.source_id == source_id, Product.retired_at.is_(None))
    )
