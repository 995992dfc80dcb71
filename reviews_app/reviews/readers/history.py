"""The log as everybody reads it: every decision with its reason and time, and nobody's data."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
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
LOGS_REMEMBERED = 2

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
    """A page of the log, newest first; total: how many entries there are."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Month:
    """What happened in a month. median_days: from coming in to its decision, None where none."""

    month: str
    actions: Mapping[Action, int]
    reasons: Mapping[Reason, int]
    median_days: float | None


def history(page: int) -> History:
    """A page of the log. Raises NotFound past the last."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(ModerationEntry)) or 0
    pages = max(1, -(-total // PER_PAGE))
    if not 1 <= page <= pages:
        raise NotFound(f"The log has {pages} pages.", parameter="page")
    rows = db.session.execute(
        sa.select(ModerationEntry, Product.slug, Product.name)
        .outerjoin(Product, Product.id == ModerationEntry.product_id)
        .order_by(ModerationEntry.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
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
    return History(lines, total, page, pages)


def page_of(number: int) -> int:
    """On which page of the log an entry stands. Raises NotFound where there is none."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(ModerationEntry)) or 0
    if not 1 <= number <= total:
        raise NotFound("The log has no such entry.")
    return (total - number) // PER_PAGE + 1


def by_month() -> tuple[Month, ...]:
    """What happened in each month, newest first: a recount of the log."""
    return _by_month(log.head().seal)


@lru_cache(maxsize=LOGS_REMEMBERED)
def _by_month(_seal: str) -> tuple[Month, ...]:
    """The last seal stands for all that is in the log, so that it is read once for each."""
    entry = ModerationEntry
    rows = db.session.execute(
        sa.select(entry.at, entry.action, entry.reason, entry.review_id, entry.version).order_by(
            entry.id
        )
    ).all()
    actions: dict[str, Counter[Action]] = {}
    reasons: dict[str, Counter[Reason]] = {}
    days: dict[str, list[float]] = {}
    since: dict[tuple[int | None, int | None], dt.datetime] = {}
    for at, action, reason, review_id, version in rows:
        month = f"{at:%Y-%m}"
        actions.setdefault(month, Counter())[Action(action)] += 1
        if reason and action in (Action.WITHHELD.value, Action.TAKEN_DOWN.value):
            reasons.setdefault(month, Counter())[Reason(reason)] += 1
        if action in RECEIVED:
            since[review_id, version] = at
        elif action in DECIDED and (review_id, version) in since:
            waited = at - since.pop((review_id, version))
            days.setdefault(month, []).append(waited / dt.timedelta(days=1))
    return tuple(
        Month(
            month,
            actions[month],
            reasons.get(month, Counter()),
            statistics.median(days[month]) if month in days else None,
        )
        for month in sorted(actions, reverse=True)
    )
