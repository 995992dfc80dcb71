"""Whether a recall in a data file says enough to be shown, and means the machine it stands with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from reviews_app.catalogue.records import ProductRecord, RecallRecord

Problem = tuple[str, Any, str]
"""A key within the record, the value found there, and why it is refused."""


def recall_problems(product: ProductRecord) -> Iterator[Problem]:
    """What is wrong with the recalls of a product."""
    seen: set[tuple[str, str]] = set()
    for position, recall in enumerate(product.recalls or ()):
        for key, value, reason in _problems(recall, product):
            yield f"recalls.{position}.{key}", value, reason
        notice = (recall.regulator, recall.notice_number)
        if notice in seen:
            yield f"recalls.{position}.notice_number", recall.notice_number, "stands twice"
        seen.add(notice)


def _problems(recall: RecallRecord, product: ProductRecord) -> Iterator[Problem]:
    if recall.covers == "some units" and recall.units is None:
        yield "units", "", "must say which units: their dates or numbers, and where to find them"
    if recall.covers == "all units" and recall.units is not None:
        yield "units", recall.units, "has no place where all units are recalled"
    if recall.confirmed is None and not _names(recall, product):
        reason = (
            f"is not exactly {product.model or product.name}: a partial match is none,"
            " unless confirmed says why the notice means this machine"
        )
        yield "models", recall.models, reason
    yield from _date_problems(recall)


def _names(recall: RecallRecord, product: ProductRecord) -> bool:
    """Whether the notice names the model, or the machine with its maker, letter by letter."""
    own = {product.model, f"{product.brand} {product.name}" if product.brand else None}
    return any(model in own for model in recall.models)


def _date_problems(recall: RecallRecord) -> Iterator[Problem]:
    for key in ("checked_on", "closed_on"):
        day = getattr(recall, key)
        if day is not None and not _is_day(day):
            yield key, day, "is no day of the calendar: write 2026-06-24"
    if recall.closed_on is not None and recall.closed_on < (recall.issued_on or ""):
        yield "closed_on", recall.closed_on, "is before the notice was issued"


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
