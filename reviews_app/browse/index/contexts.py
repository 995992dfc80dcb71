"""What is counted among some rows of a segment: options, spans, bounds, and the first rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.counts import Span
from reviews_app.browse.index.bitmaps import Rows, Words, rows_of, words_of
from reviews_app.browse.index.columns import Codes, NumberColumn
from reviews_app.browse.index.orders import Ranks
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name

FEW = 4096
"""So many rows are always few."""

FEW_OF = 20
"""Rows are few when they are at most one in so many: then they are counted one by one."""


class Context:
    """Some rows of a segment, as a bitmap, counted when asked and at most once."""

    def __init__(self, segment: Segment, bitmap: BitMap) -> None:
        self.segment = segment
        self.bitmap = bitmap
        self.total = len(bitmap)
        self.few = self.total <= max(FEW, segment.n // FEW_OF)

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

    def values(self, facet: str) -> Mapping[str, int]:
        """How many have each option of a facet."""
        segment = self.segment
        columns, clusters = self.counts
        if facet == segment.cluster:
            return dict(zip(segment.cluster_values, clusters, strict=True))
        return {value: columns[column] for value, column in segment.facets.get(facet, ())}

    def own_values(self, facet: str) -> Mapping[str, int]:
        """The same where nothing else of this context is asked for."""
        if self.few or facet == self.segment.cluster:
            return self.values(facet)
        return {
            value: self.bitmap.intersection_cardinality(self.segment.layout.bitmaps[column])
            for value, column in self.segment.facets.get(facet, ())
        }

    def span(self, name: Name) -> Span:
        """Who states a range or fit, and the bounds of a range."""
        if name not in self.segment.stated:  # a currency without prices
            return Span(self.total, 0, 0, None, None)
        columns, _ = self.counts
        stated, inapplicable = self.segment.stated[name], self.segment.inapplicable[name]
        return self._span(name, columns[stated], columns[inapplicable])

    def own_span(self, name: Name) -> Span:
        """The same where nothing else of this context is asked for."""
        if self.few or name not in self.segment.stated:
            return self.span(name)
        bitmaps = self.segment.layout.bitmaps
        return self._span(
            name,
            self.bitmap.intersection_cardinality(bitmaps[self.segment.stated[name]]),
            self.bitmap.intersection_cardinality(bitmaps[self.segment.inapplicable[name]]),
        )

    def first(self, order: Name, n: int) -> Ranks:
        """The ranks of the first `n` rows in an order, ascending."""
        chosen = self.segment.orders[order]
        if not self.few:
            ranks = chosen.first_of_many(self.words, self.total, n)
            if len(ranks) == min(n, self.total):
                return ranks
        return chosen.first_of_few(self.rows, n)

    def ids_of(self, order: Name, ranks: Ranks) -> NDArray[np.int64]:
        """The product ids at some ranks of an order."""
        return self.segment.ids.take(self.segment.orders[order].rows.take(ranks))

    def _span(self, name: Name, stated: int, inapplicable: int) -> Span:
        column = self.segment.numbers.get(name)
        low, high = self._bounds(column) if column is not None and stated else (None, None)
        return Span(self.total, stated, inapplicable, low, high)

    def _bounds(self, column: NumberColumn) -> tuple[float, float]:
        if self.few:
            codes = column.low.codes.take(self.rows)
            high = codes if column.high is column.low else column.high.codes.take(self.rows)
            # Not stated is 0: one less makes it the largest number there is.
            return (
                float(column.values[int((codes - codes.dtype.type(1)).min())]),
                float(column.values[int(high.max()) - 1]),
            )
        low_code = self._at_head(column.smallest, column.low.codes)
        high_code = self._at_head(column.largest, column.high.codes)
        return (
            float(column.values[(low_code or column.low.lowest(self.bitmap)) - 1]),
            float(column.values[(high_code or column.high.highest(self.bitmap)) - 1]),
        )

    def _at_head(self, head: NDArray[np.int64], codes: Codes) -> int:
        """The code of the first row of a head that is among these, or 0."""
        hits = (self.words.view(np.uint8).take(head >> 3) >> (head & 7)) & 1
        at = int(hits.argmax())
        return int(codes[head[at]]) if hits[at] else 0
