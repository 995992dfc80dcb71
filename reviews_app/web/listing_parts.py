"""The page of a listing: a frame with a place for each part, and the parts by their macros."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from flask import current_app, render_template
from jinja2.filters import do_truncate
from markupsafe import Markup, escape

from reviews_app import browse
from reviews_app.browse import Listing, Selection
from reviews_app.browse.options import FacetResult
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.models import ON_YOUR_OWN
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.scores.weights import Weights
from reviews_app.web.filters import plural
from reviews_app.web.fragments import macros
from reviews_app.web.narrowing import address, asks_a_fact, form_of, ticked
from reviews_app.web.trays import Tray

CARD, CHIPS = "components/product_card.html", "components/chips.html"
FORM, ORDER = "components/narrow_form.html", "components/order.html"
PAGES, PANEL = "components/pagination.html", "components/facet_panel.html"
TRAY = "components/tray.html"
PAGE, NOTES = "massagers/index.html", "massagers/_notes.html"
BEFORE = "massagers/_before.html"
NOTHING, ORDER_NOTE = "massagers/_nothing_found.html", "massagers/_order_note.html"

LONGEST_CHOICE = 80
"""Characters of what is chosen that a title repeats."""


class PlainListing:
    """The parts of one listing, rendered anew: what `KeptListing` gives from fragments."""

    def __init__(self, listing: Listing, tray: Tray) -> None:
        self.listing = listing
        self.tray = tray

    def page(self) -> str:
        """The whole page."""
        return render_template(PAGE, is_narrowed=self.is_narrowed, **self.places())

    def places(self) -> dict[str, str]:
        """What stands in each place of the frame, as HTML."""
        listing = self.listing
        number = plural(listing.total, "massager")
        panels = {
            facts: self.panel([one for one in listing.facets if asks_a_fact(one) == facts])
            for facts in (False, True)
        }
        return {
            "title": escape(self.title),
            "found": f"{number} found",
            "shown": number,
            "orders": self.orders(),
            "order_note": self.order_note(),
            "chips": self.chips(),
            "before": self.before(),
            "notes": self.notes(),
            "tray": self.tray_bar(),
            "nothing_found": self.nothing_found(),
            "cards": self.cards(),
            "pages": self.pages(),
            "panel": panels[False],
            "form": self.form(),
            "more_panel": panels[True],
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for anything; then search engines should look elsewhere."""
        return self.listing.selection.size > 0

    @property
    def title(self) -> str:
        """What is chosen, in the words of a title."""
        listing = self.listing
        chosen = ", ".join([chip.text for chip in listing.chips])
        if chosen:
            chosen = f"{do_truncate(current_app.jinja_env, chosen, LONGEST_CHOICE)}: "
        return f"{chosen}leg massagers{f', page {listing.page}' if listing.page > 1 else ''}"

    def cards(self) -> Markup:
        """All cards of the page."""
        listing, card = self.listing, macros(CARD).product_card
        verdicts = reviews.verdicts(self.slugs)
        scored = scores.scores_of(listing.ids)
        own = scores.own_scores_of(listing.ids, listing.selection.weights)
        ratings = ratings_of(listing.ids)
        return _joined(
            card(
                one,
                verdict=verdicts.get(one.slug),
                score=scored.get(one.id),
                own_score=own.get(one.id),
                rating=ratings.get(one.id),
                compare=macros(TRAY).compare_link(one, tray=self.tray),
                query=spelled(listing.selection.weights),
            )
            for one in self._cards
        )

    def chips(self) -> Markup:
        """What is chosen."""
        cleared = self.listing.selection.cleared()
        return _made(macros(CHIPS).chips(self.listing.chips, path_of=address, cleared=cleared))

    def form(self) -> Markup:
        """What is typed."""
        boxes = self.slugs if self.tray.is_ticked else []
        return _made(macros(FORM).narrow_form(form_of(self.listing, boxes)))

    def before(self) -> Markup:
        """What comes before shopping, for each need that is chosen."""
        chosen = [chip.value for chip in self.listing.chips if chip.name == "need" and chip.value]
        every = self.before_needs() if chosen else {}
        return _joined(every[one] for one in chosen)

    def before_needs(self) -> dict[str, Markup]:
        """The same for every need, by its id."""
        before = macros(BEFORE).before
        return {
            one.id: _made(before(one, is_usual=one.self_use == ON_YOUR_OWN))
            for one in guidance.needs()
        }

    def notes(self) -> Markup:
        """What typos were taken for, and what the numbers that are set leave out."""
        listing = self.listing
        forgiven = browse.forgiven(listing.selection.words, listing.ids)
        if not forgiven and not listing.unstated:
            return Markup("")
        return Markup(  # noqa: S704
            render_template(NOTES, listing=listing, forgiven=forgiven, path_of=address)
        )

    def nothing_found(self) -> Markup:
        """What to do about it, where nothing matches."""
        if self.listing.total:
            return Markup("")
        topics = browse.topics(self.listing.selection)
        return Markup(  # noqa: S704
            render_template(NOTHING, listing=self.listing, topics=topics, path_of=address)
        )

    def order_note(self) -> Markup:
        """What the machines are ordered by, and how many have nothing to be ordered by."""
        listing, selection = self.listing, self.listing.selection
        published = (
            address(selection.with_published_weights()) if selection.has_own_weights else None
        )
        note = macros(ORDER_NOTE).order_note
        return _made(note(listing.sort, listing.unscored, listing.unrated, published))

    def orders(self) -> Markup:
        """The options of the field for the order."""
        return _made(macros(ORDER).order_options(self.listing.sorts))

    def pages(self) -> Markup:
        """The way to the pages beside this one."""
        listing = self.listing
        return _made(macros(PAGES).pagination(listing.page, listing.pages, to=self._path_of_page))

    def panel(self, facets: Iterable[FacetResult]) -> Markup:
        """What can be chosen in some facets."""
        panel = macros(PANEL).facet_panel
        return _made(panel(facets, path_of=address, ticked=ticked(self.listing)))

    def tray_bar(self) -> Markup:
        """The machines set aside."""
        return _made(macros(TRAY).tray_bar(self.tray))

    @property
    def slugs(self) -> list[str]:
        """The machines of the page."""
        return [card.slug for card in self._cards]

    @cached_property
    def _cards(self) -> list[Card]:
        return catalogue.cards(self.listing.ids, self.listing.currency)

    def _path_of_page(self, number: int) -> str:
        selection: Selection = self.listing.selection
        return address(selection.with_page(number))


def spelled(weights: Weights | None) -> str:
    """A reader's weights as the address of a machine has them; empty where there are none."""
    return urlencode(weights.as_args()) if weights else ""


def _made(html: Any) -> Markup:
    return cast(Markup, html)


def _joined(pieces: Iterable[Any]) -> Markup:
    return Markup("").join(pieces)
