"""The form of a listing from fragments: only the fields in which something stands are rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from markupsafe import Markup, escape

from reviews_app.browse import Listing
from reviews_app.browse.facets import Fit
from reviews_app.browse.given import SET_ASIDE
from reviews_app.browse.ranges import RangeResult
from reviews_app.web.fields import ends_of, size_of
from reviews_app.web.fragments import MARK, Fragments, cut, filled, macros
from reviews_app.web.listing_parts import FORM
from reviews_app.web.narrowing import carried, has_weights, weight_fields

MOST_ENDS = 10_000
"""Fields of ranges that one process keeps, each with other bounds behind it."""

Typed = dict[str, str]


class KeptForm:
    """The form of one listing.

    ticked: the facets whose options are boxes of the form. set_aside: so are these machines.
    """

    def __init__(
        self, kept: Fragments, listing: Listing, ticked: Collection[str], set_aside: Collection[str]
    ) -> None:
        self._kept = kept
        self._listing = listing
        self._ticked = ticked
        self._set_aside = set_aside

    def html(self) -> Markup:
        """As `narrow_form` gives it."""
        frame = self._kept.once("form", lambda: cut(macros(FORM).form_frame(MARK)))
        return Markup(filled(frame, ["".join(self._fields())]))  # noqa: S704

    def _fields(self) -> Iterator[str]:
        selection, ranges = self._listing.selection, self._listing.ranges
        typed = dict(selection.as_args())
        yield from self._carried()
        yield filled(self._cut("words_field", 1), [escape(selection.words)])
        yield from (self._ends(one, typed) for one in ranges if one.range.is_price)
        if len(selection.vocabulary.currencies) > 1:
            yield self._currency()
        yield from (self._size(fit, typed) for fit in selection.vocabulary.fits)
        yield self._more_numbers(typed)
        if selection.weights:
            yield self._weights(typed)

    def _carried(self) -> Iterator[str]:
        pieces = self._cut("carried", 2)
        for name, value in carried(self._listing.selection):
            in_a_box = name in self._ticked or (name == SET_ASIDE and value in self._set_aside)
            if not in_a_box:
                yield filled(pieces, [name, escape(value)])

    def _ends(self, one: RangeResult, typed: Typed) -> str:
        if one.chosen:
            return cast(str, macros(FORM).ends(ends_of(one.range, typed, one, one.selection)))
        kept = self._kept.some("ends", MOST_ENDS)
        key = (one.name, one.unit, one.span.low, one.span.high)
        found: str | None = kept.get(key)
        if found is None:
            found = str(macros(FORM).ends(ends_of(one.range, {}, one, one.selection)))
            kept.keep(key, found)
        return found

    def _currency(self) -> str:
        currencies = self._listing.selection.vocabulary.currencies
        chosen = self._listing.currency
        return self._kept.once(
            ("currency", chosen), lambda: str(macros(FORM).currency_field(currencies, chosen))
        )

    def _size(self, fit: Fit, typed: Typed) -> str:
        def made() -> str:
            size = size_of(fit.name, fit.label, fit.explanation, typed)
            return cast(str, macros(FORM).size_field(size))

        return made() if fit.name in typed else self._kept.once(("size", fit.name), made)

    def _more_numbers(self, typed: Typed) -> str:
        numbers = [one for one in self._listing.ranges if not one.range.is_price]
        is_open = any(one.chosen for one in numbers)
        frame = self._kept.once(
            ("numbers", is_open), lambda: cut(macros(FORM).more_numbers(MARK, is_open))
        )
        return filled(frame, ["".join([self._ends(one, typed) for one in numbers])])

    def _weights(self, typed: Typed) -> str:
        selection = self._listing.selection
        own = has_weights(typed, selection.vocabulary)

        def made() -> str:
            fields = weight_fields(selection.weights, selection.vocabulary, typed)
            return str(macros(FORM).weights({"weights": fields, "has_own_weights": own}))

        return made() if own else self._kept.once("weights", made)

    def _cut(self, macro: str, marks: int) -> tuple[str, ...]:
        return self._kept.once(macro, lambda: cut(macros(FORM).__dict__[macro](*[MARK] * marks)))
