"""What is counted among some rows of a segment: options, spans, bounds, and the first rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.counts import Span
from reviews_app.browse.index import counting
from reviews_app.browse.index.bitmaps import Bools, Rows, Words, rows_of, words_of
from reviews_app.browse.index.columns import HEAD, Ends, NumberColumn
from reviews_app.browse.index.heads import Bound
from reviews_app.browse.index.orders import Ranks
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name

Bounds = tuple[float | None, float | None]
NOWHERE: Mapping[Name, Bounds] = {}

FEW_OF = 16
"""Rows are few up to one in so many, as roaring bitmaps have it: then they are counted singly."""


class Context:
    """Some rows of a segment, as a bitmap, counted when asked and at most once."""

    def __init__(self, segment: Segment, bitmap: BitMap) -> None:
        self.segment = segment
        self.bitmap = bitmap
        self.total = len(bitmap)
        self._bounds: dict[str | None, Mapping[Name, tuple[Bound, Bound]]] = {}
        self.few = self.total <= max(counting.FEW, segment.n // FEW_OF)

    @cached_property
    def rows(self) -> Rows:
        """The rows, ascending; for few of them."""
        return rows_of(self.bitmap)

    @cached_property
    def words(self) -> Words:
        """The rows as bits; for many of them."""
        return words_of(self.bitmap, self.segment.n)

    @cached_property
    def counts(self) -> tuple[list[int], list[int]]:
        """How many have each column of the layout, and each option of the cluster."""
        layout = self.segment.layout
        columns, clusters = (
            layout.histogram(self.rows) if self.few else layout.population(self.bitmap, self.words)
        )
        return columns.tolist(), clusters.tolist()

    def values(self, facet: str) -> dict[str, int]:
        """How many have each option of a facet that any has; the caller's own."""
        segment = self.segment
        columns, clusters = self.counts
        if facet == segment.cluster:
            pairs = zip(segment.cluster_values, clusters, strict=True)
            return {value: count for value, count in pairs if count}
        places = segment.facets.get(facet, ())
        return {value: count for value, column in places if (count := columns[column])}

    def own_values(self, facet: str) -> dict[str, int]:
        """The same where nothing else of this context is asked for."""
        layout = self.segment.layout
        if "counts" in self.__dict__ or facet == self.segment.cluster:
            return self.values(facet)
        places = self.segment.facets.get(facet, ())
        if self.few:
            counts = layout.histogram_of(self.rows, [column for _, column in places])
        else:
            meeting = self.bitmap.intersection_cardinality
            counts = [meeting(layout.bitmaps[column]) for _, column in places]
        return {value: count for (value, _), count in zip(places, counts, strict=True) if count}

    def span(self, name: Name) -> Span:
        """Who states a range or fit, and the bounds of a range."""
        if name not in self.segment.stated:
            return self._span_apart(name)
        columns, _ = self.counts
        stated, inapplicable = self.segment.stated[name], self.segment.inapplicable[name]
        return self._span(name, columns[stated], columns[inapplicable])

    def own_span(self, name: Name) -> Span:
        """The same where nothing else of this context is asked for."""
        if "counts" in self.__dict__ or name not in self.segment.stated:
            return self.span(name)
        bitmaps = self.segment.layout.bitmaps
        return self._span(
            name,
            self.bitmap.intersection_cardinality(bitmaps[self.segment.stated[name]]),
            self.bitmap.intersection_cardinality(bitmaps[self.segment.inapplicable[name]]),
        )

    def first(self, order: Name, n: int, ends: Mapping[Name, Bounds] = NOWHERE) -> Ranks:
        """The ranks of the first `n` rows in an order, ascending.

        ends: of ranges that all these rows meet, to begin within where the order is by one of them.
        """
        chosen = self.segment.order(order)
        if not self.few:
            by = self.segment.key_range(order) if ends else None
            start = chosen.start(*ends[by]) if by is not None and by in ends else 0
            ranks = chosen.first_of_many(self.words, self.total, n, start)
            if len(ranks) == min(n, self.total):
                return ranks
        return chosen.first_of_few(self.rows, n)

    def ids_of(self, order: Name, ranks: Ranks) -> NDArray[np.integer]:
        """The product ids at some ranks of an order."""
        return self.segment.ids.take(self.segment.order(order).rows.take(ranks))

    def _span(self, name: Name, stated: int, inapplicable: int) -> Span:
        column = self.segment.numbers.get(name)
        if column is None or not stated:
            return Span(self.total, stated, inapplicable, None, None)
        low, high = self._heads(name[1]).get(name, (None, None))
        low, high = self._bounded(column, low, high)
        return Span(self.total, stated, inapplicable, low, high)

    def _span_apart(self, name: Name) -> Span:
        """Of a number that is no column of the layout: by a reader's weights, or nobody's price."""
        column = self.segment.number(name)
        stated = 0 if column is None else self.bitmap.intersection_cardinality(column.stated)
        if column is None or not stated:
            return Span(self.total, stated, 0, None, None)
        return Span(self.total, stated, 0, *self._bounded(column, None, None))

    def _bounded(self, column: NumberColumn, low: Bound, high: Bound) -> tuple[float, float]:
        """The bounds of a number that some state, of which either may be known."""
        if low is None:
            low = float(column.values[self._lowest(column.low) - 1])
        if high is None:
            high = float(column.values[self._highest(column.high) - 1])
        return low, high

    def _heads(self, currency: str | None) -> Mapping[Name, tuple[Bound, Bound]]:
        """The bounds of all ranges that the heads give, those in a currency apart."""
        if currency not in self._bounds:
            heads = self.segment.heads[currency]
            if not self.few:
                self._bounds[currency] = heads.of_words(self.words)
            elif self.total * HEAD >= self.segment.n:
                self._bounds[currency] = heads.of_bools(self._bools)
            else:  # too few for any to be likely there
                self._bounds[currency] = {}
        return self._bounds[currency]

    def _lowest(self, ends: Ends) -> int:
        if not self.few:
            return ends.lowest(self.bitmap)
        codes = ends.codes.take(self.rows)
        # Not stated is 0: one less makes it the largest number there is.
        return int((codes - codes.dtype.type(1)).min()) + 1

    def _highest(self, ends: Ends) -> int:
        return int(ends.codes.take(self.rows).max()) if self.few else ends.highest(self.bitmap)

    @cached_property
    def _bools(self) -> Bools:
        bools = np.zeros(self.segment.n, dtype=np.bool_)
        bools[self.rows] = True
        return bools
