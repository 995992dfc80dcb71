"""A segment: an index over some products that never changes once it is built."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.facets import SCORE
from reviews_app.browse.index import blocks, counting
from reviews_app.browse.index.bitmaps import Rows, of_span
from reviews_app.browse.index.blocks import Block, Column
from reviews_app.browse.index.columns import NumberColumn, of_spans
from reviews_app.browse.index.counting import Layout
from reviews_app.browse.index.dictionary import of_texts
from reviews_app.browse.index.heads import Heads, of_columns
from reviews_app.browse.index.layout import Plan
from reviews_app.browse.index.orders import Order, ordered
from reviews_app.browse.index.scored import ScoreColumns, Weighted, of_scores
from reviews_app.browse.index.strings import Strings, packed
from reviews_app.browse.index.table import Keys, Limits, Marks, Name, Numbers, Table
from reviews_app.browse.index.terms import Terms

STATED, INAPPLICABLE = "stated", "na"


@dataclass(frozen=True)
class LimitColumns:
    """The limits of a fit: each with its unit."""

    smallest: tuple[tuple[str, NumberColumn], ...]
    largest: tuple[tuple[str, NumberColumn], ...]


@dataclass(frozen=True)
class Segment:
    """Products as columns. Row: a place in here; products of one option of `cluster` lie together.

    ids: product id per row, of as few bytes as hold them; by_id: the rows in the order of their
    ids. facets: the place in the layout of the column of each option; stated, inapplicable: those
    of each range and fit.
    ordered_by: the range whose number is the key of an order, where there is one. scores: what
    makes the order and the numbers of a reader's weights, which are in none of these.
    """

    n: int
    ids: NDArray[np.integer]
    by_id: NDArray[np.uint32]
    slugs: Strings
    everything: BitMap
    cluster: str
    cluster_values: tuple[str, ...]
    layout: Layout
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    stated: Mapping[Name, int]
    inapplicable: Mapping[Name, int]
    numbers: Mapping[Name, NumberColumn]
    heads: Mapping[str | None, Heads]
    limits: Mapping[str, LimitColumns]
    orders: Mapping[Name, Order]
    ordered_by: Mapping[Name, Name]
    terms: Terms
    scores: ScoreColumns | None

    @property
    def currencies(self) -> frozenset[str]:
        """Those that an order is known in."""
        return frozenset(currency for _, currency in self.orders if currency is not None)

    def order(self, name: Name) -> Order:
        """An order of the listing; of a currency nobody has a price in, that of nobody's price."""
        weighted = self._weighted(name)
        if weighted is not None:
            return weighted.order
        return self.orders.get(name) or self.orders[name[0], None]

    def key_range(self, order: Name) -> Name | None:
        """The range whose number an order goes by, where there is one."""
        return order if self._weighted(order) is not None else self.ordered_by.get(order)

    def number(self, name: Name) -> NumberColumn | None:
        """The numbers of a range; None for a fit, and for a price in a currency nobody has."""
        weighted = self._weighted(name)
        return self.numbers.get(name) if weighted is None else weighted.column

    def stating(self, name: Name) -> BitMap:
        """The rows that state a range or fit."""
        weighted = self._weighted(name)
        if weighted is not None:
            return weighted.column.stated
        return self.layout.bitmaps[self.stated[name]] if name in self.stated else BitMap()

    def exempt(self, name: Name) -> BitMap:
        """The rows that a range or fit cannot apply to."""
        known = name in self.inapplicable
        return self.layout.bitmaps[self.inapplicable[name]] if known else BitMap()

    def rows_of_ids(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of those of some product ids that are in here."""
        # Not `np.searchsorted`: it would copy all of `by_id` as the kind of number it wants.
        places = np.array(
            [bisect_left(self.by_id, one, key=self.ids.__getitem__) for one in ids.tolist()],
            dtype=np.int64,
        )
        rows = self.by_id.take(places[places < self.n]).astype(np.int64)
        found: NDArray[np.int64] = rows[self.ids.take(rows) == ids[places < self.n]]
        return found

    def _weighted(self, name: Name) -> Weighted | None:
        """What a reader's weights come to, for their name; None for any other."""
        number, weights = name
        if number != SCORE or weights is None or self.scores is None:
            return None
        return self.scores.weighted(tuple(map(int, weights.split())))

    def options(self, facet: str) -> tuple[str, ...]:
        """The options of a facet that some row may have."""
        if facet == self.cluster:
            return self.cluster_values
        return tuple(value for value, _ in self.facets[facet])

    def having(self, facet: str, value: str) -> BitMap:
        """The rows that have an option of a facet."""
        if facet == self.cluster:
            if value not in self.cluster_values:
                return BitMap()
            first, end = self.layout.cluster_bounds[self.cluster_values.index(value) :][:2]
            return of_span(int(first), int(end))
        column = dict(self.facets[facet]).get(value)
        return BitMap() if column is None else self.layout.bitmaps[column]


def build(table: Table) -> Segment:
    """The segment of a table. Takes about as long as reading the table."""
    n = len(table.ids)
    cluster, clusters = _widest(table, n)
    values = table.facets[cluster].values if cluster else ()
    plan = Plan(_blocks(table, cluster, n), clusters, len(values))
    order = plan.order
    layout = plan.laid_out(_single(table, cluster, n))
    place = {column: at for at, column in enumerate(layout.columns)}
    row_of = np.empty(n, dtype=np.int64)
    row_of[order] = np.arange(n)
    slugs = packed(table.slugs[i] for i in order.tolist())
    slugs_in_order = np.array(sorted(range(n), key=table.slugs.__getitem__), dtype=np.int64)
    by_slug = row_of[slugs_in_order].astype(np.uint32)
    numbers = {name: _number(one, row_of) for name, one in table.numbers.items()}
    return Segment(
        n=n,
        ids=table.ids[order].astype(_least(table.ids)),
        by_id=row_of.astype(np.uint32),
        slugs=slugs,
        everything=of_span(0, n),
        cluster=cluster,
        cluster_values=values,
        layout=layout,
        facets=_places(table, cluster, place),
        stated={name: place[_column(name, STATED)] for name in _spans(table)},
        inapplicable={name: place[_column(name, INAPPLICABLE)] for name in _spans(table)},
        numbers=numbers,
        heads=_heads(numbers),
        limits={name: _limits(one, row_of) for name, one in table.limits.items()},
        orders=_orders(table, order, by_slug),
        ordered_by=dict(_ordered_by(table)),
        terms=Terms(
            of_texts(n, table.texts, table.labels, row_of),
            of_texts(n, (), table.aliases, row_of),
        ),
        scores=None if table.scores is None else of_scores(table.scores, order, by_slug),
    )


def _least(ids: NDArray[np.int64]) -> np.dtype[np.integer]:
    """The type of numbers that hold these in four bytes where it can be."""
    return np.dtype(np.uint32 if ids.max(initial=0) < 2**32 else np.int64)


def _widest(table: Table, n: int) -> tuple[str, NDArray[np.int64]]:
    """The facet with most options of those of which every product has exactly one, and its codes.

    Not one that others follow from: it needs columns, and the cluster has none.
    """
    best, codes = "", np.zeros(n, dtype=np.int64)
    derived_from = {one.of for one in table.derived.values()}
    for name, marks in table.facets.items():
        wider = len(marks.values) > (len(table.facets[best].values) if best else 0)
        if wider and name not in derived_from and _is_single(marks, n):
            best = name
    if best:
        codes[table.facets[best].rows] = table.facets[best].codes
    return best, codes


def _is_single(marks: Marks, n: int) -> bool:
    """Whether every product has exactly one of the options."""
    return len(marks.rows) == n and bool(np.all(np.bincount(marks.rows, minlength=n) == 1))


def _single(table: Table, cluster: str, n: int) -> Iterator[list[Column]]:
    """The columns of each facet but the cluster of which every product has exactly one option."""
    for name, marks in table.facets.items():
        if name != cluster and _is_single(marks, n):
            yield [(name, value) for value in marks.values]


def _blocks(table: Table, cluster: str, n: int) -> list[Block]:
    """All columns but the cluster's: single-valued facets, then those that others follow from."""
    found: list[Block] = []
    for name, marks in table.facets.items():
        if name == cluster:
            continue
        derived = {key: one for key, one in table.derived.items() if one.of == name}
        found += blocks.derived_from(blocks.of_marks(name, marks, n), derived, name)
    for span, (stated, inapplicable) in _spans(table).items():
        codes = np.where(stated, 1, np.where(inapplicable, 2, 0))
        matrix = np.array([[False, False], [True, False], [False, True]])
        columns = (_column(span, STATED), _column(span, INAPPLICABLE))
        found.append(Block(codes.astype(np.int64), matrix, columns))
    return found


def _spans(table: Table) -> dict[Name, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Per range and fit: who states it, and to whom it cannot apply, one boolean per product."""
    found = {}
    for name, numbers in table.numbers.items():
        stated = np.zeros(len(table.ids), dtype=np.bool_)
        stated[numbers.rows] = True
        found[name] = (stated, numbers.inapplicable)
    for fit, limits in table.limits.items():
        stated = np.zeros(len(table.ids), dtype=np.bool_)
        for _, numbers in (*limits.smallest, *limits.largest):
            stated[numbers.rows] = True
        found[fit, None] = (stated, limits.inapplicable)
    return found


def _column(name: Name, state: str) -> Column:
    return ("\0".join(filter(None, name)), state)


def _places(
    table: Table, cluster: str, place: Mapping[Column, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    named: dict[str, tuple[str, ...]] = {
        **{name: one.values for name, one in table.facets.items() if name != cluster},
        **{name: one.values for name, one in table.derived.items()},
    }
    return {
        name: tuple((value, place[name, value]) for value in values)
        for name, values in named.items()
    }


def _ordered_by(table: Table) -> Iterator[tuple[Name, Name]]:
    """Each sort by a number that is also a range, of which every product states just one.

    None among few products: there it would not be asked for.
    """
    if len(table.ids) <= counting.FEW:
        return
    for order, sort in table.sorts.items():
        if not isinstance(sort.keys, np.ndarray):
            continue
        keys = sort.keys
        for name, numbers in table.numbers.items():
            stated = np.full(len(keys), np.nan)
            stated[numbers.rows] = numbers.low
            same = np.array_equal(stated, keys, equal_nan=True)
            if same and np.array_equal(numbers.low, numbers.high):
                yield order, name
                break


def _orders(table: Table, order: NDArray[np.int64], by_slug: Rows) -> dict[Name, Order]:
    """Every order; those of keys that nobody has, which go by slug alone, share their rows."""
    found = {name: ordered(_moved(keys, order), by_slug) for name, keys in table.sorts.items()}
    alike = next((one for one in found.values() if not len(one.keys)), None)
    for name, one in found.items():
        if alike is not None and not len(one.keys):
            found[name] = replace(one, rows=by_slug, ranks=alike.ranks)
    return found


def _heads(numbers: Mapping[Name, NumberColumn]) -> dict[str | None, Heads]:
    """The heads of the numbers in each currency, and of all others under None."""
    currencies = {None, *(currency for _, currency in numbers)}
    return {
        one: of_columns(numbers, [name for name in numbers if name[1] == one]) for one in currencies
    }


def _number(numbers: Numbers, row_of: NDArray[np.int64]) -> NumberColumn:
    return of_spans(len(row_of), row_of[numbers.rows], numbers.low, numbers.high)


def _limits(limits: Limits, row_of: NDArray[np.int64]) -> LimitColumns:
    return LimitColumns(
        tuple((unit, _number(one, row_of)) for unit, one in limits.smallest),
        tuple((unit, _number(one, row_of)) for unit, one in limits.largest),
    )


def _moved(keys: Keys, order: NDArray[np.int64]) -> Keys:
    if isinstance(keys.keys, np.ndarray):
        return Keys(keys.keys[order], keys.descending)
    return Keys([keys.keys[i] for i in order.tolist()], keys.descending)
