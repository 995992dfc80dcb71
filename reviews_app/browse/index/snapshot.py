"""A snapshot: the answer to every Selection at one revision of the catalogue, and never another.

It is a list of segments, each with the rows that still count: a patch adds a small segment of the
products that changed and leaves out their old rows, so that nothing large is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from reviews_app.browse.counts import Counts, Span
from reviews_app.browse.facets import Vocabulary
from reviews_app.browse.index.contexts import Context
from reviews_app.browse.index.matching import contexts_of, filters, key_of
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name
from reviews_app.browse.selection import Selection


@dataclass(frozen=True)
class View:
    """A segment with the rows of it that still count."""

    segment: Segment
    alive: BitMap

    @cached_property
    def unfiltered(self) -> Context:
        """All that count, whose counts are kept."""
        return Context(self.segment, self.alive)

    def contexts(self, selection: Selection) -> dict[str | None, Context]:
        """What matches (under None), and the context of every name that narrows."""
        by_name = filters(self.segment, selection)
        if by_name and len(self.alive) < self.segment.n:
            by_name = {name: rows & self.alive for name, rows in by_name.items()}
        found = contexts_of(by_name, self.alive)
        return {
            name: self.unfiltered if rows is self.alive else Context(self.segment, rows)
            for name, rows in found.items()
        }


@dataclass(frozen=True)
class Snapshot:
    """Everything live at `revision`."""

    revision: int
    views: tuple[View, ...]

    def find(self, selection: Selection, per_page: int) -> tuple[Counts, tuple[int, ...]]:
        """The counts of a Selection and the ids of its page; none where the page is past the last.

        This is the engine without the words around the numbers: what benchmarks time.
        """
        found = [view.contexts(selection) for view in self.views]
        counts = _counts(found, selection, self.revision)
        return counts, self._page(found, selection, per_page)

    def _page(
        self, found: Sequence[dict[str | None, Context]], selection: Selection, per_page: int
    ) -> tuple[int, ...]:
        (one,) = found
        context = one[None]
        order = self._order(selection)
        last = selection.page * per_page
        ranks = context.first(order, last)[last - per_page :]
        rows = context.segment.orders[order].rows.take(ranks)
        return tuple(context.segment.ids.take(rows).tolist())

    def _order(self, selection: Selection) -> Name:
        segment = self.views[0].segment
        by_currency = (selection.sort_name, selection.price_currency)
        return by_currency if by_currency in segment.orders else (selection.sort_name, None)


def _counts(
    found: Sequence[dict[str | None, Context]], selection: Selection, revision: int
) -> Counts:
    vocabulary = selection.vocabulary
    narrowed = found[0].keys() - {None}
    values = {
        facet.name: _values(
            [one.get(facet.name) or one[None] for one in found],
            facet.name,
            own=facet.name in narrowed,
        )
        for facet in vocabulary.facets
    }
    spans = {
        name: _span([one.get(name) or one[None] for one in found], key, own=name in narrowed)
        for name, key in _spans_of(vocabulary, selection.price_currency)
    }
    without = {name: sum(one[name].total for one in found) for name in narrowed}
    return Counts(sum(one[None].total for one in found), values, spans, without, revision)


def _spans_of(vocabulary: Vocabulary, currency: str | None) -> list[tuple[str, Name]]:
    ranges = [(one.name, key_of(one, currency)) for one in vocabulary.ranges]
    return ranges + [(fit.name, (fit.name, None)) for fit in vocabulary.fits]


def _values(contexts: Sequence[Context], facet: str, *, own: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for context in contexts:
        counts = context.own_values(facet) if own else context.values(facet)
        if not found:
            found = dict(counts)
            continue
        for value, count in counts.items():
            found[value] = found.get(value, 0) + count
    return found


def _span(contexts: Sequence[Context], name: Name, *, own: bool) -> Span:
    first, *others = (context.own_span(name) if own else context.span(name) for context in contexts)
    for one in others:
        lows = [low for low in (first.low, one.low) if low is not None]
        highs = [high for high in (first.high, one.high) if high is not None]
        first = Span(
            first.total + one.total,
            first.stated + one.stated,
            first.not_applicable + one.not_applicable,
            min(lows, default=None),
            max(highs, default=None),
        )
    return first
