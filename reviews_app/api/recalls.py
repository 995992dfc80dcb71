"""The register of recalls as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from reviews_app.api.shapes import Json, source_json
from reviews_app.catalogue import recalls
from reviews_app.catalogue.products import Recall

bp = Blueprint("api_recalls", __name__, url_prefix="/api/v1/recalls")


@bp.get("")
def index() -> Response:
    """Every notice, open ones first, and what of regulators was read to know of no other."""
    notices, reading = recalls.register(), recalls.reading()
    return jsonify(
        total=len(notices),
        open=sum(one.is_open for one in notices),
        recalls=[
            {
                "product": one.slug,
                "product_url": f"/api/v1/massagers/{one.slug}",
                "name": one.product,
                "brand": one.brand,
                **recall_json(one.recall),
            }
            for one in notices
        ],
        read={"regulators": list(reading.publishers), "checked_on": reading.checked_on},
    )


def recall_json(one: Recall) -> Json:
    """What one notice says; `units` is None where every unit of the models is recalled."""
    return {
        "open": one.closed_on is None,
        "regulator": one.regulator,
        "notice_number": one.notice_number,
        "hazard": one.hazard,
        "models": one.models,
        "units": one.units,
        "remedy": one.remedy,
        "issued_on": one.issued_on,
        "checked_on": one.checked_on,
        "closed_on": one.closed_on,
        "confirmed": one.confirmed,
        "source": source_json(one.source),
    }
