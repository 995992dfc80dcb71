"""Writes a synthetic catalogue as a bulk folder, which `flask catalogue import` takes.

Every source says that it is not real, and so does every name: nothing can pass for a machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench import rows
from bench.storing import NAME, NotSynthetic
from bench.synthetic import Catalogue
from bench.vocabulary import brands

BY_RULE = "deep-tissue"
"""A type that the importer gives; an editor, or a file, may not."""


def write(catalogue: Catalogue, folder: Path) -> None:
    """Fill a folder whose name says that it is synthetic; raises NotSynthetic for any other."""
    if NAME not in folder.name:
        raise NotSynthetic(
            f"{folder.name} does not have {NAME!r} in its name: nothing was written."
        )
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "sources.jsonl", _sources())
    _write_lines(folder / "products.jsonl", _products(catalogue))


def _write_lines(path: Path, found: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in found:
            file.write(json.dumps(one) + "\n")


def _sources() -> Iterator[dict[str, Any]]:
    for _, found in rows.shared():
        for row in found:
            if "url" in row:
                yield {
                    "id": row["id"],
                    "url": row["url"],
                    "title": row["title"],
                    "publisher": row["publisher"],
                    "kind": "manufacturer",
                    "accessed": row["seen_on"],
                }


def _products(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    types, areas = catalogue.vocabulary.ids("types"), catalogue.vocabulary.ids("areas")
    forms = catalogue.vocabulary.ids("forms")
    for at in range(catalogue.n):
        model, brand = int(catalogue.model[at]), int(catalogue.brand[at])
        given = [types[code] for code in np.flatnonzero(catalogue.types[at]).tolist()]
        yield {
            "slug": catalogue.slugs[at],
            "brand": None if brand < 0 else brands()[brand],
            "name": catalogue.names[at],
            "model": None if model < 0 else f"SYN-{model}",
            "massage_types": [one for one in given if one != BY_RULE],
            "body_areas": [areas[code] for code in np.flatnonzero(catalogue.areas[at]).tolist()],
            "form_factor": forms[catalogue.form[at]],
            "facts": list(_facts(catalogue, at)),
            "prices": list(_prices(catalogue, at)),
        }


def _facts(catalogue: Catalogue, at: int) -> Iterator[dict[str, Any]]:
    for position, attribute in enumerate(catalogue.vocabulary.filtered):
        name = attribute["id"]
        source = rows.source_id(at + position)
        if name in catalogue.numbers:
            numbers = catalogue.numbers[name]
            if numbers.stated[at]:
                value = rows.number_value(float(numbers.low[at]), float(numbers.high[at]))
                yield {"attribute": name, "value": value, "source": source}
        elif catalogue.options[name][at] >= 0:
            option = catalogue.vocabulary.options(attribute)[catalogue.options[name][at]]
            stated = option == "yes" if attribute["kind"] == "yes_no" else option
            yield {"attribute": name, "value": stated, "source": source}


def _prices(catalogue: Catalogue, at: int) -> Iterator[dict[str, Any]]:
    for currency, price in catalogue.prices.items():
        if price.cents[at] >= 0:
            yield {
                "amount": int(price.cents[at]) / 100,
                "currency": currency,
                "seller": "Synthetic shop, not real",
                "as_of": rows.month(int(price.month[at])),
                "source": rows.source_id(at),
            }
