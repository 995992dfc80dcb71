"""The published reader reviews of a machine as JSON: the same choices and numbers as the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, request

from reviews_app.accounts import queries as accounts
from reviews_app.api.listings import PATH
from reviews_app.api.shapes import Json, rating_json
from reviews_app.catalogue import queries as catalogue
from reviews_app.guidance import queries as guidance
from reviews_app.reviews.readers import numbers, shelf
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.reviews.readers.shelf import PublicReview

bp = Blueprint("api_reader_reviews", __name__, url_prefix=PATH)


@bp.get("/<slug>/reviews")
def index(slug: str) -> Response:
    """A page of what is published, chosen as on the page, and what became of all that was sent."""
    product = catalogue.get_product(slug)
    asked = parse_qsl(request.query_string.decode("latin-1"), encoding="utf-8", errors="replace")
    choice = Choice.from_args(asked, [need.id for need in guidance.needs()])
    found = shelf.shelf(product.id, choice)
    names = accounts.public_names(
        one.account_id for one in found.reviews if one.account_id is not None
    )
    fates = numbers.fates(accounts.now(), product.id)
    return jsonify(
        {
            "total": found.total,
            "page": found.page,
            "pages": found.pages,
            "stars": _by_star(found.stars),
            "rating": rating_json(ratings_of([product.id]).get(product.id)),
            "reviews": [_review(one, names.get(one.account_id or 0)) for one in found.reviews],
            "became": {
                "received": _by_star(fates.received),
                "published": _by_star(fates.published),
                "waiting": _by_star(fates.waiting),
                "withheld": {
                    reason.value: _by_star(counts) for reason, counts in fates.by_reason.items()
                },
                "taken_back": _by_star(fates.withdrawn),
                "late": fates.late,
            },
        }
    )


def _review(one: PublicReview, name: str | None) -> Json:
    """One review; `author` is None for a former member. Disclosures go wherever it goes."""
    return {
        "id": one.id,
        "author": name,
        "rating": one.rating,
        "disclosures": list(one.disclosures),
        "in_burst": one.in_burst,
        "in_ring": one.in_ring,
        "counts": one.counts,
        "title": one.title,
        "paragraphs": list(one.paragraphs),
        "months_owned": one.months_owned,
        "used_for": list(one.needs),
        "fit": one.fitted,
        "calf": one.calf,
        "broke": one.broke,
        "broke_after_months": one.broke_after_months,
        "how_got": one.how_got,
        "proof": one.proof,
        "received_on": one.received_at.date().isoformat(),
        "is_edited": one.is_edited,
        "helpful": one.helpful,
        "answer_by_the_maker": one.answer
        and {
            "brand": one.answer.brand,
            "paragraphs": list(one.answer.paragraphs),
            "is_to_an_earlier_version": one.answer_is_to_earlier,
        },
    }


def _by_star(counts: Any) -> dict[str, int]:
    return {str(star): count for star, count in counts.items()}
