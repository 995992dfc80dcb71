"""Puts the parts of a listing together from fragments: cards, facets and ranges.

Each gives the very HTML of the macro it stands for, which `massagers/index.html` calls where
nothing is kept. The macros are asked once a revision; an option or a card then costs a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import cast
from urllib.parse import urlencode

from markupsafe import Markup

from reviews_app.browse import Listing
from reviews_app.browse.facets import Facet, Option
from reviews_app.browse.options import FacetResult
from reviews_app.browse.steps import Steps, aside
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.reviews import queries as reviews
from reviews_app.scores import queries as scores
from reviews_app.scores.queries import ScoreOfProduct
from reviews_app.scores.weights import Weights
from reviews_app.web.fragments import MARK, Some, cut, fragments, macros
from reviews_app.web.narrowing import PATH, Ends, ticked
from reviews_app.web.trays import Tray

MOST_CARDS = 20_000
"""Cards one process keeps, of some 1,500 bytes each."""

PANEL = "components/facet_panel.html"
CARD, TRAY = "components/product_card.html", "components/tray.html"
FORM = "components/narrow_form.html"

ByValue = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pieces:
    """Every option of a facet, by value, as each macro for options gives it, cut."""

    link: ByValue
    chosen: ByValue
    still: ByValue
    box: ByValue
    ticked: ByValue


CardKey = tuple[int, str | None, Weights | None]
"""A machine, the currency of its price, and a reader's own weights."""


@dataclass(frozen=True)
class KeptCard:
    """A card around its way into the comparison, and the link to set its machine aside, cut.

    spelled: the machine as an address has it that sets it aside.
    """

    slug: str
    name: str
    spelled: str
    card: tuple[str, ...]
    choose: tuple[str, ...]


class KeptListing:
    """The parts of one listing."""

    def __init__(self, listing: Listing, tray: Tray) -> None:
        self._listing = listing
        self._tray = tray
        self._steps = Steps(listing.selection)
        self._kept = fragments(listing.revision)
        self._ticked = ticked(listing)

    @property
    def slugs(self) -> list[str]:
        """The machines of the page."""
        return [card.slug for card in self._cards]

    def cards(self) -> Markup:
        """All cards of the page."""
        return Markup("".join(self._card(card) for card in self._cards))  # noqa: S704

    def panel(self, facets: Iterable[FacetResult]) -> Markup:
        """As `facet_panel` gives it."""
        return Markup("".join(self._facet(facet) for facet in facets))  # noqa: S704

    def ends(self, ends: Ends) -> Markup:
        """As the macro `ends` gives the fields of a range."""
        if ends.is_used or ends.lets_unstated_in:
            return cast(Markup, macros(FORM).ends(ends))
        found = [str(end) for end in (ends.low, ends.high) if end is not None]
        pieces = self._kept.once(
            ("ends", ends.name, ends.unit, ends.low is None, ends.high is None),
            lambda: cut(macros(FORM).ends(_marked(ends))),
        )
        return Markup(_filled(pieces, found))  # noqa: S704

    # cards

    @cached_property
    def _cards(self) -> list[KeptCard]:
        listing, kept = self._listing, self._kept.some("cards", MOST_CARDS)
        selection = listing.selection
        weights = selection.weights if selection.has_own_weights else None
        keys: list[CardKey] = [(id_, listing.currency, weights) for id_ in listing.ids]
        found = {key: kept.get(key) for key in keys}
        missing = [id_ for (id_, _, _), card in found.items() if card is None]
        if missing:
            found |= self._made(missing, weights, kept)
        return [card for key in keys if (card := found[key]) is not None]

    def _made(
        self, ids: Sequence[int], weights: Weights | None, kept: Some
    ) -> dict[CardKey, KeptCard | None]:
        """Those cards; kept unless the catalogue has moved on while the listing was worked out."""
        currency = self._listing.currency
        attributes = self._kept.once("attributes", catalogue.all_attributes)
        cards = catalogue.cards(ids, currency, attributes)
        verdicts = reviews.verdicts([card.slug for card in cards])
        scored, own = scores.scores_of(ids), scores.own_scores_of(ids, weights)
        query = urlencode(weights.as_args()) if weights else ""
        made = {
            (card.id, currency, weights): _kept_card(
                card, verdicts.get(card.slug), scored.get(card.id), own.get(card.id), query
            )
            for card in cards
        }
        if catalogue.current_revision() == self._listing.revision:
            for key, card in made.items():
                kept.keep(key, card)
        return dict(made)

    def _card(self, card: KeptCard) -> str:
        before, after = card.card
        if not self._chooses or card.slug in self._tray.slugs:
            return f"{before}{macros(TRAY).compare_link(card, tray=self._tray)}{after}"
        first, last = card.choose
        address, rest = self._aside
        return f"{before}{first}{address}{card.spelled}{rest}{last}{after}"

    @cached_property
    def _aside(self) -> list[str]:
        """The address that sets a machine aside, around where that is named."""
        return _href(self._steps.aside.filled(MARK)).split(MARK)

    @cached_property
    def _chooses(self) -> bool:
        """Whether cards have a link that sets their machine aside."""
        return self._tray.has_room and not self._tray.is_ticked

    # facets

    def _facet(self, facet: FacetResult) -> str:
        if facet.name not in self._ticked:
            options = self._links(facet, facet.listed)
        elif facet.closed:
            options = self._boxes(facet, facet.listed)
        else:
            boxes = self._boxes(facet, facet.alphabetical)
            most: int = macros(PANEL).MOST
            options = self._links(facet, facet.listed[:most]) + _filled(
                self._list("all_boxes", MARK, MARK), [str(len(facet.alphabetical)), boxes]
            )
        return self._frame(facet, options)

    def _frame(self, facet: FacetResult, options: str) -> str:
        cleared = MARK if facet.chosen else None
        pieces = self._kept.once(
            ("frame", facet.name, cleared),
            lambda: cut(macros(PANEL).frame(facet.facet, MARK, cleared=cleared)),
        )
        if not facet.chosen:
            return _filled(pieces, [options])
        gap = self._steps.gaps[facet.name]
        return _filled(pieces, [_href(gap.filled("")), options])

    def _links(self, facet: FacetResult, options: Iterable[Option]) -> str:
        pieces, href = self._pieces(facet.facet), self._href_of(facet)
        counts, chosen, has_room = facet.counts, facet.chosen, facet.has_room
        found = []
        for value in (option.value for option in options):
            count = counts.get(value, 0)
            if value in chosen or (count and has_room):
                first, middle, last = (pieces.chosen if value in chosen else pieces.link)[value]
                found.append(f"{first}{href(value)}{middle}{count}{last}")
            else:
                first, last = pieces.still[value]
                found.append(f"{first}{count}{last}")
        return _filled(self._list("option_list", MARK), ["".join(found)])

    def _boxes(self, facet: FacetResult, options: Iterable[Option]) -> str:
        pieces, counts, chosen = self._pieces(facet.facet), facet.counts, facet.chosen
        found = []
        for value in (option.value for option in options):
            count = counts.get(value, 0)
            kind = pieces.ticked if value in chosen else pieces.box if count else pieces.still
            first, last = kind[value]
            found.append(f"{first}{count}{last}")
        return _filled(self._list("box_list", MARK), ["".join(found)])

    def _href_of(self, facet: FacetResult) -> Callable[[str], str]:
        """What gives the address of each option of a facet, as HTML has it."""
        if facet.chosen:
            return lambda value: _href(self._steps.toggled(facet.facet, value))
        first, last = _href(self._steps.gaps[facet.name].filled(MARK)).split(MARK)
        spelled = facet.facet.spelled
        return lambda value: f"{first}{spelled[value]}{last}"

    def _pieces(self, facet: Facet) -> Pieces:
        return self._kept.once(("options", facet.name), lambda: _pieces(facet))

    def _list(self, macro: str, *arguments: object) -> tuple[str, ...]:
        return self._kept.once(macro, lambda: cut(macros(PANEL).__dict__[macro](*arguments)))


