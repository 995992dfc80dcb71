"""The bulk form, records of `products.jsonl` and `sources.jsonl`, turned into the seed form.

Everything the bulk form leaves implicit is decided here, in the open: what makes a source or fact
weak, which words mean a sale, and in `bulk_audience.py` whom a machine is for.
"""

from __future__ import annotations

import re
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from reviews_app.catalogue.bulk_audience import bulk_audience
from reviews_app.catalogue.folder import SeedRecord
from reviews_app.catalogue.records import Slug, slugified

NO_MAKER = "(maker not named in source)"
KINDS = {"manufacturer": "maker", "retailer": "shop"}
SPLIT = {"modes": "mode_count", "attachments": "attachment_count"}
"""Attributes the bulk form uses for a list of names and for a bare count alike."""

RENAMED = {"country_variants": "variants"}
CHOICES_IN_WORDS = frozenset({"power_source"})
UNIT_ENDINGS = {
    "kg": "_kg",
    "months": "_months",
    "cm": "_cm",
    "min": "_min",
    "rpm": "_rpm",
    "h": "_h",
    "mm": "_mm",
    "mmHg": "_mmhg",
    "W": "_w",
    "dB": "_db",
    "°C": "_c",
    "Hz": "_hz",
    "EU": "_eu",
}
"""Units are in an attribute's name; another unit beside it means the number is not what it says."""

_WEAK_NOTE = re.compile(r"\blow-confidence\b", re.IGNORECASE)
_PART = re.compile(r"\b(replacement|spare)\b|\belectrodes for\b", re.IGNORECASE)
_REGULAR = re.compile(r"\b(regular|list) price\b", re.IGNORECASE)
_SALE = re.compile(
    r"\b(sale|promotion|prime day|outlet|open[- ]box|clearance|pre-order offer)\b", re.IGNORECASE
)


class BulkSource(SeedRecord):
    """A line of `sources.jsonl`."""

    id: str
    url: str
    title: str
    publisher: str
    kind: Literal["regulator", "manufacturer", "manual", "study", "review", "retailer"]
    published: str | None = None
    accessed: str
    quality: Literal["low"] | None = None

    def as_seed(self) -> dict[str, Any]:
        """The source as `sources.toml` writes it."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "kind": KINDS.get(self.kind, self.kind),
            "url": self.url,
            "published": self.published,
            "seen_on": self.accessed,
            "weak": self.quality == "low",
        }


class BulkFact(SeedRecord):
    """One of the `facts` of a line."""

    attribute: str
    value: Any
    unit: str | None = None
    source: str
    note: str | None = None

    @model_validator(mode="after")
    def _has_its_unit(self) -> Self:
        ending = UNIT_ENDINGS.get(self.unit or "")
        if self.unit is not None and not (ending and self.attribute.endswith(ending)):
            raise ValueError(f"{self.attribute} is not measured in {self.unit!r}")
        return self


class BulkPrice(SeedRecord):
    """One of the `prices` of a line."""

    amount: float
    currency: str
    seller: str
    as_of: str | None = None
    source: str


class BulkProduct(SeedRecord):
    """A line of `products.jsonl`."""

    slug: Slug
    brand: str | None = None
    name: str
    model: str | None = None
    manufacturer_url: str | None = None
    massage_types: list[str]
    body_areas: list[str]
    form_factor: str
    facts: list[BulkFact] = Field(default_factory=list)
    prices: list[BulkPrice] = Field(default_factory=list)
    third_party_ratings: list[dict[str, Any]] = Field(default_factory=list)
    regulatory: list[dict[str, Any]] = Field(default_factory=list)
    warnings: list[dict[str, Any]] = Field(default_factory=list)


def as_seed(product: BulkProduct) -> dict[str, Any]:
    """The product as `products/<slug>.toml` would hold it, to be checked like any other."""
    form = slugified(product.form_factor) or product.form_factor
    audience, because = bulk_audience(product, form)
    return {
        "brand": None if product.brand == NO_MAKER else product.brand,
        "name": product.name,
        "model": product.model,
        "manufacturer_url": product.manufacturer_url,
        "form": form,
        "types": [slugified(name) or name for name in product.massage_types],
        "areas": [slugified(name) or name for name in product.body_areas],
        "audience": {"is": audience, "because": because},
        "facts": [_fact(fact) for fact in product.facts],
        "prices": [
            {**price.model_dump(), "terms": terms_of(price.seller)} for price in product.prices
        ],
        "ratings": product.third_party_ratings,
        "records": product.regulatory,
        "warnings": product.warnings,
        # A line knows no recalls, and must not take one away.
        "recalls": None,
    }


def terms_of(seller: str) -> str:
    """Whether the words beside a price make it a regular price, a sale, or the price of a part."""
    if _PART.search(seller):
        return "part"
    if _REGULAR.search(seller) or not _SALE.search(seller):
        return "regular"
    return "sale"


def _fact(fact: BulkFact) -> dict[str, Any]:
    attribute, value = fact.attribute, fact.value
    if attribute in SPLIT and not isinstance(value, list):
        attribute = SPLIT[attribute]
    if attribute in CHOICES_IN_WORDS and isinstance(value, str):
        value = slugified(value) or value
    return {
        "attribute": RENAMED.get(attribute, attribute),
        "value": value,
        "source": fact.source,
        "note": fact.note,
        "weak": bool(fact.note and _WEAK_NOTE.search(fact.note)),
    }
