"""The text of a listing's JSON, put together from texts made once a revision.

Machines and options repeat from one listing to the next, so each is written as JSON once and cut
where it varies, as the pages do with HTML (ADR 0008). The text is that of `listing_json`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from flask import json

from reviews_app.api.listings import (
    around_json,
    facet_json,
    is_full,
    option_json,
    path_of,
    products_json,
)
from reviews_app.api.shapes import Json
from reviews_app.browse import Listing
from reviews_app.browse.facets import Facet
from reviews_app.browse.options import FacetResult
from reviews_app.browse.steps import Steps
from reviews_app.catalogue.remembering import each_once
from reviews_app.scores.weights import Weights

MOST_PRODUCTS = 10_000
"""Texts of machines that one process keeps, of some 1,500 bytes each."""

MOST_FACETS = 500

MARK = "\x1f"
"""Stands for what varies. No text that was read in holds it."""

ProductKey = tuple[int, str | None, Weights | None, dt.date]
"""A machine, the currency of its price, a reader's own weights, and the day: a price grows old."""

FacetKey = tuple[int, str]
"""A facet by the revision it was declared at, which a listing may be of a moment longer."""

Cut = tuple[str, ...]
CutFacet = tuple[Cut, dict[str, Cut]]
"""A facet around its options, and each option by its value around count, selected and address."""


def listing_text(listing: Listing) -> str:
    """What `jsonify` writes of `listing_json`."""
    around = around_json(listing)
    texts = [
        _inside({name: one for name, one in around.items() if name < "facets"}),
        f'"facets":[{",".join(_facets(listing))}]',
        _inside({name: one for name, one in around.items() if "facets" < name < "products"}),
        f'"products":[{",".join(_products(listing))}]',
        _inside({name: one for name, one in around.items() if name > "products"}),
    ]
    return "{" + ",".join(texts) + "}\n"


def _products(listing: Listing) -> Iterator[str]:
    selection = listing.selection
    weights = selection.weights if selection.has_own_weights else None
    today = dt.datetime.now(dt.UTC).date()
    keys = [(one, listing.currency, weights, today) for one in listing.ids]
    found = each_once("products as JSON", keys, _written, most=MOST_PRODUCTS)
    return (found[key] for key in keys if key in found)


def _written(keys: Collection[ProductKey]) -> dict[ProductKey, str]:
    """The texts of machines of one listing: all but the machine is the same in these keys."""
    ids = {key[0]: key for key in keys}
    _, currency, weights, _ = next(iter(keys))
    found = products_json(ids, currency, weights)
    return {ids[one]: _text(product) for one, product in found.items()}


def _facets(listing: Listing) -> Iterator[str]:
    steps = Steps(listing.selection)
    results = {(listing.revision, one.name): one for one in listing.facets}
    cut = partial(_cut_facets, {key: one.facet for key, one in results.items()})
    kept = each_once("facets as JSON", results, cut, most=MOST_FACETS)
    for key, facet in results.items():
        (first, last), options = kept[key]
        yield f"{first}[{','.join(_options(facet, options, steps))}]{last}"


def _cut_facets(
    facets: Mapping[FacetKey, Facet], keys: Collection[FacetKey]
) -> dict[FacetKey, CutFacet]:
    return {key: (_cut(facet_json(facets[key], MARK)), _cut_options(facets[key])) for key in keys}


def _cut_options(facet: Facet) -> dict[str, Cut]:
    return {
        one.value: _cut(option_json(one.value, one.label, MARK, MARK, MARK))
        for one in facet.options
    }


def _options(facet: FacetResult, cut: Mapping[str, Cut], steps: Steps) -> list[str]:
    chosen, counts = facet.chosen, facet.counts
    found = [(one.value, counts.get(one.value, 0), cut[one.value]) for one in facet.listed]
    if not chosen:  # as nearly always: then the addresses differ in one value
        before, after = path_of(steps.gaps[facet.name].filled(MARK)).split(MARK)
        spelled = facet.facet.spelled
        return [
            f'{first}{count}{second}false{third}"{before}{spelled[value]}{after}"{last}'
            for value, count, (first, second, third, last) in found
        ]
    full = is_full(facet)
    return [
        f"{first}{count}{second}{'true' if value in chosen else 'false'}{third}"
        f"{'null' if full and value not in chosen else _url(facet, value, steps)}{last}"
        for value, count, (first, second, third, last) in found
    ]


def _url(facet: FacetResult, value: str, steps: Steps) -> str:
    return f'"{path_of(steps.toggled(facet.facet, value))}"'


def _cut(thing: object) -> Cut:
    return tuple(_text(thing).split(_text(MARK)))


def _inside(thing: Json) -> str:
    return _text(thing)[1:-1]


def _text(thing: object) -> str:
    """As `jsonify` writes it, where nobody is debugging."""
    return json.dumps(thing, separators=(",", ":"))
