"""The log as everybody reads it: every decision with its reason and time, and nobody's data."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.models import ModerationEntry
from reviews_app.reviews.readers.rules import Action, Reason

PER_PAGE = 50
MONTHS_REMEMBERED = 240
DAY = dt.timedelta(days=1)

RECEIVED = (Action.RECEIVED.value, Action.EDITED.value, Action.APPEALED.value)
DECIDED = (Action.PUBLISHED.value, Action.WITHHELD.value)


@dataclass(frozen=True)
class Line:
    """One entry in public. slug, product: the machine; None where it is about none."""

    number: int
    at: dt.datetime
    action: Action
    reason: Reason | None
    slug: str | None
    product: str | None
    seal: str


@dataclass(frozen=True)
class History:
    """A page of the log, newest first; total: how many entries there are.

    broken_at: the first entry of the page that is not as it was added, None if all are.
    """

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    broken_at: int | None


@dataclass(frozen=True)
class Month:
    """What happened in a month. median_days: from coming in to its decision, None where none."""

    month: str
    actions: Mapping[Action, int]
    reasons: Mapping[Reason, int]
    median_days: float | None


def history(page: int) -> History:
    """A page of the log, and whether its seals hold. Raises NotFound past the last."""
    total = log.head().entries
    pages = max(1, -(-total // PER_PAGE))
    if not 1 <= page <= pages:
        raise NotFound(f"The log has {pages} pages.", parameter="page")
    last = total - (page - 1) * PER_PAGE
    first = max(1, last - PER_PAGE + 1)
    rows = db.session.execute(
        sa.select(ModerationEntry, Product.slug, Product.name)
        .outerjoin(Product, Product.id == ModerationEntry.product_id)
        .where(ModerationEntry.id.between(first, last))
        .order_by(ModerationEntry.id.desc())
    ).all()
    go_on = log.Head(first - 1, log.seal_before(first))
    broken = log.broken_at([entry for entry, _, _ in reversed(rows)], after=go_on)
    lines = tuple(
        Line(
            number=entry.id,
            at=entry.at,
            action=Action(entry.action),
            reason=Reason(entry.reason) if entry.reason else None,
            slug=slug,
            product=name,
            seal=entry.seal,
        )
        for entry, slug, name in rows
    )
    return History(lines, total, page, pages, broken)


def page_of(number: int) -> int:
    """On which page of the log an entry stands. Raises NotFound where there is none."""
    total = log.head().entries
    if not 1 <= number <= total:
        raise NotFound("The log has no such entry.")
    return (total - number) // PER_PAGE + 1


def by_month() -> tuple[Month, ...]:
    """What happened in each month, newest first: a recount of the log.

    A month is counted once, so that the past is not read again; the last two whenever an entry is
    added, since those who wrote at the same instant may be entered in another order.
    """
    first = db.session.scalar(sa.select(sa.func.min(ModerationEntry.at)))
    last = db.session.scalar(sa.select(sa.func.max(ModerationEntry.at)))
    if first is None or last is None:
        return ()
    newest, end = _number(last), log.head().seal
    found = [
        (number, seal)
        for number in range(newest, _number(first) - 1, -1)
        if (seal := _last_seal(number)) is not None
    ]
    return tuple(_month(number, seal if number < newest - 1 else end) for number, seal in found)


def _number(at: dt.datetime) -> int:
    """A month as a number, so that the next one is the next number."""
    return at.year * 12 + at.month - 1


def _in_month(number: int) -> sa.ColumnElement[bool]:
    begin, end = (
        dt.datetime.fromisoformat(f"{n // 12:04d}-{n % 12 + 1:02d}-01")
        for n in (number, number + 1)
    )
    return sa.and_(ModerationEntry.at >= begin, ModerationEntry.at < end)


def _last_seal(number: int) -> str | None:
    """The seal of the last entry of a month, which stands for all of a month that is over."""
    entry = ModerationEntry
    return db.session.scalar(
        sa.select(entry.seal)
        .where(_in_month(number))
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(1)
    )


@lru_cache(maxsize=MONTHS_REMEMBERED)
def _month(number: int, _seal: str) -> Month:
    entry = ModerationEntry
    rows = db.session.execute(
        sa.select(entry.at, entry.action, entry.reason, entry.review_id, entry.version)
        .where(_in_month(number))
        .order_by(entry.id)
    ).all()
    decided = sa.select(entry.review_id).where(_in_month(number), entry.action.in_(DECIDED))
    received = db.session.execute(
        sa.select(entry.review_id, entry.version, entry.at)
        .where(entry.action.in_(RECEIVED), entry.review_id.in_(decided))
        .order_by(entry.id)
    )
    came: dict[tuple[int | None, int | None], list[dt.datetime]] = defaultdict(list)
    for review_id, version, at in received:
        came[review_id, version].append(at)
    days = [
        (at - max((one for one in came[review_id, version] if one <= at), default=at)) / DAY
        for at, action, _, review_id, version in rows
        if action in DECIDED
    ]
    return Month(
        f"{number // 12}-{number % 12 + 1:02d}",
        Counter(Action(action) for _, action, *_ in rows),
        Counter(
            Reason(reason)
            for _, action, reason, *_ in rows
            if reason and action in (Action.WITHHELD.value, Action.TAKEN_DOWN.value)
        ),
        statistics.median(days) if days else None,
    )
