"""Answers a Selection in plain SQL, on SQLite and PostgreSQL alike.

Statements: the revision, the facets and the numbers of everything that matches, the page; one more
for each name that narrows, because its context is its own; one for the words to look in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from reviews_app.browse.answer import check_page, listing_of
from reviews_app.browse.conditions import Conditions, conditions, matching
from reviews_app.browse.counts import Counts, Span, Tally
from reviews_app.browse.facets import Asked, Facet, Fit, Range
from reviews_app.browse.listing import PER_PAGE, Listing
from reviews_app.browse.pairs import ARMS, pairs
from reviews_app.browse.presence import STATED, presence
from reviews_app.browse.selection import Selection
from reviews_app.browse.sorts import order_by
from reviews_app.browse.texts import texts
from reviews_app.browse.words import matches
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import current_revision
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE
from reviews_app.db import db


def find(selection: Selection, *, per_page: int = PER_PAGE) -> Listing:
    """The page of machines a Selection asks for, with every count (`product.md` §3).

    Raises BadSelection when the page is past the last one.
    """
    revision = current_revision()
    word_classes = matches(selection.words, texts()) if selection.words else {}
    by_name = conditions(selection, word_classes)
    counts = _counts(selection, by_name, revision)
    check_page(selection, counts.total, per_page)
    ids = _page(selection, by_name, selection.asked(word_classes), per_page)
    return listing_of(selection, counts, ids, per_page)


def ids(selection: Selection, n: int) -> tuple[int, ...]:
    """The first `n` machines a Selection asks for."""
    word_classes = matches(selection.words, texts()) if selection.words else {}
    by_name = conditions(selection, word_classes)
    return _page(selection, by_name, selection.asked(word_classes), n)


def counts(facet: str) -> dict[str, int]:
    """How many machines have each option of a facet that no attribute gives."""
    rows = ARMS[facet]().subquery()
    here = sa.select(rows.c.value, sa.func.count()).join(Product, Product.id == rows.c.product_id)
    found = db.session.execute(here.where(Product.retired_at.is_(None)).group_by(rows.c.value))
    return dict(found.all())


def _counts(selection: Selection, by_name: Conditions, revision: int) -> Counts:
    """Everything in its context: what is not narrowed shares one, the rest has one each."""
    vocabulary, asked = selection.vocabulary, selection.asked()
    everything = matching(by_name)
    free = [facet for facet in vocabulary.facets if facet.name not in by_name]
    tally = _tally(everything, free)
    values = dict(tally.values)
    spans = _spans(
        everything,
        [one for one in vocabulary.ranges if one.name not in by_name],
        [one for one in vocabulary.fits if one.name not in by_name],
        asked,
    )
    without: dict[str, int] = {}
    for name in by_name:
        context = matching(by_name, but=name)
        if name in vocabulary.range or name in vocabulary.fit:
            own_range = [one for one in vocabulary.ranges if one.name == name]
            own_fit = [one for one in vocabulary.fits if one.name == name]
            spans |= _spans(context, own_range, own_fit, asked)
            without[name] = spans[name].total
        else:
            own = _tally(context, [facet for facet in vocabulary.facets if facet.name == name])
            values |= own.values
            without[name] = own.total
    return Counts(tally.total, values, spans, without, revision)


def _tally(context: sa.CTE, facets: list[Facet]) -> Tally:
    """How many machines are in the context, and how many of them have each value.

    IN, not a join: SQLite would fold the context into the join and ask it of every row anew.
    """
    total = sa.select(
        sa.literal("", sa.Text), sa.literal("", sa.Text), sa.func.count()
    ).select_from(context)
    arms = [total]
    if facets:
        rows = pairs(facets)
        arms.append(
            sa.select(rows.c.facet, rows.c.value, sa.func.count())
            .where(rows.c.product_id.in_(sa.select(context.c.id)))
            .group_by(rows.c.facet, rows.c.value)
        )
    values: dict[str, dict[str, int]] = defaultdict(dict)
    for facet, value, count in db.session.execute(sa.union_all(*arms)):
        values[facet][value] = count
    return Tally(values.pop("")[""], {facet.name: values[facet.name] for facet in facets})


def _spans(
    context: sa.CTE, ranges: Iterable[Range], fits: Iterable[Fit], asked: Asked
) -> dict[str, Span]:
    """Per range and fit: who states it in the context, whom it cannot apply to, and the bounds."""
    ranges, fits = tuple(ranges), tuple(fits)
    names = [*(one.name for one in ranges), *(one.name for one in fits)]
    if not names:
        return {}
    rows = presence(ranges, fits, asked=asked)
    nothing = sa.cast(sa.null(), sa.Float)
    total = sa.select(
        sa.literal("", sa.Text), sa.literal("", sa.Text), sa.func.count(), nothing, nothing
    ).select_from(context)
    grouped = (
        sa.select(
            rows.c.name,
            rows.c.state,
            sa.func.count(),
            sa.func.min(rows.c.low),
            sa.func.max(rows.c.high),
        )
        .where(rows.c.product_id.in_(sa.select(context.c.id)))
        .group_by(rows.c.name, rows.c.state)
    )
    found = {
        (name, state): (count, low, high)
        for name, state, count, low, high in db.session.execute(sa.union_all(total, grouped))
    }
    absent = (0, None, None)
    machines = found["", ""][0]
    return {
        name: Span(
            machines,
            found.get((name, STATED), absent)[0],
            found.get((name, NOT_APPLICABLE), absent)[0],
            *found.get((name, STATED), absent)[1:],
        )
        for name in names
    }


def _page(
    selection: Selection, by_name: Conditions, asked: Asked, per_page: int
) -> tuple[int, ...]:
    return tuple(
        db.session.scalars(
            sa.select(Product.id)
            .where(Product.retired_at.is_(None), *by_name.values())
            .order_by(*order_by(selection.sort_name, selection.vocabulary, asked))
            .limit(per_page)
            .offset((selection.page - 1) * per_page)
        )
    )
