"""The parts of every machine's score as columns, and what they come to under a reader's weights.

The twin of `browse.totals`. What some weights come to is kept for the last few that were asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reviews_app.browse.index.bitmaps import Rows
from reviews_app.browse.index.columns import NumberColumn, of_spans
from reviews_app.browse.index.orders import Order, ordered
from reviews_app.browse.index.table import ABSENT, Keys, Scores

WEIGHTS_KEPT = 4
"""Each keeps about 14 bytes a product."""

Integers = NDArray[np.int64]
Codes = NDArray[np.unsignedinteger]


@dataclass(frozen=True)
class PartColumn:
    """One part. codes: per row the place of what it came to; two bytes where that is enough.

    pairs: shape (places, 2), points and coverage, ABSENT where there are none.
    """

    codes: Codes
    pairs: NDArray[np.int16]

    def weighed(self, weight: int) -> NDArray[np.int32]:
        """Of each place what it adds to points, to their weight, to coverage and to its weight."""
        there = self.pairs != ABSENT
        terms = np.stack([self.pairs * there, there], axis=2, dtype=np.int32)
        return terms.reshape(-1, 4) * np.int32(weight)


@dataclass(frozen=True)
class Weighted:
    """What some weights come to: the order by it, and its number in every row."""

    order: Order
    column: NumberColumn


class ScoreColumns:
    """The parts, caps and floor that totals are made of; by_slug: the rows in order of slugs."""

    def __init__(
        self, parts: tuple[PartColumn, ...], caps: NDArray[np.int16], floor: int, by_slug: Rows
    ) -> None:
        self.parts, self.caps, self.floor, self.by_slug = parts, caps, floor, by_slug
        self.weighted = lru_cache(WEIGHTS_KEPT)(self._weighted)

    def totals(self, weights: tuple[int, ...]) -> NDArray[np.float64]:
        """The total of every row in hundredths, not a number where it has none.

        Whole numbers throughout, as in `scores.computing.total_score`.
        """
        sums = np.zeros((len(self.caps), 4), dtype=np.int32)
        for weight, part in zip(weights, self.parts, strict=True):
            if weight:
                sums += part.weighed(weight).take(part.codes, axis=0)
        points, weighing, coverage, applying = sums.T
        known = (weighing > 0) & (_rounded(coverage, applying) >= self.floor)
        capped = np.minimum(_rounded(points, weighing), self.caps)
        return np.where(known, capped, np.nan)

    def _weighted(self, weights: tuple[int, ...]) -> Weighted:
        totals = self.totals(weights)
        rows = np.flatnonzero(~np.isnan(totals))
        column = of_spans(len(totals), rows, totals[rows], totals[rows])
        return Weighted(ordered(Keys(totals, descending=True), self.by_slug), column)


def of_scores(scores: Scores, order: Integers, by_slug: Rows) -> ScoreColumns:
    """The columns of what was read; order: the product of each row."""
    parts = []
    for points, coverage in zip(scores.points.T, scores.coverage.T, strict=True):
        both = np.stack([points, coverage], axis=1)[order]
        distinct, codes = np.unique(both, axis=0, return_inverse=True)
        few = len(distinct) < 2**16
        least: Codes = codes.astype(np.uint16) if few else codes.astype(np.uint32)
        parts.append(PartColumn(least.reshape(-1), distinct))
    return ScoreColumns(tuple(parts), scores.caps[order], scores.floor, by_slug)


def _rounded(numerator: NDArray[np.int32], denominator: NDArray[np.int32]) -> NDArray[np.int32]:
    """The nearest whole number, half upwards; of no use where the denominator is 0."""
    rounded: NDArray[np.int32] = (2 * numerator + denominator) // np.maximum(2 * denominator, 1)
    return rounded