def _pieces(facet: Facet) -> Pieces:
    of, name = macros(PANEL), facet.name
    options = [(one.value, one.label) for one in facet.options]
    return Pieces(
        link={value: cut(of.option_link(label, MARK, MARK, False)) for value, label in options},
        chosen={value: cut(of.option_link(label, MARK, MARK, True)) for value, label in options},
        still={value: cut(of.option_still(label, MARK)) for value, label in options},
        box={v: cut(of.option_box(name, v, label, MARK, False)) for v, label in options},
        ticked={v: cut(of.option_box(name, v, label, MARK, True)) for v, label in options},
    )


def _kept_card(
    card: Card,
    verdict: str | None,
    score: ScoreOfProduct | None,
    own: ScoreOfProduct | None,
    query: str,
) -> KeptCard:
    whole = macros(CARD).product_card(
        card, verdict=verdict, score=score, own_score=own, compare=MARK, query=query
    )
    return KeptCard(
        slug=card.slug,
        name=card.name,
        spelled=aside(card.slug),
        card=cut(whole),
        choose=cut(macros(TRAY).choose_link(card.name, MARK)),
    )


def _href(query: str) -> str:
    """The address of a listing as HTML has it, where of all that stands in one & is special."""
    return f"{PATH}?{query.replace('&', '&amp;')}" if query else PATH


def _marked(ends: Ends) -> Ends:
    """With a mark for each number that would be printed."""
    low, high = (None if end is None else cast(Decimal, MARK) for end in (ends.low, ends.high))
    return replace(ends, low=low, high=high)


def _filled(pieces: tuple[str, ...], values: Sequence[str]) -> str:
    """A fragment with a value, which is HTML already, for each of its marks."""
    first, *rest = pieces
    return first + "".join(value + piece for value, piece in zip(values, rest, strict=True))
