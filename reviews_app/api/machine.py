"""One machine as JSON: all that its data page shows, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from reviews_app.api.recalls import recall_json
from reviews_app.api.shapes import Json, source_json
from reviews_app.catalogue.prices import newest_first
from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.sheet import Line, Sheet
from reviews_app.catalogue.vocabulary import Mechanism


def machine_json(
    product: Product, sheet: Sheet, mechanisms: Sequence[Mechanism], revision: int
) -> Json:
    """Everything on record of a product with all its parts loaded."""
    return {
        "slug": product.slug,
        "name": product.name,
        "model": product.model,
        "brand": product.brand.name if product.brand else None,
        "brand_id": product.brand_id,
        "manufacturer_url": product.manufacturer_url,
        "form": product.form_id,
        "audience": {"is": product.audience, "because": product.audience_because},
        "types": [one.type_id for one in product.types],
        "areas": [one.area_id for one in product.areas],
        "mechanisms": [one.id for one in mechanisms],
        "known": sheet.known,
        "applicable": sheet.applicable,
        "type_reasons": [
            {
                "type": one.type_id,
                "assigned_by": one.assigned_by,
                "because": one.because,
                "source": source_json(one.source) if one.source else None,
            }
            for one in product.types
        ],
        "area_reasons": [
            {"area": one.area_id, "source": source_json(one.source) if one.source else None}
            for one in product.areas
        ],
        "attributes": [_attribute(line) for line in sheet.lines],
        **_seen(product),
        "revision": revision,
    }


def _attribute(line: Line) -> Json:
    """One attribute with its answer: stated, unknown or na, and every fact, the accepted first."""
    return {
        "id": line.attribute.id,
        "label": line.attribute.label,
        "group": line.attribute.group,
        "kind": line.attribute.kind,
        "unit": line.attribute.unit,
        "state": line.state,
        "value": line.accepted.value if line.accepted else None,
        "words": line.words,
        "facts": [_fact(line, fact) for fact in line.facts],
    }


def _fact(line: Line, fact: Fact) -> Json:
    return {
        "value": fact.value,
        "words": line.words_of(fact),
        "accepted": fact.accepted,
        "because": fact.because,
        "note": fact.note,
        "weak": fact.weak,
        "source": source_json(fact.source),
    }


def _seen(product: Product) -> Json:
    """What was seen of it elsewhere: prices, ratings, records, warnings."""
    return {
        "prices": [
            {
                "amount": one.amount_cents / 100,
                "currency": one.currency,
                "seller": one.seller,
                "terms": one.terms,
                "as_of": one.as_of,
                "source": source_json(one.source),
            }
            for one in newest_first(product.prices)
        ],
        "ratings": [
            {
                "publisher": one.publisher,
                "value": one.value,
                "scale": one.scale,
                "count": one.count,
                "as_of": one.as_of,
                "source": source_json(one.source),
            }
            for one in product.ratings
        ],
        "records": [
            {"kind": one.kind, "detail": one.detail, "source": source_json(one.source)}
            for one in product.records
        ],
        "warnings": [
            {"text": one.text, "source": source_json(one.source)} for one in product.warnings
        ],
        "recalls": [recall_json(one) for one in product.recalls],
    }
