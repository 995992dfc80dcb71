"""What pages beside the listing show of the whole catalogue: counts, and the first of an order.

From the index where one is open, at the same cost whatever the number of machines; else by SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from reviews_app.browse import serving, sql
from reviews_app.browse.facets import NO_NOTICE, STATUS, Vocabulary
from reviews_app.browse.index import Snapshot
from reviews_app.browse.index.nearest import nearest
from reviews_app.browse.selection import Selection
from reviews_app.catalogue import massage_types, prices, similar
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.vocabulary import Audience

FOR_HOME = (("audience", Audience.CONSUMER.value), (STATUS, NO_NOTICE))
"""What narrows a listing to machines for use at home that are not recalled."""


class Shelves:
    """The catalogue at the revision that is current when it is first asked."""

    @cached_property
    def _words(self) -> Vocabulary:
        return serving.vocabulary()

    @cached_property
    def _snapshot(self) -> Snapshot | None:
        return serving.snapshot_of(self._words) if serving.is_indexed() else None

    def counts(self, facet: str) -> Mapping[str, int]:
        """How many machines have each option of a facet that no attribute gives.

        Options that none has may be left out.
        """
        if self._snapshot is None:
            return sql.counts(facet)
        return self._snapshot.counts(facet)

    def types_beside(self, type_id: str) -> Collection[str]:
        """The massage types that machines of one have, itself among them."""
        if self._snapshot is None:
            return massage_types.types_beside(type_id)
        return self._snapshot.beside("type", type_id)

    def first(self, n: int, *chosen: tuple[str, str]) -> list[int]:
        """The ids of the first `n` machines of a listing; chosen: parameters of its address.

        Raises BadSelection where one cannot be answered.
        """
        selection = Selection.from_args(chosen, self._words)
        if self._snapshot is None:
            return list(sql.ids(selection, n))
        return list(self._snapshot.ids(selection, n))

    def first_stating(self, n: int, range_: str, *chosen: tuple[str, str]) -> list[int]:
        """The same among the machines that state a number above 0; none if nothing asks for it."""
        if range_ not in self._words.range:
            return []
        return self.first(n, *chosen, (f"{range_}_min", "1"))

    def nearest(self, product: Product) -> list[int]:
        """The ids of the machines most like one, nearest first (`catalogue.similar`)."""
        like = similar.like(product)
        if self._snapshot is None:
            return similar.nearest(like)
        return nearest(self._snapshot, like, similar.SHOWN)

    @cached_property
    def main_currency(self) -> str:
        """The currency most machines are priced in; USD while nothing is priced."""
        if self._snapshot is None:
            return prices.main_currency()
        return self._words.default_currency or prices.NO_PRICES
