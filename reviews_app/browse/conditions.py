"""Turns each choice of a Selection into one condition on `Product`, by the name of the choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from reviews_app.browse.facets import Asked, Facet, Fit, Range
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.browse.pairs import pairs
from reviews_app.browse.presence import STATED, presence
from reviews_app.browse.selection import Selection
from reviews_app.catalogue.products import Fact, Product

Condition = sa.ColumnElement[bool]
Conditions = Mapping[str, Condition]


def conditions(selection: Selection, ids_of_words: Collection[int]) -> Conditions:
    """The condition of every facet, range and fit that is narrowed, and of "q".

    A machine is found when it meets all of them (rule 1); the context of a name is all but its own.
    """
    vocabulary = selection.vocabulary
    found: dict[str, Condition] = {}
    for name, values in selection.values:
        found[name] = has_any(vocabulary.facet[name], values)
    for name, bounds in selection.bounds:
        found[name] = in_range(vocabulary.range[name], bounds, selection.asked())
    for name, measure in selection.measures:
        found[name] = fits(vocabulary.fit[name], measure)
    if selection.words:
        found["q"] = among(ids_of_words)
    return found


def matching(by_name: Conditions, *, but: str | None = None) -> sa.CTE:
    """The ids of machines in the catalogue that meet every condition but that of one name."""
    return (
        sa.select(Product.id)
        .where(Product.retired_at.is_(None))
        .where(*(condition for name, condition in by_name.items() if name != but))
        .cte("matching")
    )


def has_any(facet: Facet, values: Collection[str]) -> Condition:
    """Or within a facet (rule 1)."""
    rows = pairs([facet])
    return Product.id.in_(sa.select(rows.c.product_id).where(rows.c.value.in_(values)))


def in_range(declared: Range, bounds: Bounds, asked: Asked) -> Condition:
    """The span stated meets the range; not applicable passes, not stated when let in (rule 7)."""
    rows = presence([declared], asked=asked)
    low, high = bounds.stored(declared.per)
    ends = [rows.c.high < low] if low is not None else []
    ends += [rows.c.low > high] if high is not None else []
    outside = sa.and_(rows.c.state == STATED, sa.or_(*ends))
    if bounds.include_unknown:
        return Product.id.not_in(sa.select(rows.c.product_id).where(outside))
    return Product.id.in_(sa.select(rows.c.product_id).where(~outside))


def fits(fit: Fit, measure: Measure) -> Condition:
    """No limit stated is broken; not applicable passes, not stated when let in (rule 8)."""
    if not fit.limits:
        return sa.true() if measure.include_unknown else sa.false()
    broken = []
    for limit in fit.limits:
        size = float(measure.within(limit.unit))
        beyond = Fact.number_high < size if limit.bound == "max" else Fact.number_low > size
        broken.append(sa.and_(Fact.attribute_id == limit.attribute_id, beyond))
    too_small = Product.id.in_(sa.select(Fact.product_id).where(Fact.accepted, sa.or_(*broken)))
    if measure.include_unknown:
        return ~too_small
    rows = presence(fits=[fit], asked=Asked())
    return sa.and_(Product.id.in_(sa.select(rows.c.product_id)), ~too_small)


def among(ids: Collection[int]) -> Condition:
    """The machine is one of these. Written out: a database takes only so many parameters."""
    written: sa.BindParameter[int] = sa.bindparam(
        None, sorted(ids), expanding=True, literal_execute=True
    )
    return Product.id.in_(written)
