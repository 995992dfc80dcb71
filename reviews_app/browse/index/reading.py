"""Reads the live products of a database, all or some of them, into the columns of a `Table`.

The twin of `browse.pairs`, `browse.presence` and `browse.sorts`, which say the same in SQL for one
Selection at a time. Statements stream; the connection must see one state throughout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reviews_app.browse.facets import PRICE, RELEVANCE, Asked, Sort
from reviews_app.browse.index.declared import Declared, declared
from reviews_app.browse.index.table import Derived, Keys, Label, Limits, Marks, Name, Numbers, Table
from reviews_app.browse.presence import price_cents
from reviews_app.catalogue.prices import REGULAR
from reviews_app.catalogue.products import (
    Brand,
    Fact,
    FactOption,
    PriceObservation,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED, Area, Form, MassageType

ROWS_AT_ONCE = 50_000
MECHANISM = "mechanism"

LABELLED: dict[str, sa.Select[str, str]] = {
    "brand": sa.select(Brand.id, Brand.name),
    "form": sa.select(Form.id, Form.label),
    "type": sa.select(MassageType.id, MassageType.label),
    "area": sa.select(Area.id, Area.label),
}

Progress = Callable[[str], None]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]


def silent(_stage: str) -> None:
    """The progress nobody wants to hear of."""


def read(
    connection: sa.Connection,
    sorts: Sequence[Sort],
    only: Collection[int] | None = None,
    progress: Progress = silent,
    currencies: Collection[str] = (),
) -> Table:
    """The table of all live products, or of `only` those of some ids.

    currencies: those to have sort keys for, beside those found.
    """
    return _Reader(connection, sorts, only, progress, currencies).table()


class _Reader:
    def __init__(
        self,
        connection: sa.Connection,
        sorts: Sequence[Sort],
        only: Collection[int] | None,
        progress: Progress,
        currencies: Collection[str],
    ) -> None:
        self.connection = connection
        self.sorts = [sort for sort in sorts if sort.name != RELEVANCE]
        self.only = None if only is None else sorted(only)
        self.progress = progress
        self.currencies = currencies
        self.declared: Declared = declared(connection)

    def table(self) -> Table:
        self.progress("products")
        ids, (slugs, brands, forms, audiences, names, models) = self.products()
        self.ids, self.forms = ids, forms
        everyone = np.arange(len(ids))
        single = {"form": forms, "brand": brands, "audience": audiences}
        self.progress("types, areas and mechanisms")
        facets = {name: Marks(*_coded(values, everyone)) for name, values in single.items()}
        facets["type"] = self.marks(ProductType.type_id, ProductType.product_id)
        facets["area"] = self.marks(ProductArea.area_id, ProductArea.product_id)
        facets[MECHANISM] = self.marks(ProductMechanism.mechanism_id, ProductMechanism.product_id)
        self.progress("facts")
        facets |= self.attribute_facets()
        self.progress("numbers")
        numbers, limits = self.attribute_numbers()
        self.progress("prices")
        prices = self.prices()
        self.progress("words")
        labels = list(self.labels(facets))
        self.progress("orders")
        return Table(
            ids=ids,
            slugs=slugs,
            facets=facets,
            derived=self.purposes(facets[MECHANISM].values),
            numbers={**numbers, **prices},
            limits=limits,
            sorts=self.keys(prices),
            texts=[
                (row, text)
                for row, texts in enumerate(zip(names, models, strict=True))
                for text in texts
                if text
            ],
            labels=labels,
        )

    def products(self) -> tuple[Integers, list[list[Any]]]:
        """The ids, and slug, brand, form, audience, name and model of each."""
        brand = sa.func.coalesce(Product.brand_id, NOT_STATED)
        ids, *others = self.columns(
            sa.select(
                Product.id,
                Product.slug,
                brand,
                Product.form_id,
                Product.audience,
                Product.name,
                Product.model,
            )
            .where(Product.retired_at.is_(None))
            .order_by(Product.id),
            Product.id,
        )
        return np.array(ids, dtype=np.int64), others

    def marks(self, value: sa.ColumnElement[str] | Any, product_id: Any) -> Marks:
        """The pairs of one value and product a row of some table."""
        ids, values = self.columns(sa.select(product_id, value), product_id)
        rows, live = self.rows(ids)
        values_, rows, codes = _coded(values, rows)
        return Marks(values_, rows[live], codes[live])

    def attribute_facets(self) -> dict[str, Marks]:
        """Every attribute filtered by options; who states none does not state it, or cannot."""
        ids, attributes, options = self.columns(
            sa.select(Fact.product_id, Fact.attribute_id, FactOption.option)
            .join(FactOption, FactOption.fact_id == Fact.id)
            .where(Fact.accepted, Fact.attribute_id.in_(self.declared.options)),
            Fact.product_id,
        )
        rows, live = self.rows(ids)
        of_attribute = _codes_in(attributes, self.declared.options)
        values, _, codes = _coded(options, rows)
        found = {}
        for place, name in enumerate(self.declared.options):
            here = live & (of_attribute == place)
            used, own = np.unique(codes[here], return_inverse=True)
            pairs = np.unique(np.stack([rows[here], own]), axis=1)
            stated = self.flags(pairs[0])
            absent, cannot = np.flatnonzero(~stated), self.inapplicable(name)
            k = len(used)
            found[name] = Marks(
                (*(values[i] for i in used.tolist()), NOT_STATED, NOT_APPLICABLE),
                np.concatenate([pairs[0], absent]),
                np.concatenate([pairs[1], np.where(cannot[absent], k + 1, k)]),
            )
        return found

    def attribute_numbers(self) -> tuple[dict[Name, Numbers], dict[str, Limits]]:
        """Every attribute filtered by a range, and the limits of every fit."""
        ids, attributes, low, high = self.columns(
            sa.select(Fact.product_id, Fact.attribute_id, Fact.number_low, Fact.number_high)
            .where(Fact.accepted, Fact.number_low.is_not(None))
            .where(Fact.attribute_id.in_(self.declared.numbers)),
            Fact.product_id,
        )
        rows, live = self.rows(ids)
        of_attribute = _codes_in(attributes, self.declared.numbers)
        lows, highs = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)

        def numbers(name: str) -> Numbers:
            here = np.flatnonzero(live & (of_attribute == self.declared.numbers.index(name)))
            here = here[np.argsort(rows[here], kind="stable")]
            cannot = self.inapplicable(name) & ~self.flags(rows[here])
            return Numbers(rows[here], lows[here], highs[here], cannot)

        def limits(fit: str) -> Limits:
            of = {limit: numbers(limit.attribute_id) for limit in self.declared.limits[fit]}
            cannot = np.full(len(self.ids), bool(of))
            for limit, one in of.items():
                cannot &= self.inapplicable(limit.attribute_id) & ~self.flags(one.rows)
            return Limits(
                tuple((limit.unit, one) for limit, one in of.items() if limit.bound == "min"),
                tuple((limit.unit, one) for limit, one in of.items() if limit.bound == "max"),
                cannot,
            )

        return (
            {(name, None): numbers(name) for name in self.declared.ranges},
            {fit: limits(fit) for fit in self.declared.limits},
        )

    def prices(self) -> dict[Name, Numbers]:
        """Per currency the price of who has one (rule 15), as `presence.price_cents` says."""
        seen = PriceObservation
        ids, currencies, cents = self.columns(
            sa.select(seen.product_id, seen.currency, seen.amount_cents)
            .where(seen.terms == REGULAR, seen.as_of.is_not(None))
            .order_by(seen.product_id, seen.currency, seen.as_of, seen.amount_cents),
            seen.product_id,
        )
        rows, live = self.rows(ids)
        codes_of, _, codes = _coded(currencies, rows)
        of = np.array(ids, dtype=np.int64)
        latest = np.ones(len(rows), dtype=np.bool_)
        latest[:-1] = (of[1:] != of[:-1]) | (codes[1:] != codes[:-1])
        amounts = np.array(cents, dtype=np.float64)
        found: dict[Name, Numbers] = {}
        for place, currency in enumerate(codes_of):
            here = live & latest & (codes == place)
            if here.any():
                nobody = np.zeros(len(self.ids), dtype=np.bool_)
                found[PRICE, currency] = Numbers(rows[here], amounts[here], amounts[here], nobody)
        return found

    def keys(self, prices: Mapping[Name, Numbers]) -> dict[Name, Keys]:
        """The key of every sort; where it depends on the currency, for each of them."""
        currencies = {*self.currencies, *(currency for _, currency in prices if currency)}
        read: dict[str, Sequence[Any] | NDArray[np.float64]] = {}
        found: dict[Name, Keys] = {}
        for sort in self.sorts:
            plain = _spelled(sort.key(Asked()))
            depends = _spelled(sort.key(Asked("???"))) != plain
            for currency in (None, *sorted(currencies)) if depends else (None,):
                key = sort.key(Asked(currency))
                spelled = _spelled(key)
                if spelled == _spelled(price_cents(currency)):
                    read[spelled] = self.price_keys(prices.get((PRICE, currency)))
                elif spelled not in read:
                    _, read[spelled] = self.columns(
                        sa.select(Product.id, key)
                        .where(Product.retired_at.is_(None))
                        .order_by(Product.id),
                        Product.id,
                    )
                found[sort.name, currency] = Keys(read[spelled], sort.descending)
        return found

    def price_keys(self, prices: Numbers | None) -> NDArray[np.float64]:
        keys = np.full(len(self.ids), np.nan)
        if prices is not None:
            keys[prices.rows] = prices.low
        return keys

    def purposes(self, mechanisms: Sequence[str]) -> dict[str, Derived]:
        """What machines are for follows from how they act."""
        found = {}
        for name, pairs in self.declared.purposes.items():
            values = tuple(dict.fromkeys(value for value, _ in pairs))
            matrix = np.zeros((len(mechanisms), len(values)), dtype=np.bool_)
            for value, mechanism in pairs:
                if mechanism in mechanisms:
                    matrix[mechanisms.index(mechanism), values.index(value)] = True
            found[name] = Derived(MECHANISM, values, matrix)
        return found

    def labels(self, facets: Mapping[str, Marks]) -> Iterator[Label]:
        """What brands, forms, types and areas are called, with their rows (`browse.texts`)."""
        for facet, named in LABELLED.items():
            labels = {row[0]: row[1] for row in self.connection.execute(named)}
            marks = facets[facet]
            by_code = np.argsort(marks.codes, kind="stable")
            ends = np.searchsorted(marks.codes[by_code], np.arange(len(marks.values) + 1))
            for place, value in enumerate(marks.values):
                if value in labels:
                    yield labels[value], marks.rows[by_code[ends[place] : ends[place + 1]]]

    def inapplicable(self, attribute_id: str) -> Bools:
        """Per product whether its form cannot have the attribute."""
        without = self.declared.forms_without.get(attribute_id)
        if not without:
            return np.zeros(len(self.ids), dtype=np.bool_)
        return np.fromiter((form in without for form in self.forms), np.bool_, len(self.forms))

    def flags(self, rows: Integers) -> Bools:
        flags = np.zeros(len(self.ids), dtype=np.bool_)
        flags[rows] = True
        return flags

    def rows(self, ids: Sequence[int]) -> tuple[Integers, Bools]:
        """The row of each product id, and whether the product is among those read."""
        wanted = np.array(ids, dtype=np.int64)
        rows = np.searchsorted(self.ids, wanted)
        rows[rows == len(self.ids)] = 0
        live = self.ids[rows] == wanted if len(self.ids) else np.zeros(len(wanted), dtype=np.bool_)
        return rows, live

    def columns(self, statement: sa.Select[*tuple[Any, ...]], product_id: Any) -> list[list[Any]]:
        """What a statement selects, column by column."""
        if self.only is not None:
            among: sa.BindParameter[int] = sa.bindparam(
                None, self.only, expanding=True, literal_execute=True
            )
            statement = statement.where(product_id.in_(among))
        found: list[list[Any]] = [[] for _ in statement.selected_columns]
        streaming = {"stream_results": self.only is None}
        streamed = self.connection.execute(statement, execution_options=streaming)
        for rows in streamed.partitions(ROWS_AT_ONCE):
            for column, part in zip(found, zip(*rows, strict=True), strict=True):
                column.extend(part)
        return found


def _coded(values: Sequence[str], rows: Integers) -> tuple[tuple[str, ...], Integers, Integers]:
    """The distinct values, the rows, and the place of each value among the distinct ones."""
    seen: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.fromiter((seen[value] for value in values), np.int64, len(values))
    return tuple(seen), rows, codes


def _codes_in(values: Sequence[str], known: Sequence[str]) -> Integers:
    places = {value: place for place, value in enumerate(known)}
    return np.fromiter((places[value] for value in values), np.int64, len(values))


def _spelled(key: sa.ColumnElement[Any]) -> str:
    """The SQL of a key with its values, to tell whether two are the same."""
    return str(key.compile(compile_kwargs={"literal_binds": True}))
