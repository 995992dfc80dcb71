"""The price of a machine: its latest dated observation at its regular price, in one currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.values import is_old, money_in_words, month_in_words
from reviews_app.db import db

REGULAR = "regular"

NO_PRICES = "USD"
"""The currency to speak of where nothing has a price."""


@dataclass(frozen=True)
class Price:
    """What one machine cost in one month at one seller, at its regular price."""

    amount_cents: int
    currency: str
    as_of: str

    @property
    def words(self) -> str:
        """The sum, as a shop would write it."""
        return money_in_words(self.amount_cents, self.currency)

    @property
    def month(self) -> str:
        """The month it was seen in, in words."""
        return month_in_words(self.as_of)

    def is_old(self, today: dt.date | None = None) -> bool:
        """Whether it was seen over a year ago."""
        return is_old(self.as_of, today or dt.datetime.now(dt.UTC).date())


class Seen(NamedTuple):
    """What a price observation says of the price, without who said it."""

    currency: str
    amount_cents: int
    terms: str
    as_of: str | None


def listed_price(observations: Iterable[PriceObservation | Seen], currency: str) -> Price | None:
    """The latest dated regular price in the currency; of several in a month the highest.

    The highest, because a lower one may be a promotion nobody marked. None where there is none.
    """
    dated = [
        (one.as_of, one.amount_cents)
        for one in observations
        if one.terms == REGULAR and one.as_of and one.currency == currency
    ]
    if not dated:
        return None
    as_of, amount_cents = max(dated)
    return Price(amount_cents, currency, as_of)


def observation_of(price: Price, observations: Iterable[PriceObservation]) -> PriceObservation:
    """Where a listed price was seen: the first of the observations that says just that."""
    return next(
        one
        for one in observations
        if (one.amount_cents, one.currency, one.as_of)
        == (price.amount_cents, price.currency, price.as_of)
        and one.terms == REGULAR
    )


def observations(product_ids: Collection[int]) -> dict[int, list[Seen]]:
    """Every price seen of these products, by product id, in one statement."""
    found: dict[int, list[Seen]] = {product_id: [] for product_id in product_ids}
    seen = PriceObservation
    for product_id, currency, amount_cents, terms, as_of in db.session.execute(
        sa.select(seen.product_id, seen.currency, seen.amount_cents, seen.terms, seen.as_of)
        .where(seen.product_id.in_(product_ids))
        .order_by(seen.product_id, seen.position)
    ):
        found[product_id].append(Seen(currency, amount_cents, terms, as_of))
    return found


def newest_first(seen: Iterable[PriceObservation]) -> list[PriceObservation]:
    """Prices by month, latest first and undated last; of one month the higher first."""
    return sorted(seen, key=lambda one: (one.as_of or "", one.amount_cents), reverse=True)


def currencies(found: Iterable[PriceObservation | Seen]) -> tuple[str, ...]:
    """The currencies with a price that `listed_price` would find, in order of the alphabet."""
    return tuple(sorted({p.currency for p in found if p.terms == REGULAR and p.as_of}))


@once_a_revision
def main_currency() -> str:
    """The currency most machines are priced in; NO_PRICES while nothing is priced.

    Reads all prices: pages ask `browse.Shelves`.
    """
    rows = db.session.execute(
        sa.select(
            PriceObservation.currency,
            sa.func.count(PriceObservation.product_id.distinct()),
        )
        .join(Product, Product.id == PriceObservation.product_id)
        .where(
            Product.retired_at.is_(None),
            PriceObservation.terms == REGULAR,
            PriceObservation.as_of.is_not(None),
        )
        .group_by(PriceObservation.currency)
    )
    counts = dict(rows.all())
    return min(counts, key=lambda currency: (-counts[currency], currency), default=NO_PRICES)
