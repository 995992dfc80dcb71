"""Puts the parts of a listing together from fragments, which templates gave once a revision.

Each gives the very HTML of the macro it stands for, as `PlainListing` renders it where nothing is
kept; an option or a card then costs a look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import render_template
from markupsafe import Markup, escape

from reviews_app.browse import Listing
from reviews_app.browse.listing import Chip
from reviews_app.browse.options import FacetResult
from reviews_app.browse.steps import Steps, aside
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.weights import Weights
from reviews_app.web.fragments import MARK, Some, cut, filled, fragments, macros, named, placed
from reviews_app.web.kept_form import KeptForm
from reviews_app.web.kept_panel import KeptPanel
from reviews_app.web.listing_parts import CARD, CHIPS, PAGE, PAGES, TRAY, PlainListing, spelled
from reviews_app.web.narrowing import address, as_html, ticked
from reviews_app.web.trays import Tray
from reviews_app.web.units import chip_text

MOST_CARDS = 20_000
"""Cards one process keeps, of some 1,500 bytes each."""

MOST_NOTES = 2_000
"""Sentences on the order that one process keeps, each with another number in it."""

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


class KeptListing(PlainListing):
    """The parts of one listing."""

    def __init__(self, listing: Listing, tray: Tray) -> None:
        super().__init__(listing, tray)
        self._steps = Steps(listing.selection)
        self._kept = fragments(listing.revision)

    def page(self) -> str:
        """The whole page."""
        places, narrowed = self.places(), self.is_narrowed

        def frame() -> tuple[str, ...]:
            marks = {place: named(place) for place in places}
            return cut(render_template(PAGE, is_narrowed=narrowed, **marks))

        return placed(self._kept.once(("page", narrowed), frame), places)

    def before_needs(self) -> dict[str, Markup]:
        """What comes before shopping with each need."""
        return self._kept.once("before", super().before_needs)

    def cards(self) -> Markup:
        """All cards of the page."""
        return Markup("".join(map(self._card, self._kept_cards)))  # noqa: S704

    def chips(self) -> Markup:
        """What is chosen."""
        listing, kept = self.listing, self._kept
        if not listing.chips:
            return Markup("")
        link = kept.once("chip", lambda: cut(macros(CHIPS).chip_link(MARK, MARK, MARK)))
        cleared = MARK if len(listing.chips) > 1 else None
        frame = kept.once(
            ("chips", cleared), lambda: cut(macros(CHIPS).chip_list(MARK, cleared=cleared))
        )
        links = "".join(
            [
                filled(link, [self._without(one), escape(one.label), chip_text(one)])
                for one in listing.chips
            ]
        )
        more = [escape(address(listing.selection.cleared()))] if cleared else []
        return Markup(filled(frame, [links, *more]))  # noqa: S704

    def form(self) -> Markup:
        """What is typed."""
        boxes = self.slugs if self.tray.is_ticked else []
        return KeptForm(self._kept, self.listing, self._ticked, boxes).html()

    def order_note(self) -> Markup:
        """What the machines are ordered by, and how many have nothing to be ordered by."""
        listing = self.listing
        if listing.selection.has_own_weights:
            return super().order_note()
        kept = self._kept.some("order notes", MOST_NOTES)
        key = (listing.sort, listing.unscored, listing.unrated)
        found: Markup | None = kept.get(key)
        if found is None:
            found = super().order_note()
            kept.keep(key, found)
        return found

    def orders(self) -> Markup:
        """The options of the field for the order."""
        key = ("orders", tuple((one.label, one.selected) for one in self.listing.sorts))
        return self._kept.once(key, super().orders)

    def pages(self) -> Markup:
        """The way to the pages beside this one."""
        page, pages = self.listing.page, self.listing.pages
        if pages == 1:
            return Markup("")
        before, after = (MARK if one else None for one in (page > 1, page < pages))
        frame = self._kept.once(
            ("pages", before, after),
            lambda: cut(macros(PAGES).pages_frame(MARK, MARK, before, after)),
        )
        values = [str(page), str(pages)]
        if before:
            values = [as_html(self._steps.page(page - 1)), *values]
        if after:
            values.append(as_html(self._steps.page(page + 1)))
        return Markup(filled(frame, values))  # noqa: S704

    def tray_bar(self) -> Markup:
        """The machines set aside."""
        return super().tray_bar() if self.tray.slugs or self.tray.is_ticked else Markup("")

    def panel(self, facets: Iterable[FacetResult]) -> Markup:
        """What can be chosen in some facets."""
        return KeptPanel(self._kept, self._steps, self._ticked).html(facets)

    @property
    def slugs(self) -> list[str]:
        """The machines of the page."""
        return [card.slug for card in self._kept_cards]

    @cached_property
    def _ticked(self) -> frozenset[str]:
        return ticked(self.listing)

    def _without(self, chip: Chip) -> str:
        """Where a choice is dropped, as HTML has it."""
        if chip.value is None:
            return escape(address(chip.without))
        facet = self.listing.selection.vocabulary.facet[chip.name]
        return as_html(self._steps.toggled(facet, chip.value))

    @cached_property
    def _kept_cards(self) -> list[KeptCard]:
        listing, kept = self.listing, self._kept.some("cards", MOST_CARDS)
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
        currency = self.listing.currency
        attributes = self._kept.once("attributes", catalogue.all_attributes)
        cards = catalogue.cards(ids, currency, attributes)
        verdicts = reviews.verdicts([card.slug for card in cards])
        scored, own = scores.scores_of(ids), scores.own_scores_of(ids, weights)
        ratings = ratings_of(ids)
        made = {
            (card.id, currency, weights): _kept_card(
                card,
                verdict=verdicts.get(card.slug),
                score=scored.get(card.id),
                own_score=own.get(card.id),
                rating=ratings.get(card.id),
                query=spelled(weights),
            )
            for card in cards
        }
        if catalogue.current_revision() == self.listing.revision:
            for key, card in made.items():
                kept.keep(key, card)
        return dict(made)

    def _card(self, card: KeptCard) -> str:
        before, after = card.card
        if not self._chooses or card.slug in self.tray.slugs:
            return f"{before}{macros(TRAY).compare_link(card, tray=self.tray)}{after}"
        first, last = card.choose
        address, rest = self._aside
        return f"{before}{first}{address}{card.spelled}{rest}{last}{after}"

    @cached_property
    def _aside(self) -> list[str]:
        """The address that sets a machine aside, around where that is named."""
        return as_html(self._steps.aside.filled(MARK)).split(MARK)

    @cached_property
    def _chooses(self) -> bool:
        """Whether cards have a link that sets their machine aside."""
        return self.tray.has_room and not self.tray.is_ticked


def _kept_card(card: Card, **said: Any) -> KeptCard:
    """A card cut around its way into the comparison; said: the arguments of its macro."""
    whole = macros(CARD).product_card(card, compare=MARK, **said)
    return KeptCard(
        slug=card.slug,
        name=card.name,
        spelled=aside(card.slug),
        card=cut(whole),
        choose=cut(macros(TRAY).choose_link(card.name, MARK)),
    )
