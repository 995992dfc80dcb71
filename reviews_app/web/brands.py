"""Who makes the machines, and which are theirs."""

from __future__ import annotations

from flask import Blueprint, render_template

from reviews_app import browse
from reviews_app.catalogue import queries as catalogue
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores

bp = Blueprint("brands", __name__)

SHOWN = 24


@bp.get("/brands")
def index() -> str:
    """Every brand with the number of its machines."""
    machines = browse.Shelves().counts("brand")
    return render_template("brands/index.html", brands=catalogue.brands(machines))


@bp.get("/brands/<brand>")
def show(brand: str) -> str:
    """One brand with its machines, the first 24 of many."""
    shelves = browse.Shelves()
    found = catalogue.get_brand(brand, shelves.counts("brand"))
    ids = shelves.first(SHOWN, ("brand", found.id), ("sort", "name"))
    cards = catalogue.cards(ids, shelves.main_currency)
    verdicts = reviews.verdicts([card.slug for card in cards])
    return render_template(
        "brands/show.html",
        brand=found,
        cards=cards,
        verdicts=verdicts,
        scores=scores.scores_of([card.id for card in cards]),
        ratings=ratings_of([card.id for card in cards]),
    )
