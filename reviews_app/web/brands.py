"""Who makes the machines, and which are theirs."""

from __future__ import annotations

from flask import Blueprint, render_template

from reviews_app.catalogue import queries as catalogue

bp = Blueprint("brands", __name__)

SHOWN = 24


@bp.get("/brands")
def index() -> str:
    """Every brand with the number of its machines."""
    return render_template("brands/index.html", brands=catalogue.brands())


@bp.get("/brands/<brand>")
def show(brand: str) -> str:
    """One brand with its machines, the first 24 of many."""
    found = catalogue.get_brand(brand)
    return render_template(
        "brands/show.html", brand=found, cards=catalogue.products_of(found.id, SHOWN)
    )
