"""Knows the addresses of the listing, and what stands in the fields of its form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import request

from reviews_app.browse import BadSelection, Listing, Selection
from reviews_app.browse.facets import Vocabulary
from reviews_app.browse.given import SET_ASIDE
from reviews_app.browse.options import FacetResult
from reviews_app.browse.ranges import RangeResult
from reviews_app.scores.records import PartRule
from reviews_app.scores.weights import PREFIX, Weights
from reviews_app.web.fields import Ends, Size, ends_of, size_of

PATH = "/massagers"

LONGEST_REPEATED = 200
"""An address longer than this is not repeated in a link for every option."""

ENDS = {"min": "from", "max": "to", "unknown": "those not stated", "unit": "unit"}
OTHERS = {
    "q": "Words",
    SET_ASIDE: "To compare",
    "sort": "Order",
    "page": "Page",
    "currency": "Prices in",
}


@dataclass(frozen=True)
class WeightField:
    """The field of a part of the score with what stands in it, and the weight the method gives."""

    name: str
    label: str
    explanation: str
    typed: str
    published: int
    is_wrong: bool


@dataclass(frozen=True)
class Form:
    """The form of the listing: what is typed, and the choices by link that it carries along."""

    carried: tuple[tuple[str, str], ...]
    words: str
    price: Ends | None
    sizes: tuple[Size, ...]
    numbers: tuple[Ends, ...]
    currency: str | None
    currencies: tuple[tuple[str, int], ...]
    sort: str | None
    weights: tuple[WeightField, ...]
    has_own_weights: bool

    @property
    def uses_numbers(self) -> bool:
        """Whether any range but the price is set."""
        return any(ends.is_used for ends in self.numbers)

    @property
    def marked(self) -> set[str]:
        """The parameters that could not be read and have a field, which says so."""
        ends = [one for one in (self.price, *self.numbers) if one]
        typed = {f"{one.name}_{end}" for one in ends for end in ("min", "max")}
        wrong = {one for each in ends for one in each.wrong}
        sizes = {one.name for one in self.sizes if one.is_wrong}
        return typed & wrong | sizes | {one.name for one in self.weights if one.is_wrong}


def address(selection: Selection) -> str:
    """The one path of a Selection (`product.md` §3 rule 10)."""
    return f"{PATH}?{selection.query}" if selection.query else PATH


def as_html(query: str) -> str:
    """The path of a query string as HTML has it, where of all that stands in one & is special."""
    return f"{PATH}?{query.replace('&', '&amp;')}" if query else PATH


def asks_a_fact(facet: FacetResult) -> bool:
    """Whether a facet asks for a fact of the machine; such stand below those of its purpose."""
    return facet.facet.attribute


def asked_as(parameter: str, selection: Selection) -> str:
    """What a parameter is called on the page: "Price, from", "Calf", "Words"."""
    vocabulary = selection.vocabulary
    labels = {
        one.name: one.label
        for declared in (vocabulary.facets, vocabulary.ranges, vocabulary.fits)
        for one in declared
    }
    parts = {f"{PREFIX}{id_}": part for id_, part in _parts(vocabulary).items()}
    if parameter in parts:
        return f"How much “{parts[parameter].label}” counts"
    if parameter in labels:
        return labels[parameter]
    name, _, end = parameter.rpartition("_")
    if name in labels and end in ENDS:
        return f"{labels[name]}, {ENDS[end]}"
    return OTHERS.get(parameter, parameter)


def asked() -> list[tuple[str, str]]:
    """The parameters of the request, decoded, in the order they came."""
    return parse_qsl(query(), keep_blank_values=True, encoding="utf-8", errors="replace")


def query() -> str:
    """The query string as it was sent."""
    return request.query_string.decode("latin-1")


def ticked(listing: Listing) -> frozenset[str]:
    """The facets whose options are boxes to tick in the form, because links would weigh too much.

    A link repeats every other choice; a box does not. So: brands, of which there are many, and
    everything once much is chosen.
    """
    everything = is_long(listing.selection)
    return frozenset(one.name for one in listing.facets if everything or not one.closed)


def is_long(selection: Selection) -> bool:
    """Whether its address is too long to be repeated in every link."""
    return len(address(selection)) > LONGEST_REPEATED


def form_of(listing: Listing, slugs_ticked: Collection[str] = ()) -> Form:
    """The form with what the listing was narrowed by; what is ticked in it is not carried.

    `slugs_ticked`: the machines that have a box of their own to be set aside.
    """
    found = {one.name: one for one in listing.ranges}
    form = _form(listing.selection, dict(listing.selection.as_args()), found)
    boxes = ticked(listing)
    in_a_box = {(SET_ASIDE, slug) for slug in slugs_ticked}
    carried = (one for one in form.carried if one[0] not in boxes and one not in in_a_box)
    return replace(form, carried=tuple(carried))


def form_as_typed(error: BadSelection, args: Iterable[tuple[str, str]]) -> Form:
    """The form as it was sent, what is wrong in it marked, carrying what was right."""
    wrong = [problem.parameter for problem in error.problems]
    return _form(error.kept, dict(reversed(list(args))), {}, wrong)


def _form(
    selection: Selection,
    typed: Mapping[str, str],
    found: Mapping[str, RangeResult],
    wrong: Collection[str] = (),
) -> Form:
    vocabulary = selection.vocabulary
    ends = [ends_of(one, typed, found.get(one.name), selection, wrong) for one in vocabulary.ranges]
    return Form(
        carried=carried(selection),
        words=typed.get("q", ""),
        price=next((one for one in ends if one.name == "price"), None),
        sizes=tuple(
            size_of(one.name, one.label, one.explanation, typed, wrong) for one in vocabulary.fits
        ),
        numbers=tuple(one for one in ends if one.name != "price"),
        currency=selection.price_currency,
        currencies=vocabulary.currencies,
        sort=selection.sort,
        weights=weight_fields(selection.weights, vocabulary, typed),
        has_own_weights=has_weights(typed, vocabulary),
    )


def has_weights(typed: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Whether a weight stands in any of the fields for them."""
    return any(f"{PREFIX}{part}" in typed for part in _parts(vocabulary))


def weight_fields(
    weights: Weights | None, vocabulary: Vocabulary, typed: Mapping[str, str]
) -> tuple[WeightField, ...]:
    """A field for each part of the score, with what was typed, or else the weight that counts."""
    if weights is None:
        return ()
    published = dict(weights.own)
    wrong = {problem.parameter for problem in weights.read(typed.items())[1]}
    return tuple(
        WeightField(
            name=f"{PREFIX}{id_}",
            label=part.label,
            explanation=part.explanation,
            typed=typed.get(f"{PREFIX}{id_}", str(weights.by_part[id_])),
            published=published[id_],
            is_wrong=f"{PREFIX}{id_}" in wrong,
        )
        for id_, part in _parts(vocabulary).items()
    )


def _parts(vocabulary: Vocabulary) -> dict[str, PartRule]:
    return {part.id: part for part in vocabulary.method.parts} if vocabulary.method else {}


def carried(selection: Selection) -> tuple[tuple[str, str], ...]:
    """What is chosen by link: the facets, and what is set aside."""
    by_link = {*selection.vocabulary.facet, SET_ASIDE}
    return tuple((name, value) for name, value in selection.as_args() if name in by_link)
