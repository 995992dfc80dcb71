"""Recalls: the register, which machines have an open one, and what was read to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload

from reviews_app.catalogue.products import Brand, Product, Recall
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.sources import Source, Standing
from reviews_app.db import db


@dataclass(frozen=True)
class Notice:
    """A recall with the machine it is on; `brand` is None where no source names the maker."""

    recall: Recall
    slug: str
    product: str
    brand: str | None

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.recall.closed_on is None

    @property
    def last_on(self) -> dt.date:
        """The last day something is known to have happened to it."""
        known = [self.recall.checked_on, self.recall.closed_on or ""]
        return max(dt.date.fromisoformat(day) for day in known if day)


@dataclass(frozen=True)
class Reading:
    """The publishers of regulators' pages we read, and the day the oldest was; None if none."""

    publishers: tuple[str, ...]
    checked_on: str | None


def register() -> list[Notice]:
    """Every notice on a machine in the catalogue: open ones first, then the newest, by machine."""
    rows = db.session.execute(
        sa.select(Recall, Product.slug, Product.name, Brand.name)
        .join(Product, Product.id == Recall.product_id)
        .outerjoin(Brand, Brand.id == Product.brand_id)
        .where(Product.retired_at.is_(None))
        .order_by(
            Recall.closed_on.is_not(None),
            sa.func.coalesce(Recall.issued_on, "").desc(),
            Product.slug,
            Recall.position,
        )
        .options(joinedload(Recall.source), raiseload("*"))
    )
    return [Notice(*row) for row in rows]


@once_a_revision
def reading() -> Reading:
    """What of regulators was read. A list of recalls it need not be: see the page of recalls."""
    rows = db.session.execute(
        sa.select(Source.publisher, sa.func.min(Source.seen_on))
        .where(Source.kind == Standing.REGULATOR, Source.weak.is_(False))
        .group_by(Source.publisher)
        .order_by(sa.func.count().desc(), Source.publisher)
    ).all()
    days = [day for _, day in rows]
    return Reading(tuple(publisher for publisher, _ in rows), min(days) if days else None)


def open_recalls(recalls: Sequence[Recall]) -> list[Recall]:
    """Those that still hold."""
    return [one for one in recalls if one.closed_on is None]


def is_recalled() -> sa.ColumnElement[bool]:
    """In a query of products: whether one has an open recall."""
    return sa.exists().where(Recall.product_id == Product.id, Recall.closed_on.is_(None))
