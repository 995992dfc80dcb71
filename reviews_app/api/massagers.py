"""The listing and the machines as JSON: the same choices and numbers as the pages."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.api.errors import failure
from reviews_app.api.explaining import asks_why, explained
from reviews_app.api.listings import PATH, address, listing_json, path_of
from reviews_app.api.listings_kept import listing_text
from reviews_app.api.machine import machine_json
from reviews_app.api.reviews import review_json
from reviews_app.api.shapes import problems_json, rating_json, score_json
from reviews_app.browse import BadSelection, Selection
from reviews_app.catalogue import queries as catalogue
from reviews_app.errors import NotFound
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.workings import workings

bp = Blueprint("api_massagers", __name__, url_prefix=PATH)


@bp.get("")
def index() -> AnyResponse | tuple[Response, int]:
    """The listing, with `explain=1` also why; nothing found is an answer like any other."""
    asked = request.query_string.decode("latin-1")
    try:
        args = parse_qsl(asked, keep_blank_values=True, encoding="utf-8", errors="replace")
        selection, why = _read(args)
        canonical = explained(selection.query) if why else selection.query
        if canonical != asked:
            return redirect(path_of(canonical), 301)
        listing = browse.find(selection)
    except BadSelection as error:
        return _bad_choice(error)
    if browse.is_indexed() and not why:
        return Response(listing_text(listing), mimetype="application/json")
    return jsonify(listing_json(listing, why=why))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """Everything known of one machine, accepted or not, with sources."""
    product = catalogue.get_product(slug)
    machine = machine_json(
        product,
        catalogue.sheet(product, catalogue.all_attributes()),
        catalogue.mechanisms_of(product),
        catalogue.current_revision(),
    )
    review = review_json(reviews.find_review(product))
    score = score_json(scores.score_of(product))
    readers = rating_json(ratings_of([product.id]).get(product.id))
    return jsonify({**machine, "desk_review": review, "readers": readers, "score": score})


@bp.get("/<slug>/score")
def score(slug: str) -> Response:
    """Every step from the facts of one machine to its score."""
    found = workings(catalogue.get_product(slug))
    if found is None:
        raise NotFound("Nothing is scored yet: no method has been published.")
    return jsonify(found)


def _read(args: list[tuple[str, str]]) -> tuple[Selection, bool]:
    """What is chosen, and whether explanations are asked for; raises BadSelection for either."""
    why, wrong = asks_why(args)
    try:
        selection = Selection.from_args(args, browse.vocabulary())
    except BadSelection as error:
        raise BadSelection([*error.problems, *wrong], error.kept) from error
    if wrong:
        raise BadSelection(wrong, selection)
    return selection, why


def _bad_choice(error: BadSelection) -> tuple[Response, int]:
    """The first problem as the error, all of them beside it, and the way on with the rest."""
    first, *_ = error.problems
    return failure(
        error.status,
        first.code,
        first.message,
        first.parameter,
        first.value,
        problems=problems_json(error.problems),
        kept_url=address(error.kept),
    )
