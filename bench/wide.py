"""The same machines as one wide table in a SQLite file, as one would hand them to Datasette."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from bench.compared import PER_PAGE
from bench.flat import Flat, Many, Span
from bench.storing import sqlite_url

TABLE = "machine"


def write(flat: Flat, file: Path) -> None:
    """Make the file anew, each facet's column indexed; lists are JSON, as Datasette likes them."""
    sqlite_url(file)  # refuses a name that does not say synthetic
    file.unlink(missing_ok=True)
    columns = dict(_columns(flat))
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    with sqlite3.connect(file) as database:
        database.execute(f"CREATE TABLE {TABLE} ({names}, PRIMARY KEY (id))")
        database.executemany(
            f"INSERT INTO {TABLE} VALUES ({marks})",  # noqa: S608  (names of ours)
            zip(*columns.values(), strict=True),
        )
        for name in flat.one:
            database.execute(f"CREATE INDEX ix_{name} ON {TABLE} ({name})")
    database.close()


def address(flat: Flat, file: Path) -> str:
    """The page of the table with the ten compared facets."""
    asked = [("_facet", name) for name in flat.one]
    asked += [("_facet_array", name) for name in flat.many]
    return f"/{file.stem}/{TABLE}?{urlencode([*asked, ('_size', str(PER_PAGE))])}"


def _columns(flat: Flat) -> Iterator[tuple[str, list[object]]]:
    yield "id", flat.ids.tolist()
    yield "slug", list(flat.catalogue.slugs)
    yield "name", list(flat.catalogue.names)
    for name, one in flat.one.items():
        yield name, [one.values[code] for code in one.codes.tolist()]
    for name, many in flat.many.items():
        yield name, _lists(many)
    for name, span in flat.spans.items():
        yield name, _numbers(span)


def _lists(many: Many) -> list[object]:
    """Few lists stand for all machines, so each is spelled once."""
    packed = many.marks @ (1 << np.arange(len(many.values)))
    distinct, places = np.unique(packed, return_inverse=True)
    spelled = [
        json.dumps([value for place, value in enumerate(many.values) if code >> place & 1])
        for code in distinct.tolist()
    ]
    return [spelled[place] for place in places.tolist()]


def _numbers(span: Span) -> list[object]:
    pairs = zip(span.stated.tolist(), span.low.tolist(), strict=True)
    return [low if stated else None for stated, low in pairs]
