"""The listing and the machines as JSON: the same choices and numbers as the pages."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.api.errors import failure
from reviews_app.api.explaining import asks_why, explained, explanation_json
from reviews_app.api.machine import machine_json
from reviews_app.api.reviews import review_json
from reviews_app.api.shapes import Json, card_json, number, problems_json, score_json, weights_json
from reviews_app.browse import BadSelection, Listing, Selection
from reviews_app.browse.choices import MOST_VALUES_OF_A_FACET
from reviews_app.browse.options import FacetResult
from reviews_app.browse.ranges import FitResult, RangeResult
from reviews_app.browse.steps import Steps
from reviews_app.catalogue import queries as catalogue
from reviews_app.errors import NotFound
from reviews_app.reviews import queries as reviews
from reviews_app.scores import queries as scores
from reviews_app.scores.workings import workings

PATH = "/api/v1/massagers"

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
            return redirect(_path(canonical), 301)
        listing = browse.find(selection)
    except BadSelection as error:
        return _bad_choice(error)
    return jsonify(_listing(listing, why=why))


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
    return jsonify({**machine, "desk_review": review, "score": score})


@bp.get("/<slug>/score")
def score(slug: str) -> Response:
    """Every step from the facts of one machine to its score."""
    found = workings(catalogue.get_product(slug))
    if found is None:
        raise NotFound("Nothing is scored yet: no method has been published.")
    return jsonify(found)


def address(selection: Selection) -> str:
    """The one path of a Selection, here."""
    return _path(selection.query)


def _path(query: str) -> str:
    return f"{PATH}?{query}" if query else PATH


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


def _listing(listing: Listing, *, why: bool) -> Json:
    cards = catalogue.cards(listing.ids, listing.currency)
    verdicts = reviews.verdicts([card.slug for card in cards])
    weights = listing.selection.weights
    scored = scores.scores_of(listing.ids)
    own = scores.own_scores_of(listing.ids, weights)
    reasons = _reasons(listing) if why else {}
    steps = Steps(listing.selection)
    return {
        "total": listing.total,
        "page": listing.page,
        "pages": listing.pages,
        "per_page": listing.per_page,
        "unstated": dict(listing.unstated),
        "currency": listing.currency,
        "sort": listing.sort,
        "unscored": listing.unscored,
        "weights": weights_json(weights),
        "products": [
            {
                **card_json(one),
                "verdict": verdicts.get(one.slug),
                "score": score_json(scored.get(one.id)),
                "score_by_your_weights": score_json(own.get(one.id)),
                **reasons.get(one.id, {}),
            }
            for one in cards
        ],
        "facets": [_facet(one, steps) for one in listing.facets],
        "ranges": [_range(one) for one in listing.ranges],
        "fits": [_fit(one) for one in listing.fits],
        "drops": [
            {"label": one.label, "text": one.text, "count": one.count, "url": address(one.without)}
            for one in listing.drops
        ],
        "revision": listing.revision,
    }


def _reasons(listing: Listing) -> dict[int, Json]:
    """Why the words found each product of the page; without words nothing did."""
    found = browse.explain(listing.selection.words, listing.ids)
    return {product_id: {"explained": explanation_json(met)} for product_id, met in found.items()}


def _facet(facet: FacetResult, steps: Steps) -> Json:
    full = len(facet.chosen) >= MOST_VALUES_OF_A_FACET
    return {
        "name": facet.name,
        "label": facet.label,
        "kind": facet.kind,
        "group": facet.group,
        "options": [
            {
                "value": one.value,
                "label": one.label,
                "count": one.count,
                "selected": one.selected,
                # An eleventh value would be refused (rule 11).
                "toggle_url": None
                if full and not one.selected
                else _path(steps.toggled(facet.facet, one.value)),
            }
            for one in facet.options
        ],
    }


def _range(one: RangeResult) -> Json:
    return {
        "name": one.name,
        "label": one.label,
        "unit": one.unit,
        "low": number(one.low),
        "high": number(one.high),
        "min": number(one.chosen_min),
        "max": number(one.chosen_max),
        "include_unknown": one.include_unknown,
        "unstated": one.unstated,
        "not_applicable": one.not_applicable,
    }


def _fit(one: FitResult) -> Json:
    return {
        "name": one.name,
        "label": one.label,
        "chosen": one.chosen,
        "include_unknown": one.include_unknown,
        "unstated": one.unstated,
        "not_applicable": one.passes_not_applicable,
    }


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
