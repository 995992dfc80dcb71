"""What a machine's page tells search engines of its reviews: what it shows, of our readers."""

from __future__ import annotations

from typing import Any

from flask import url_for

from reviews_app.catalogue.products import Product
from reviews_app.reviews.readers.rating import Rating


def described(product: Product, rating: Rating | None, site_url: str) -> dict[str, Any] | None:
    """The machine and its rating in the words of schema.org; None where no review counts."""
    if rating is None or rating.mean_centi is None:
        return None
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": site_url + url_for("massagers.show", slug=product.slug),
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": rating.mean_centi / 100,
            "reviewCount": rating.counted,
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    if product.brand is not None:
        told["brand"] = {"@type": "Brand", "name": product.brand.name}
    return told
