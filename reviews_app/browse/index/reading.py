"""Reads the live products of a database, all or some of them, into the columns of a `Table`.

The twin of `browse.pairs`, `browse.presence`, `browse.sorts` and `browse.texts`, which say the same
in SQL for one Selection at a time. The connection must see one state throughout. Facts are read in
the order they are stored in and sorted out here: to look them up by attribute would read a table
from disk in the order of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reviews_app.browse.facets import PRICE, RATING, RELEVANCE, SCORE, STATUS, Asked, Sort
from reviews_app.browse.index.declared import Declared
from reviews_app.browse.index.reading_scores import read_scores
from reviews_app.browse.index.streaming import Coded, Column, Floats, Integers, Plain, Texts, stream
from reviews_app.browse.index.strings import Strings, packed
from reviews_app.browse.index.table import (
    Derived,
    Keys,
    Label,
    Limits,
    Marks,
    Name,
    Numbers,
    Scores,
    Table,
)
from reviews_app.browse.pairs import status
from reviews_app.browse.presence import price_cents
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.prices import REGULAR
from reviews_app.catalogue.products import (
    Brand,
    BrandAlias,
    Fact,
    FactOption,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED, Area, Form, MassageType
from reviews_app.reviews.readers.models import ProductRating

MECHANISM = "mechanism"

# Statements are made once: to make one, and the key it is compiled by, costs more than to run it
# for a patch of one product.

PRODUCTS = (
    sa.select(
        Product.id,
        Product.slug,
        Product.name,
        Product.model,
        sa.func.coalesce(Product.brand_id, NOT_STATED),
        Product.form_id,
        Product.audience,
        status(),
    )
    .where(Product.retired_at.is_(None))
    .order_by(Product.id)
)

OPTIONS = (
    sa.select(Fact.product_id, Fact.attribute_id, FactOption.option)
    .join(FactOption, FactOption.fact_id == Fact.id)
    .where(Fact.accepted)
)

NUMBERS = sa.select(Fact.product_id, Fact.attribute_id, Fact.number_low, Fact.number_high).where(
    Fact.accepted, Fact.number_low.is_not(None)
)

PRICES = (
    sa.select(PriceObservation.product_id, PriceObservation.currency, PriceObservation.amount_cents)
    .where(PriceObservation.terms == REGULAR, PriceObservation.as_of.is_not(None))
    .order_by(
        PriceObservation.product_id,
        PriceObservation.currency,
        PriceObservation.as_of,
        PriceObservation.amount_cents,
    )
)

Selected = tuple[Any, sa.Select[*tuple[Any, ...]]]
"""A statement, after the column that the products or options wanted are named by."""

MARKED: dict[str, Selected] = {
    name: (product_id, sa.select(product_id, value))
    for name, product_id, value in (
        ("type", ProductType.product_id, ProductType.type_id),
        ("area", ProductArea.product_id, ProductArea.area_id),
        (MECHANISM, ProductMechanism.product_id, ProductMechanism.mechanism_id),
    )
}

LABELLED: dict[str, Selected] = {
    name: (value, sa.select(value, label))
    for name, value, label in (
        ("brand", Brand.id, Brand.name),
        ("form", Form.id, Form.label),
        ("type", MassageType.id, MassageType.label),
        ("area", Area.id, Area.label),
    )
}

ALIASES: dict[str, Selected] = {
    "brand": (BrandAlias.brand_id, sa.select(BrandAlias.brand_id, BrandAlias.name))
}

Progress = Callable[[str], None]
Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]


def silent(_stage: str) -> None:
    """The progress nobody wants to hear of."""


@dataclass(frozen=True)
class Part:
    """Some products, and the currencies to have sort keys for beside those they have prices in."""

    ids: frozenset[int]
    currencies: frozenset[str]


def read(
    connection: sa.Connection,
    sorts: Sequence[Sort],
    declared: Declared,
    part: Part | None = None,
    progress: Progress = silent,
) -> Table:
    """The table of all live products, or of a part of them. `progress` is told of every stage."""
    return _Reader(connection, declared, part, progress).table(sorts)


class _Reader:
    def __init__(
        self,
        connection: sa.Connection,
        declared: Declared,
        part: Part | None,
        progress: Progress,
    ) -> None:
        self.connection, self.declared, self.part = connection, declared, part
        self.progress = progress
        self.ids: Rows = np.zeros(0, dtype=np.int64)
        self.forms = Coded()

    def table(self, sorts: Sequence[Sort]) -> Table:
        self.progress("products")
        slugs, names, models, single = self.products()
        everyone = np.arange(len(self.ids))
        facets = {name: Marks(one.values, everyone, one.all) for name, one in single.items()}
        self.progress("types, areas and mechanisms")
        facets |= {name: self.marks(*columns) for name, columns in MARKED.items()}
        self.progress("facts")
        facets |= self.attribute_facets()
        self.progress("numbers")
        numbers, limits = self.attribute_numbers()
        self.progress("prices")
        prices = self.prices()
        self.progress("scores")
        scores, totals = self.scores()
        self.progress("orders")
        return Table(
            ids=self.ids,
            slugs=slugs,
            facets=facets,
            derived=self.purposes(facets[MECHANISM].values),
            numbers={**numbers, **prices, **totals, (RATING, None): self.ratings()},
            limits=limits,
            sorts={**self.keys(sorts, prices), **self.score_keys(totals)},
            texts=(names, models),
            labels=list(self.labels(facets, LABELLED)),
            aliases=list(self.labels(facets, ALIASES)),
            scores=scores,
        )

    def products(self) -> tuple[Strings, Strings, Strings, dict[str, Coded]]:
        """Slugs, names and models, and the facets every product has one option of."""
        ids, slugs, names, models = Integers(), Texts(), Texts(), Texts()
        brands, audiences, statuses = Coded(), Coded(), Coded()
        columns = (ids, slugs, names, models, brands, self.forms, audiences, statuses)
        self.stream(PRODUCTS, Product.id, columns)
        self.ids = ids.all
        single = {"form": self.forms, "brand": brands, "audience": audiences, STATUS: statuses}
        return slugs.all, names.all, models.all, single

    def marks(self, product_id: Any, statement: Any) -> Marks:
        """The options of a table with a row for each product and option."""
        ids, values = Integers(), Coded()
        self.stream(statement, product_id, (ids, values))
        rows, live = self.rows(ids.all)
        return Marks(values.values, rows[live], values.all[live])

    def attribute_facets(self) -> dict[str, Marks]:
        """Every attribute filtered by options; who states none does not state it, or cannot."""
        ids, attributes, options = Integers(), Coded(), Coded()
        self.stream(OPTIONS, Fact.product_id, (ids, attributes, options))
        rows, live = self.rows(ids.all)
        of_attribute, codes = attributes.places(self.declared.options), options.all
        found = {}
        for place, name in enumerate(self.declared.options):
            here = live & (of_attribute == place)
            used, own = np.unique(codes[here], return_inverse=True)
            pairs = np.unique(np.stack([rows[here], own]), axis=1)
            absent = np.flatnonzero(~self.flags(pairs[0]))
            cannot = self.inapplicable(name)[absent]
            found[name] = Marks(
                (*(options.values[at] for at in used.tolist()), NOT_STATED, NOT_APPLICABLE),
                np.concatenate([pairs[0], absent]),
                np.concatenate([pairs[1], len(used) + cannot]),
            )
        return found

    def attribute_numbers(self) -> tuple[dict[Name, Numbers], dict[str, Limits]]:
        """Every attribute filtered by a range, and the limits of every fit."""
        ids, attributes, low, high = Integers(), Coded(), Floats(), Floats()
        self.stream(NUMBERS, Fact.product_id, (ids, attributes, low, high))
        rows, live = self.rows(ids.all)
        of_attribute, lows, highs = attributes.places(self.declared.numbers), low.all, high.all
        by_attribute = {}
        for place, name in enumerate(self.declared.numbers):
            here = np.flatnonzero(live & (of_attribute == place))
            here = here[np.argsort(rows[here], kind="stable")]
            cannot = self.inapplicable(name) & ~self.flags(rows[here])
            by_attribute[name] = Numbers(rows[here], lows[here], highs[here], cannot)
        return (
            {(name, None): by_attribute[name] for name in self.declared.ranges},
            {fit: self.limits(fit, by_attribute) for fit in self.declared.limits},
        )

    def limits(self, fit: str, numbers: Mapping[str, Numbers]) -> Limits:
        declared = self.declared.limits[fit]
        of = [(limit, numbers[limit.attribute_id]) for limit in declared]
        cannot = np.full(len(self.ids), bool(of))
        for limit, one in of:
            cannot &= self.inapplicable(limit.attribute_id) & ~self.flags(one.rows)
        return Limits(
            tuple((limit.unit, one) for limit, one in of if limit.bound == "min"),
            tuple((limit.unit, one) for limit, one in of if limit.bound == "max"),
            cannot,
        )

    def prices(self) -> dict[Name, Numbers]:
        """Per currency the price of who has one (rule 15), as `presence.price_cents` says."""
        ids, currencies, cents = Integers(), Coded(), Floats()
        self.stream(PRICES, PriceObservation.product_id, (ids, currencies, cents))
        of, codes, amounts = ids.all, currencies.all, cents.all
        rows, live = self.rows(of)
        latest = np.ones(len(of), dtype=np.bool_)
        latest[:-1] = (of[1:] != of[:-1]) | (codes[1:] != codes[:-1])
        found: dict[Name, Numbers] = {}
        for place, currency in enumerate(currencies.values):
            here = live & latest & (codes == place)
            if here.any():
                nobody = np.zeros(len(self.ids), dtype=np.bool_)
                found[PRICE, currency] = Numbers(rows[here], amounts[here], amounts[here], nobody)
        return found

    def keys(self, sorts: Sequence[Sort], prices: Mapping[Name, Numbers]) -> dict[Name, Keys]:
        """The key of every sort; where it depends on the currency, for each of them."""
        currencies = {currency for _, currency in prices if currency is not None}
        currencies |= self.part.currencies if self.part is not None else set()
        read: dict[str, Sequence[Any] | NDArray[np.float64]] = {}
        found: dict[Name, Keys] = {}
        for sort in sorts:
            if sort.name == RELEVANCE:
                continue
            depends = _key(sort.key, "???")[1] != _key(sort.key, None)[1]
            for currency in (None, *sorted(currencies)) if depends else (None,):
                key, spelled = _key(sort.key, currency)
                if spelled == _key(_price_key, currency)[1]:
                    read[spelled] = self.keys_of(prices.get((PRICE, currency)))
                elif spelled not in read:
                    read[spelled] = self.keys_read(key)
                found[sort.name, currency] = Keys(read[spelled], sort.descending)
        return found

    def keys_read(self, key: sa.ColumnElement[Any]) -> Sequence[Any] | NDArray[np.float64]:
        ids, keys = Integers(), Plain()
        self.stream(_keys(key), Product.id, (ids, keys))
        if not any(isinstance(one, str) for one in keys.all):
            return np.array(keys.all, dtype=np.float64)  # None becomes not a number
        return keys.all if None in keys.all else packed(keys.all)

    def keys_of(self, numbers: Numbers | None) -> NDArray[np.float64]:
        keys = np.full(len(self.ids), np.nan)
        if numbers is not None:
            keys[numbers.rows] = numbers.low
        return keys

    def scores(self) -> tuple[Scores | None, dict[Name, Numbers]]:
        """What scores are made of, and the published totals."""
        method = self.declared.method
        if method is None:
            return None, {}
        scores, totals = read_scores(method, len(self.ids), self.stream, self.rows)
        return scores, {(SCORE, None): totals}

    def ratings(self) -> Numbers:
        """The means of reader reviews, as `presence.mean_centi` says."""
        ids, means = Integers(), Floats()
        statement = (
            sa.select(ProductRating.product_id, ProductRating.mean_centi)
            .where(ProductRating.mean_centi.is_not(None))
            .order_by(ProductRating.product_id)
        )
        self.stream(statement, ProductRating.product_id, (ids, means))
        rows, live = self.rows(ids.all)
        nobody = np.zeros(len(self.ids), dtype=np.bool_)
        return Numbers(rows[live], means.all[live], means.all[live], nobody)

    def score_keys(self, totals: Mapping[Name, Numbers]) -> dict[Name, Keys]:
        return {name: Keys(self.keys_of(one), descending=True) for name, one in totals.items()}

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

    def labels(self, facets: Mapping[str, Marks], named: Mapping[str, Selected]) -> Iterator[Label]:
        """What options of facets are called, with their rows (`browse.texts`)."""
        for facet, (value, statement) in named.items():
            marks = facets[facet]
            only = None if self.part is None else (value, marks.values)
            values, texts = Plain(), Plain()
            stream(self.connection, statement, (values, texts), only)
            place = {one: at for at, one in enumerate(marks.values)}
            by_code = np.argsort(marks.codes, kind="stable")
            ends = np.searchsorted(marks.codes[by_code], np.arange(len(marks.values) + 1))
            for one, text in zip(values.all, texts.all, strict=True):
                if one in place:
                    yield text, marks.rows[by_code[ends[place[one]] : ends[place[one] + 1]]]

    def inapplicable(self, attribute_id: str) -> Bools:
        """Per product whether its form cannot have the attribute."""
        without = self.declared.forms_without.get(attribute_id, frozenset())
        cannot = np.array([form in without for form in self.forms.values], dtype=np.bool_)
        return cannot[self.forms.all] if without else np.zeros(len(self.ids), dtype=np.bool_)

    def flags(self, rows: Rows) -> Bools:
        flags = np.zeros(len(self.ids), dtype=np.bool_)
        flags[rows] = True
        return flags

    def rows(self, ids: Rows) -> tuple[Rows, Bools]:
        """The row of each product id, and whether the product is among those read."""
        if not len(self.ids):
            return np.zeros_like(ids), np.zeros(len(ids), dtype=np.bool_)
        rows = np.searchsorted(self.ids, ids)
        rows[rows == len(self.ids)] = 0
        return rows, self.ids[rows] == ids

    def stream(self, statement: Any, product_id: Any, columns: Sequence[Column]) -> None:
        only = None if self.part is None else (product_id, self.part.ids)
        stream(self.connection, statement, columns, only)


@lru_cache(maxsize=256)
def _key(
    of: Callable[[Asked], sa.ColumnElement[Any]], currency: str | None
) -> tuple[sa.ColumnElement[Any], str]:
    """The key of a sort, and its SQL with all values, to tell whether two are the same."""
    key = of(Asked(currency))
    return key, str(key.compile(compile_kwargs={"literal_binds": True}))


@lru_cache(maxsize=256)
def _keys(key: sa.ColumnElement[Any]) -> sa.Select[*tuple[Any, ...]]:
    """The key of every product; one statement for one key."""
    live = sa.select(Product.id, key).where(Product.retired_at.is_(None))
    return live.order_by(Product.id)


def _price_key(asked: Asked) -> sa.ColumnElement[Any]:
    return price_cents(asked.currency)
