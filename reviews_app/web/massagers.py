"""The listing of massagers, the page of one, and everything known of it with its sources."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviews_app import browse
from reviews_app.browse import BadSelection, Selection
from reviews_app.catalogue import pressures
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.clearances import clearances, other_records
from reviews_app.catalogue.price_history import histories
from reviews_app.catalogue.prices import listed_price, newest_first
from reviews_app.catalogue.recalls import open_recalls, reading
from reviews_app.catalogue.values import money_in_words
from reviews_app.errors import NotFound
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.models import SUPPORTING, Grade
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers import shelf
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.weights import PREFIX
from reviews_app.scores.workings import workings
from reviews_app.web.described import described
from reviews_app.web.kept_listing import KeptListing
from reviews_app.web.listing_parts import PlainListing, spelled
from reviews_app.web.narrowing import (
    address,
    asked,
    asked_as,
    form_as_typed,
    query,
    weight_fields,
)
from reviews_app.web.trays import tray_of

bp = Blueprint("massagers", __name__)

NEWEST_SHOWN = 3
"""Reader reviews on the page of a machine; all of them have a page of their own."""

bp.add_app_template_filter(money_in_words, "money")
bp.add_app_template_filter(asked_as)


@bp.get("/massagers")
def index() -> Response | tuple[str, int]:
    """The massagers a reader narrowed the catalogue to, at the one address of that choice."""
    args = asked()
    try:
        selection = Selection.from_args(args, browse.vocabulary())
        if selection.query != query():
            return redirect(address(selection), 301)
        listing = browse.find(selection)
    except BadSelection as error:
        return _bad_choice(error, args)
    parts = (KeptListing if browse.is_indexed() else PlainListing)(listing, tray_of(selection))
    return parts.page(), 200 if listing.total else 404


@bp.get("/massagers/<slug>")
def show(slug: str) -> Response | str:
    """One machine: what it is, who should not use it, what is known and who says so.

    Weights of a reader's own, `w.<part>`, change its score; equal ones share an address.
    """
    product = catalogue.get_product(slug)
    weights = scores.read_weights(asked())
    own = spelled(weights)
    if own != query() and any(name.startswith(PREFIX) for name, _ in asked()):
        here = url_for("massagers.show", slug=slug)
        return redirect(f"{here}?{own}" if own else here, 301)
    mechanisms = catalogue.mechanisms_of(product)
    ids = [mechanism.id for mechanism in mechanisms]
    findings = guidance.findings_for(ids)
    sheet = catalogue.sheet(product, catalogue.all_attributes())
    shelves = browse.Shelves()
    rating = ratings_of([product.id]).get(product.id)
    return render_template(
        "massagers/show.html",
        product=product,
        sheet=sheet,
        review=reviews.find_review(product),
        score=scores.score_of(product, weights),
        weights=weights,
        weight_fields=weight_fields(weights, browse.vocabulary(), {}),
        known_so_far=reviews.known_so_far(sheet),
        mechanisms=mechanisms,
        clearances=clearances(product.records),
        other_records=other_records(product.records),
        findings=[one for one in findings if one.grade != Grade.NONE],
        untested=[one for one in findings if one.grade == Grade.NONE],
        rules=guidance.rules_for(ids),
        answers=[one for one in guidance.answers_of(ids) if one.grade in SUPPORTING],
        price=listed_price(product.prices, shelves.main_currency),
        prices=newest_first(product.prices),
        histories=histories(product.prices),
        pressures=pressures.scale([pressures.span(product.name, sheet)], pressures.strongest()),
        open_recalls=open_recalls(product.recalls),
        reading=reading(),
        similar=catalogue.similar(product, shelves.nearest(product), shelves.main_currency),
        mentions=guidance.articles_mentioning("massager", product.slug),
        rating=rating,
        said=shelf.shelf(product.id, Choice()).reviews[:NEWEST_SHOWN] if rating else (),
        described=described(product, rating, current_app.config["SITE_URL"]),
    )


@bp.get("/massagers/<slug>/score.json")
def score(slug: str) -> Response:
    """Every step from the facts of one machine to its score, for anyone to work out again."""
    found = workings(catalogue.get_product(slug))
    if found is None:
        raise NotFound("Nothing is scored yet: no method has been published.")
    return jsonify(found)


@bp.get("/massagers/<slug>/data")
def data(slug: str) -> str:
    """Every fact of one machine, accepted or not, and everything else on record, with sources."""
    product = catalogue.get_product(slug)
    return render_template(
        "massagers/data.html",
        product=product,
        sheet=catalogue.sheet(product, catalogue.all_attributes()),
        prices=newest_first(product.prices),
    )


def _bad_choice(error: BadSelection, args: list[tuple[str, str]]) -> tuple[str, int]:
    """What is wrong in words, the rest of the choice as links, and the form as it was typed."""
    page = render_template(
        "massagers/bad_choice.html",
        problems=error.problems,
        kept=error.kept,
        chips=browse.chips(error.kept),
        form=form_as_typed(error, args),
        path_of=address,
    )
    return page, error.status
