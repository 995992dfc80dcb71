"""A product record as the rows of its tables, and the rows of its tables as a comparable value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import sqlalchemy as sa

from reviews_app.catalogue.accepting import CitedSource, judge
from reviews_app.catalogue.checking import Words
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Fact,
    MakerWarning,
    ProductArea,
    ProductMechanism,
    ProductType,
    RatingElsewhere,
    Recall,
    RegulatoryRecord,
)
from reviews_app.catalogue.records import ProductRecord, slugified
from reviews_app.catalogue.records_vocabulary import AttributeRecord
from reviews_app.catalogue.type_rules import Product, given_types, mechanisms, number_span
from reviews_app.db import Base

Row = dict[str, Any]

CHILDREN = (
    ProductType,
    ProductArea,
    ProductMechanism,
    Fact,
    PriceObservation,
    RatingElsewhere,
    RegulatoryRecord,
    MakerWarning,
    Recall,
)
"""Every table whose rows belong to one product and are written and replaced with it."""


@dataclass(frozen=True)
class ProductRows:
    """One product: its own row, and for every table of `CHILDREN` its rows in order.

    Without a key for recalls those on record stay. Facts carry a key "options", a sorted list,
    which becomes `FactOption` rows. Ids are not part of the value: two `ProductRows` are equal when
    the same things are known of the product.
    """

    product: Row
    children: dict[str, list[Row]] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProductRows) and self._image() == other._image()

    __hash__ = None  # type: ignore[assignment]

    def _image(self) -> str:
        # As text, since 5 == 5.0 == True in Python, and 5 is not 5.0 in a seed file.
        return repr((sorted(self.product.items()), [self._sorted(kind) for kind in CHILDREN]))

    def _sorted(self, kind: type[Any]) -> list[list[tuple[str, Any]]]:
        return [sorted(row.items()) for row in self.children.get(kind.__tablename__, ())]


def table_of(kind: type[Base]) -> sa.Table:
    """The table a model stands for."""
    return cast(sa.Table, kind.__table__)


def product_rows(
    slug: str, record: ProductRecord, words: Words, sources: Mapping[str, CitedSource]
) -> ProductRows:
    """The rows of a checked product, with everything that follows from it by rule."""
    verdicts = judge(record.facts, sources)
    product = Product(record, verdicts, sources)
    given = given_types(product, words.taxonomy.types, words.attributes)
    area_words = {area.id: area.words for area in words.taxonomy.areas}
    children = {
        ProductType: [
            {
                "type_id": each.type,
                "assigned_by": each.assigned_by,
                "because": each.because,
                "source_id": each.source,
            }
            for each in given
        ],
        ProductArea: [
            {"area_id": area, "source_id": product.source_with(area_words[area])}
            for area in record.areas
        ],
        Fact: [
            _fact_row(fact, verdict, words.attributes[fact.attribute])
            for fact, verdict in zip(record.facts, verdicts, strict=True)
        ],
        PriceObservation: [_price_row(price) for price in record.prices],
        RatingElsewhere: [_cited(rating) for rating in record.ratings],
        RegulatoryRecord: [_cited(entry) for entry in record.records],
        MakerWarning: [_cited(warning) for warning in record.warnings],
    }
    rows = {kind.__tablename__: list(_numbered(found)) for kind, found in children.items()}
    rows[ProductMechanism.__tablename__] = [
        {"mechanism_id": each} for each in mechanisms(product, given, words.taxonomy.types)
    ]
    if record.recalls is not None:
        recalls = [_recall_row(recall) for recall in record.recalls]
        rows[Recall.__tablename__] = list(_numbered(recalls))
    return ProductRows(_own_row(slug, record), rows)


def _own_row(slug: str, record: ProductRecord) -> Row:
    return {
        "slug": slug,
        "brand_id": slugified(record.brand) if record.brand else None,
        "name": record.name,
        "model": record.model,
        "manufacturer_url": record.manufacturer_url,
        "form_id": record.form,
        "audience": record.audience.audience.value,
        "audience_because": record.audience.because,
    }


def _fact_row(fact: Any, verdict: Any, attribute: AttributeRecord) -> Row:
    low, high = number_span(fact.value, attribute) or (None, None)
    return {
        "attribute_id": fact.attribute,
        "value": _stored_value(fact.value),
        "number_low": low,
        "number_high": high,
        "source_id": fact.source,
        "note": fact.note,
        "weak": verdict.weak,
        "preferred": fact.preferred,
        "accepted": verdict.accepted,
        "because": verdict.because,
        "options": _options(fact.value, attribute),
    }


def _stored_value(value: Any) -> Any:
    # SQLite keeps 5.0 as 5; said the same way here, or every import would see a change.
    if isinstance(value, list):
        return [_stored_value(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _options(value: Any, attribute: AttributeRecord) -> list[str]:
    if attribute.kind == "yes_no":
        return ["yes" if value else "no"]
    if not attribute.options:
        return []
    return sorted(value) if isinstance(value, list) else [value]


def _price_row(price: Any) -> Row:
    row = _cited(price)
    row["amount_cents"] = round(row.pop("amount") * 100)
    return row


def _recall_row(recall: Any) -> Row:
    row = _cited(recall)
    del row["covers"]  # units says as much
    return row


def _cited(entry: Any) -> Row:
    row: Row = entry.model_dump()
    row["source_id"] = row.pop("source")
    return row


def _numbered(rows: list[Row]) -> Iterator[Row]:
    for position, row in enumerate(rows):
        yield {**row, "position": position}
