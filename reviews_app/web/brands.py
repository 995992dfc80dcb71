"""Who makes the machines, and which are theirs."""

from __future__ import annotations

from flask import Blueprint, render_template

from reviews_app.catalogue import queries as catalogue
from reviews_app.reviews import queries as reviews

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
    cards = catalogue.products_of(found.id, SHOWN)
    verdicts = reviews.verdicts([card.slug for card in cards])
    return render_template("brands/show.html", brand=found, cards=cards, verdicts=verdicts)
