"""Puts bare counts into the answer that pages show, whoever counted: SQL now, an index later."""

from __future__ import annotations

from collections.abc import Mapping

from reviews_app.browse.chips import chips
from reviews_app.browse.counts import Counts
from reviews_app.browse.facets import SCORE
from reviews_app.browse.listing import (
    CurrencyResult,
    Drop,
    Listing,
    SortResult,
)
from reviews_app.browse.options import FacetResult
from reviews_app.browse.problems import BadSelection, unheard_of
from reviews_app.browse.ranges import FitResult, RangeResult
from reviews_app.browse.selection import Selection

BY_OWN_WEIGHTS = "Your score"


def pages_of(total: int, per_page: int) -> int:
    """How many pages that many machines take; an empty listing has one."""
    return max(1, -(-total // per_page))


def check_page(selection: Selection, total: int, per_page: int) -> None:
    """Raise BadSelection when the page asked for is past the last (rule 11)."""
    last = pages_of(total, per_page)
    if selection.page > last:
        message = f"There is no page {selection.page}: the last one is {last}."
        problem = unheard_of("page", str(selection.page), message, "no_such_page")
        raise BadSelection([problem], selection.with_page(1))


def listing_of(
    selection: Selection, counts: Counts, ids: tuple[int, ...], per_page: int
) -> Listing:
    """The answer to a Selection from what was counted for it, with the ids of its page."""
    vocabulary = selection.vocabulary
    spans = counts.spans
    set_numbers = (*(name for name, _ in selection.bounds), *(n for n, _ in selection.measures))
    return Listing(
        selection=selection,
        total=counts.total,
        page=selection.page,
        pages=pages_of(counts.total, per_page),
        per_page=per_page,
        ids=ids,
        facets=tuple(
            FacetResult(facet, selection, counts.values[facet.name]) for facet in vocabulary.facets
        ),
        ranges=tuple(RangeResult(one, selection, spans[one.name]) for one in vocabulary.ranges),
        fits=tuple(FitResult(one, selection, spans[one.name]) for one in vocabulary.fits),
        unstated={name: spans[name].unstated for name in set_numbers},
        chips=chips(selection),
        currency=selection.price_currency,
        currencies=_currencies(selection),
        sort=selection.sort_name,
        sorts=_sorts(selection),
        drops=_drops(selection, counts.without) if counts.total == 0 else (),
        revision=counts.revision,
    )


def _currencies(selection: Selection) -> tuple[CurrencyResult, ...]:
    return tuple(
        CurrencyResult(code, count, code == selection.price_currency)
        for code, count in selection.vocabulary.currencies
    )


def _sorts(selection: Selection) -> tuple[SortResult, ...]:
    own = {SCORE: BY_OWN_WEIGHTS} if selection.has_own_weights else {}
    return tuple(
        SortResult(sort.name, own.get(sort.name, sort.label), sort.name == selection.sort_name)
        for sort in selection.vocabulary.sorts_offered(with_words=bool(selection.words))
    )


def _drops(selection: Selection, without: Mapping[str, int]) -> tuple[Drop, ...]:
    """What comes back without each choice (rule 12).

    One of several values of a facet brings nothing back: fewer values are never more machines.
    Without all of them the facet asks for nothing, so that is offered beside them.
    """
    drops = []
    for chip in chips(selection):
        alone = chip.value is None or len(selection.chosen(chip.name)) == 1
        count = without[chip.name] if alone else 0
        drops.append(Drop(chip.label, chip.text, count, chip.without))
    for name, values in selection.values:
        if len(values) > 1:
            label = selection.vocabulary.facet[name].label
            cleared = selection.without(name)
            drops.append(Drop(label, "all of these choices", without[name], cleared))
    return tuple(drops)
