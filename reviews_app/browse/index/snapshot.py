"""A snapshot: the answer to every Selection at one revision of the catalogue, and never another.

It is a list of segments, each with the rows that still count: a patch adds a small segment of the
products that changed and leaves out their old rows, so that nothing large is copied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from reviews_app.browse.counts import Counts, Span
from reviews_app.browse.facets import PRICE, RECALLED, RELEVANCE, STATUS
from reviews_app.browse.index.contexts import NOWHERE, Bounds, Context
from reviews_app.browse.index.declared import Declared
from reviews_app.browse.index.matching import contexts_of, filters, key_of
from reviews_app.browse.index.placing import Placing
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name
from reviews_app.browse.index.terms import Hits
from reviews_app.browse.selection import Selection

MOST_PATCHED_FOR_LONG = 256
"""Each patch reads all products patched before again; more of them would make it slow."""


@dataclass(frozen=True)
class Matched:
    """What a Selection comes to in one view.

    everything: what matches. contexts: for every name that narrows, what meets all the others.
    hits: the rows that words find, where there are words.
    """

    everything: Context
    contexts: Mapping[str, Context]
    hits: Hits | None

    def context(self, name: str) -> Context:
        """The context of a facet, range or fit."""
        return self.contexts.get(name, self.everything)


@dataclass(frozen=True)
class View:
    """A segment with the rows of it that still count."""

    segment: Segment
    alive: BitMap

    @cached_property
    def unfiltered(self) -> Context:
        """All that count, whose counts are kept."""
        return Context(self.segment, self.alive)

    @property
    def currencies(self) -> dict[str, int]:
        """How many that count have a price in each currency."""
        return {
            currency: self.alive.intersection_cardinality(prices.stated)
            for (name, currency), prices in self.segment.numbers.items()
            if name == PRICE and currency is not None
        }

    def matched(self, selection: Selection) -> Matched:
        """What matches, and the context of every name that narrows."""
        by_name, hits = self.meeting(selection)
        everything, others = contexts_of(by_name, self.alive)
        return Matched(
            self._context(everything),
            {name: self._context(rows) for name, rows in others.items()},
            hits,
        )

    def meeting(self, selection: Selection) -> tuple[dict[str, BitMap], Hits | None]:
        """The rows that count and meet a choice, by every name that narrows, and those of words."""
        by_name = filters(self.segment, selection)
        hits = self.segment.terms.meeting(selection.words) if selection.words else None
        if hits is not None:
            by_name["q"] = hits.all
        if len(self.alive) < self.segment.n:
            by_name = {name: rows & self.alive for name, rows in by_name.items()}
        return by_name, hits

    def _context(self, rows: BitMap) -> Context:
        return self.unfiltered if rows is self.alive else Context(self.segment, rows)


@dataclass(frozen=True)
class Snapshot:
    """Everything live at `revision`: a large segment and, once patched, a small one."""

    revision: int
    declared: Declared
    views: tuple[View, ...]

    @property
    def size(self) -> int:
        """How many products are live."""
        return sum(len(view.alive) for view in self.views)

    def is_due(self) -> bool:
        """Whether so much was patched that it should be built anew when there is time."""
        return any(view.segment.n > MOST_PATCHED_FOR_LONG for view in self.views[1:])

    @property
    def currencies(self) -> dict[str, int]:
        """How many live products have a price in each currency."""
        found: Counter[str] = Counter()
        for view in self.views:
            found.update(view.currencies)
        return {currency: count for currency, count in found.items() if count}

    @cached_property
    def placing(self) -> Placing:
        """Where the products of the small segment come among those of the large one."""
        return Placing(*(view.segment for view in self.views))

    def find(self, selection: Selection, per_page: int) -> tuple[Counts, tuple[int, ...]]:
        """The counts of a Selection and the ids of its page; none where the page is past the last.

        This is the engine without the words around the numbers: what benchmarks time.
        """
        matched = [view.matched(selection) for view in self.views]
        counts = _counts(matched, selection, self.revision)
        return counts, self._page(matched, selection, per_page)

    def ids(self, selection: Selection, n: int) -> tuple[int, ...]:
        """The ids of the first `n` products a Selection asks for."""
        return self._page([view.matched(selection) for view in self.views], selection, n)

    def counts(self, facet: str) -> dict[str, int]:
        """How many live products have each option of a facet that any has."""
        return _values([view.unfiltered for view in self.views], facet, own=False)

    def beside(self, facet: str, value: str) -> set[str]:
        """The options of a facet that some live product with one of them has, that one too."""
        found: set[str] = set()
        for view in self.views:
            rows = view.alive & view.segment.having(facet, value)
            options = view.segment.options(facet)
            found.update(one for one in options if rows.intersect(view.segment.having(facet, one)))
        return found

    def _page(
        self, matched: Sequence[Matched], selection: Selection, per_page: int
    ) -> tuple[int, ...]:
        by_relevance = selection.sort_name == RELEVANCE
        name = selection.vocabulary.sorts[0].name if by_relevance else selection.sort_name
        order = key_of(name, selection)
        classes = [[one.everything for one in matched]]
        if by_relevance:
            classes = _by_class(matched)
        classes = _recalled_last(classes)
        last = selection.page * per_page
        found: list[int] = []
        for contexts in classes:
            if len(found) < last:
                found += self.first(contexts, order, last - len(found), _ends(selection))
        return tuple(found[last - per_page :])

    def first(
        self,
        contexts: Sequence[Context],
        order: Name,
        n: int,
        ends: Mapping[Name, Bounds] = NOWHERE,
    ) -> list[int]:
        """The ids of the first `n` products of one context in each view, by an order alone."""
        if len(contexts) == 1:
            (context,) = contexts
            ids: list[int] = context.ids_of(order, context.first(order, n, ends)).tolist()
            return ids
        return self.placing.first(contexts, order, n, ends)


def _ends(selection: Selection) -> dict[Name, Bounds]:
    """The ends of every range that is set, in the units of its column."""
    found = {}
    for name, bounds in selection.bounds:
        per = selection.vocabulary.range[name].per
        found[key_of(name, selection)] = bounds.stored(per)
    return found


def _recalled_last(classes: list[list[Context]]) -> list[list[Context]]:
    """Each class without the machines that are recalled, then those of each class."""
    recalled = [one.segment.having(STATUS, RECALLED) for one in classes[0]]
    if not any(recalled):
        return classes
    of_views = [list(zip(contexts, recalled, strict=True)) for contexts in classes]
    others = [[Context(c.segment, c.bitmap - rows) for c, rows in pairs] for pairs in of_views]
    last = [[Context(c.segment, c.bitmap & rows) for c, rows in pairs] for pairs in of_views]
    return [*others, *last]


def _by_class(matched: Sequence[Matched]) -> list[list[Context]]:
    """What matches in each view, by how well it meets the words, best first."""
    of_views = [
        [Context(one.everything.segment, rows) for rows in one.hits.classes(one.everything.bitmap)]
        for one in matched
        if one.hits is not None
    ]
    return [list(contexts) for contexts in zip(*of_views, strict=True)]


def _counts(matched: Sequence[Matched], selection: Selection, revision: int) -> Counts:
    vocabulary = selection.vocabulary
    narrowed = matched[0].contexts.keys()
    values = {
        facet.name: _values(
            [one.context(facet.name) for one in matched], facet.name, own=facet.name in narrowed
        )
        for facet in vocabulary.facets
    }
    spans = {
        name: _span([one.context(name) for one in matched], key, own=name in narrowed)
        for name, key in _spans_of(selection)
    }
    without = {name: sum(one.contexts[name].total for one in matched) for name in narrowed}
    total = sum(one.everything.total for one in matched)
    return Counts(total, values, spans, without, revision)


def _spans_of(selection: Selection) -> list[tuple[str, Name]]:
    ranges = [(one.name, key_of(one.name, selection)) for one in selection.vocabulary.ranges]
    return ranges + [(fit.name, (fit.name, None)) for fit in selection.vocabulary.fits]


def _values(contexts: Sequence[Context], facet: str, *, own: bool) -> dict[str, int]:
    first, *others = (
        context.own_values(facet) if own else context.values(facet) for context in contexts
    )
    for one in others:
        for value, count in one.items():
            first[value] = first.get(value, 0) + count
    return first


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
