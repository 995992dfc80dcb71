"""Turns a synthetic catalogue into the rows of the site's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bench.scored import scores
from bench.synthetic import Catalogue
from bench.vocabulary import AUDIENCES, brands
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Brand,
    Fact,
    FactOption,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.sources import Source
from reviews_app.db import Base
from reviews_app.scores.models import Score, ScorePart

SOURCES = 40
CHUNK = 20_000
BECAUSE = "Synthetic, not real."

Row = dict[str, Any]


def brand_id(code: int) -> str | None:
    """The id of a brand; None for who has none."""
    return None if code < 0 else f"synthetic-brand-{code + 1}"


def source_id(at: int) -> str:
    """One of the synthetic sources."""
    return f"X{at % SOURCES + 1}"


def month(number: int) -> str:
    """A month counted from year 0, as ISO writes it."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def number_value(low: float, high: float) -> Any:
    """A number as a seed file would have it: one, or the list of two settings."""
    ends = [int(end) if end.is_integer() else end for end in (low, high)]
    return ends[0] if low == high else ends


def shared() -> Iterator[tuple[type[Base], list[Row]]]:
    """The rows that machines refer to: sources and brands."""
    yield (
        Source,
        [
            {
                "id": source_id(at),
                "title": "Synthetic source, not real",
                "publisher": "Synthetic publisher, not real",
                "kind": "maker",
                "url": f"https://synthetic.invalid/{at + 1}",
                "published": None,
                "seen_on": "2026-11-22",
                "weak": False,
                "position": 100_000 + at,
            }
            for at in range(SOURCES)
        ],
    )
    yield Brand, [{"id": brand_id(at), "name": name} for at, name in enumerate(brands())]


def machines(catalogue: Catalogue) -> Iterator[tuple[type[Base], list[Row]]]:
    """The rows of the machines, table by table, some thousand machines at a time."""
    facts = 0
    for first in range(0, catalogue.n, CHUNK):
        here = range(first, min(first + CHUNK, catalogue.n))
        yield Product, list(_products(catalogue, here))
        yield ProductType, list(_marks(catalogue.types, here, "type_id", _typed(catalogue)))
        areas = catalogue.vocabulary.ids("areas")
        yield ProductArea, list(_marks(catalogue.areas, here, "area_id", _plain(areas)))
        mechanisms = catalogue.vocabulary.ids("mechanisms")
        yield (
            ProductMechanism,
            list(_marks(catalogue.mechanisms, here, "mechanism_id", _plain(mechanisms), False)),
        )
        stated, options = _facts(catalogue, here, facts)
        facts += len(stated)
        yield Fact, stated
        yield FactOption, options
        yield PriceObservation, list(_prices(catalogue, here))
        totals, parts = scores(catalogue, here)
        yield Score, totals
        yield ScorePart, parts


def _products(catalogue: Catalogue, here: range) -> Iterator[Row]:
    forms = catalogue.vocabulary.ids("forms")
    for at in here:
        model = int(catalogue.model[at])
        yield {
            "id": at + 1,
            "slug": catalogue.slugs[at],
            "brand_id": brand_id(int(catalogue.brand[at])),
            "name": catalogue.names[at],
            "model": None if model < 0 else f"SYN-{model}",
            "manufacturer_url": None,
            "form_id": forms[catalogue.form[at]],
            "audience": AUDIENCES[catalogue.audience[at]],
            "audience_because": BECAUSE,
            "retired_at": None,
        }


def _typed(catalogue: Catalogue) -> list[tuple[str, Mapping[str, Any]]]:
    by_rule = {"deep-tissue"}
    return [
        (
            one,
            {"assigned_by": "rule" if one in by_rule else "editor", "because": BECAUSE, **_CITED},
        )
        for one in catalogue.vocabulary.ids("types")
    ]


_CITED: Mapping[str, Any] = {"source_id": None}


def _plain(ids: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(one, _CITED) for one in ids]


def _marks(
    marks: Any,
    here: range,
    column: str,
    words: Sequence[tuple[str, Mapping[str, Any]]],
    numbered: bool = True,
) -> Iterator[Row]:
    """A row for every mark; numbered rows have a source and a position."""
    rows, codes = np.nonzero(marks[here.start : here.stop])
    for row, code in zip(rows.tolist(), codes.tolist(), strict=True):
        word, more = words[code]
        found: Row = {"product_id": here.start + row + 1, column: word}
        yield {**found, **more, "position": code} if numbered else found


def _facts(catalogue: Catalogue, here: range, before: int) -> tuple[list[Row], list[Row]]:
    stated: list[Row] = []
    options: list[Row] = []
    part = slice(here.start, here.stop)
    for position, attribute in enumerate(catalogue.vocabulary.filtered):
        name = attribute["id"]
        if name in catalogue.numbers:
            numbers = catalogue.numbers[name]
            low, high = numbers.low[part].tolist(), numbers.high[part].tolist()
            for row in np.flatnonzero(numbers.stated[part]).tolist():
                value = number_value(low[row], high[row])
                fact = _fact(before + len(stated), here.start + row, name, value, position)
                stated.append(fact | {"number_low": low[row], "number_high": high[row]})
            continue
        known = catalogue.vocabulary.options(attribute)
        codes = catalogue.options[name][part]
        for row in np.flatnonzero(codes >= 0).tolist():
            option = known[codes[row]]
            value = option == "yes" if attribute["kind"] == "yes_no" else option
            options.append({"fact_id": before + len(stated) + 1, "option": option})
            stated.append(_fact(before + len(stated), here.start + row, name, value, position))
    return stated, options


def _fact(at: int, machine: int, attribute: str, value: Any, position: int) -> Row:
    return {
        "id": at + 1,
        "product_id": machine + 1,
        "attribute_id": attribute,
        "value": value,
        "number_low": None,
        "number_high": None,
        "source_id": source_id(machine + position),
        "note": None,
        "weak": False,
        "preferred": None,
        "accepted": True,
        "because": BECAUSE,
        "position": position,
    }


def _prices(catalogue: Catalogue, here: range) -> Iterator[Row]:
    for position, (currency, price) in enumerate(catalogue.prices.items()):
        for at in here:
            cents = int(price.cents[at])
            if cents < 0:
                continue
            yield {
                "id": at * len(catalogue.prices) + position + 1,
                "product_id": at + 1,
                "amount_cents": cents,
                "currency": currency,
                "seller": "Synthetic shop, not real",
                "terms": "regular",
                "as_of": month(int(price.month[at])),
                "source_id": source_id(at),
                "position": position,
            }
