"""A listing as JSON: the machines of the page, and all that it can be narrowed by."""

from __future__ import annotations

from collections.abc import Collection

from reviews_app import browse
from reviews_app.api.explaining import explanation_json
from reviews_app.api.shapes import Json, card_json, number, rating_json, score_json, weights_json
from reviews_app.browse import Listing, Selection
from reviews_app.browse.choices import MOST_VALUES_OF_A_FACET
from reviews_app.browse.facets import Facet
from reviews_app.browse.options import FacetResult
from reviews_app.browse.ranges import FitResult, RangeResult
from reviews_app.browse.steps import Steps
from reviews_app.catalogue import queries as catalogue
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.weights import Weights

PATH = "/api/v1/massagers"


def address(selection: Selection) -> str:
    """The one path of a Selection, here."""
    return path_of(selection.query)


def path_of(query: str) -> str:
    """The path of a listing by its query string."""
    return f"{PATH}?{query}" if query else PATH


def listing_json(listing: Listing, *, why: bool) -> Json:
    """The whole answer; why: with what found each machine."""
    weights = listing.selection.weights
    products = products_json(listing.ids, listing.currency, weights)
    reasons = _reasons(listing) if why else {}
    steps = Steps(listing.selection)
    return {
        **around_json(listing),
        "products": [
            {**products[one], **reasons.get(one, {})} for one in listing.ids if one in products
        ],
        "facets": [_facet(one, steps) for one in listing.facets],
    }


def around_json(listing: Listing) -> Json:
    """The answer without its products and facets."""
    return {
        "total": listing.total,
        "page": listing.page,
        "pages": listing.pages,
        "per_page": listing.per_page,
        "unstated": dict(listing.unstated),
        "currency": listing.currency,
        "sort": listing.sort,
        "unscored": listing.unscored,
        "unrated": listing.unrated,
        "weights": weights_json(listing.selection.weights),
        "ranges": [_range(one) for one in listing.ranges],
        "fits": [_fit(one) for one in listing.fits],
        "drops": [
            {"label": one.label, "text": one.text, "count": one.count, "url": address(one.without)}
            for one in listing.drops
        ],
        "revision": listing.revision,
    }


def products_json(
    ids: Collection[int], currency: str | None, weights: Weights | None
) -> dict[int, Json]:
    """The machines in a list, by id, with their scores by these weights too."""
    cards = catalogue.cards(list(ids), currency)
    verdicts = reviews.verdicts([card.slug for card in cards])
    scored, own = scores.scores_of(ids), scores.own_scores_of(ids, weights)
    ratings = ratings_of(ids)
    return {
        one.id: {
            **card_json(one),
            "verdict": verdicts.get(one.slug),
            "score": score_json(scored.get(one.id)),
            "readers": rating_json(ratings.get(one.id)),
            "score_by_your_weights": score_json(own.get(one.id)),
        }
        for one in cards
    }


def facet_json(facet: Facet, options: object) -> Json:
    """A facet with its options, whatever stands for them."""
    return {
        "name": facet.name,
        "label": facet.label,
        "kind": facet.kind,
        "group": facet.group,
        "options": options,
    }


def option_json(value: str, label: str, count: object, selected: object, url: object) -> Json:
    """One option, whatever stands for what varies."""
    return {
        "value": value,
        "label": label,
        "count": count,
        "selected": selected,
        "toggle_url": url,
    }


def is_full(facet: FacetResult) -> bool:
    """Whether an eleventh value would be refused (rule 11)."""
    return len(facet.chosen) >= MOST_VALUES_OF_A_FACET


def _facet(facet: FacetResult, steps: Steps) -> Json:
    return facet_json(
        facet.facet,
        [
            option_json(
                one.value,
                one.label,
                one.count,
                one.selected,
                None
                if is_full(facet) and not one.selected
                else path_of(steps.toggled(facet.facet, one.value)),
            )
            for one in facet.options
        ],
    )


def _reasons(listing: Listing) -> dict[int, Json]:
    """Why the words found each product of the page; without words nothing did."""
    found = browse.explain(listing.selection.words, listing.ids)
    return {product_id: {"explained": explanation_json(met)} for product_id, met in found.items()}


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
