"""Puts the products of a small segment among those of a large one, in any order of the listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import merge
from itertools import islice

from reviews_app.browse.index.contexts import Bounds, Context
from reviews_app.browse.index.segment import Segment
from reviews_app.browse.index.table import Name


class Placing:
    """Remembers how many rows of the large segment come before each of the small one."""

    def __init__(self, large: Segment, small: Segment) -> None:
        self.large, self.small = large, small
        self._places: dict[tuple[Name, int], int] = {}

    def first(
        self, contexts: Sequence[Context], order: Name, n: int, ends: Mapping[Name, Bounds]
    ) -> list[int]:
        """The ids of the first `n` products of a context of the large and one of the small."""
        of_large, of_small = contexts
        ranks = of_large.first(order, n, ends)
        added = of_small.first(order, n)
        ids = (of_large.ids_of(order, ranks), of_small.ids_of(order, added))
        # At equal numbers the small one's comes first: so many rows come before it, not more.
        large = ((rank, 1, id_) for rank, id_ in zip(ranks.tolist(), ids[0].tolist(), strict=True))
        small = (
            (self.place(order, rank), 0, id_)
            for rank, id_ in zip(added.tolist(), ids[1].tolist(), strict=True)
        )
        # Each comes in its own order already; ids must not decide where the small ones tie.
        ordered = merge(large, small, key=lambda one: one[:2])
        return [id_ for _, _, id_ in islice(ordered, n)]

    def place(self, order: Name, rank: int) -> int:
        """How many rows of the large segment come before the small one's at a rank of an order."""
        place = self._places.get((order, rank))
        if place is None:
            chosen = self.small.order(order)
            slug = self.small.slugs[int(chosen.rows[rank])]
            place = self.large.order(order).place_of(chosen.key_at(rank), slug, self.large.slugs)
            if order in self.large.orders:  # readers' weights have no end
                self._places[order, rank] = place
        return place
