"""The look of the site, live: for who works on it, so it is there in development only."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Flask, current_app, render_template

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.catalogue import pressures
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.massage_types import massage_types
from reviews_app.catalogue.price_history import histories
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.models import Grade
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.spread import spread
from reviews_app.web import home, narrowing
from reviews_app.web.palette import pairs, palette

bp = Blueprint("styleguide", __name__)

LENGTH = re.compile(r"--((?:text|space)-[0-9a-z]+): ([^;]+);")
SHOWN = 3


def register(app: Flask) -> None:
    """Give `app` the page where somebody works on it; elsewhere there is no such page."""
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(bp)


@bp.get("/styleguide")
def show() -> str:
    """Type, space, colours with their contrasts, and every component with real data."""
    shelves = browse.Shelves()
    tokens = Path(str(current_app.static_folder)) / "css" / "tokens.css"
    lengths = LENGTH.findall(tokens.read_text(encoding="utf-8"))
    listing = browse.find(Selection.from_args([("type", "compression")], browse.vocabulary()))
    cards = catalogue.cards(listing.ids[:SHOWN], listing.currency)
    product = catalogue.get_product(cards[0].slug)
    sheet = catalogue.sheet(product, catalogue.all_attributes())
    claim = guidance.claims()[0]
    scoring = scores.current_rules()
    return render_template(
        "styleguide/show.html",
        texts=[one for one in lengths if one[0].startswith("text")],
        spaces=[one for one in lengths if one[0].startswith("space")],
        pairs=pairs(palette(tokens)),
        forms=next(one.options for one in listing.facets if one.name == "form"),
        types=[entry.type for entry in massage_types(shelves.counts("type"))],
        leg=home.ways_by_leg(shelves.counts("area")),
        grades=list(Grade),
        meanings=guidance.grade_meanings(),
        listing=listing,
        cards=cards,
        product=product,
        sheet=sheet,
        pressures=pressures.scale([pressures.span(product.name, sheet)], pressures.strongest()),
        histories=histories(product.prices),
        similar=catalogue.similar(product, shelves.nearest(product), shelves.main_currency),
        verdicts=reviews.verdicts([card.slug for card in cards]),
        scores=scores.scores_of([card.id for card in cards]),
        ratings=ratings_of([card.id for card in cards]),
        rules_of_scores=scoring,
        spread=spread(scoring) if scoring else None,
        reviews=reviews.a_few(SHOWN),
        claim=guidance.get_claim(claim.id),
        rules=guidance.rules()[:SHOWN],
        flags=guidance.red_flags()[:SHOWN],
        path_of=narrowing.address,
        path_of_page=lambda number: narrowing.address(listing.selection.with_page(number)),
    )
