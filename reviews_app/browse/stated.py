"""What single machines have of what was asked for, in SQL, by the rows that the listing counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from reviews_app.browse.pairs import pairs
from reviews_app.browse.presence import presence
from reviews_app.browse.selection import Selection
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED
from reviews_app.db import db


@dataclass(frozen=True)
class Said:
    """What a machine says of a range or fit: STATED or NOT_APPLICABLE; of a range with its ends."""

    state: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Traits:
    """What one machine has of what was asked for.

    options: by facet, those of the values chosen that it has, and whether it does not state any or
    cannot have one. numbers: by range or fit, where it says anything.
    """

    options: Mapping[str, Collection[str]] = field(default_factory=dict)
    numbers: Mapping[str, Said] = field(default_factory=dict)


def asked_of(values: Collection[str]) -> frozenset[str]:
    """The options to look for where these values of a facet were chosen."""
    return frozenset({*values, NOT_STATED, NOT_APPLICABLE})


def traits(selection: Selection, ids: Collection[int]) -> dict[int, Traits]:
    """What each machine has of what a Selection asks, by id, in two statements at the most."""
    options: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for product_id, name, value in _options(selection, ids):
        if value in asked_of(selection.chosen(name)):
            options[product_id][name].add(value)
    numbers: dict[int, dict[str, Said]] = defaultdict(dict)
    for row in _numbers(selection, ids):
        numbers[row.product_id][row.name] = Said(row.state, row.low, row.high)
    return {one: Traits(options[one], numbers[one]) for one in ids}


def _options(selection: Selection, ids: Collection[int]) -> Iterable[Any]:
    facets = [selection.vocabulary.facet[name] for name, _ in selection.values]
    if not (facets and ids):
        return ()
    rows = pairs(facets)
    return db.session.execute(
        sa.select(rows.c.product_id, rows.c.facet, rows.c.value).where(rows.c.product_id.in_(ids))
    )


def _numbers(selection: Selection, ids: Collection[int]) -> Iterable[Any]:
    vocabulary = selection.vocabulary
    ranges = [vocabulary.range[name] for name, _ in selection.bounds]
    fits = [vocabulary.fit[name] for name, _ in selection.measures]
    if not ((ranges or fits) and ids):
        return ()
    found = presence(ranges, fits, asked=selection.asked())
    return db.session.execute(sa.select(found).where(found.c.product_id.in_(ids)))
