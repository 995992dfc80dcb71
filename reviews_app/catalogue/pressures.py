"""How hard machines can squeeze: what each says of its pressure, and all of them on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.sheet import Sheet
from reviews_app.catalogue.values import MISSING_WORDS
from reviews_app.db import db

GENTLEST, STRONGEST = "pressure_min_mmhg", "pressure_max_mmhg"
STEP = 50
"""Mm Hg from one line of the scale to the next."""


@dataclass(frozen=True)
class Span:
    """What one machine says of its pressure, in mm Hg; `low` is None where only the top is."""

    name: str
    words: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Others:
    """The strongest pressures of `count` machines, in mm Hg.

    strokes: where at least one of them is, to the whole mm Hg: as many as a scale has room for,
    however many machines there are.
    """

    count: int
    low: float
    median: float
    high: float
    strokes: tuple[int, ...]


@dataclass(frozen=True)
class Scale:
    """Pressures from 0 to `top` mm Hg, with a line at every `step`, and those of other machines."""

    spans: tuple[Span, ...]
    top: int
    step: int
    others: Others | None = None

    @property
    def marks(self) -> range:
        """Where the lines are, both ends among them."""
        return range(0, self.top + 1, self.step)


def scale(spans: Sequence[Span], others: Others | None = None) -> Scale | None:
    """The spans on one scale, before others if there are any; None where no span has a top."""
    highest = [span.high for span in spans if span.high is not None]
    if not highest:
        return None
    if others is not None:
        highest.append(others.high)
    top = max(math.ceil(max(highest) / STEP) * STEP, STEP)
    return Scale(tuple(spans), top, STEP, others)


def span(name: str, sheet: Sheet) -> Span:
    """What a machine of that name says of its pressure."""
    most, least = sheet.line(STRONGEST), sheet.line(GENTLEST)
    if most is None or most.accepted is None:
        return Span(name, most.words if most else MISSING_WORDS, None, None)
    high = most.accepted.number_high
    if least is None or least.accepted is None:
        return Span(name, f"up to {most.words}, gentlest not stated", None, high)
    return Span(name, f"{least.words} to {most.words}", least.accepted.number_low, high)


@once_a_revision
def strongest() -> Others | None:
    """The strongest pressure of every machine with one from a source that is not weak."""
    pressures = db.session.scalars(
        sa.select(Fact.number_high)
        .join(Product, Product.id == Fact.product_id)
        .where(
            Fact.attribute_id == STRONGEST,
            Fact.accepted,
            sa.not_(Fact.weak),
            Fact.number_high.is_not(None),
            Product.retired_at.is_(None),
        )
        .order_by(Fact.number_high)
    )
    found = [one for one in pressures if one is not None]
    if not found:
        return None
    strokes = sorted({round(one) for one in found})
    return Others(len(found), found[0], found[len(found) // 2], found[-1], tuple(strokes))
