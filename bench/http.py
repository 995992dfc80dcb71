"""Whole answers over HTTP, on loopback: pages, JSON and 304, a bare route, and Datasette.

Run by `bench` in a process of its own for each size; prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from bench import servers, wide
from bench.compared import PER_PAGE, compared
from bench.engines import Material
from bench.engines.our_index import Full
from bench.engines.our_sql import state_cordless
from bench.flat import Flat
from bench.load import Asking, put
from bench.storing import site, sqlite_url
from bench.synthetic import draw
from bench.worker import percentiles
from bench.workload import addresses
from reviews_app import browse
from reviews_app.browse import Selection

MANY = 16
FEW = 4
FEWEST_IN_TIME = 8
MOST_ADDRESSES = 12_000
SMALL = 20_000
OF_ONE_CONNECTION = 3_000
SLUGS = 2_000
READERS = 8
CHANGES = 20

Result = dict[str, Any]


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    material = Material(asked.size, asked.folder / f"synthetic-{asked.size}.db")
    json.dump(measured(material, asked.seconds), sys.stdout)


def measured(material: Material, seconds: float) -> Result:
    """Every kind of answer, alone and sixteen at a time."""
    queries, engine_ms = _asked(material, seconds)
    with servers.site(material.file) as port:
        found = _site(port, queries, material, seconds)
        found["visible_in_all_workers"] = _visible(port, material)
        _, _, body = servers.get(port, f"/massagers?{queries[0]}")
    found["engine"] = engine_ms
    found["bytes"] = len(body)
    found["server"] = servers.server_settings()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(body)
        with servers.bare(page) as port:
            found["bare"] = _both(port, ["/"], seconds)
    return found | _datasette(material, seconds)


def _asked(material: Material, seconds: float) -> tuple[list[str], Result | None]:
    """Query strings of listings that find something, and how long the engine takes for them."""
    count = MOST_ADDRESSES if material.n <= SMALL else MOST_ADDRESSES // 2
    one = Full(material)
    one.build()
    vocabulary = browse.vocabulary()
    part = compared(vocabulary)
    queries, times = [], []
    for args in addresses(part, count):
        selection = Selection.from_args(args, vocabulary)
        total = one.answer(selection.with_page(1)).total
        if not total:
            continue
        selection = selection.with_page(min(selection.page, -(-total // PER_PAGE)))
        started = time.perf_counter()
        one.snapshot.find(selection, PER_PAGE)
        times.append(1000 * (time.perf_counter() - started))
        queries.append(urlencode(selection.as_args()))
    one.close()
    kept = dict(zip(queries, times, strict=True))
    alone = list(kept.values())[: OF_ONE_CONNECTION if material.n <= SMALL else count // 2]
    return list(kept), percentiles(alone)


def _site(port: int, queries: list[str], material: Material, seconds: float) -> Result:
    pages = [f"/massagers?{query}" for query in queries]
    answers = [f"/api/v1/massagers?{query}" for query in queries]
    slugs = [f"/massagers/{slug}" for slug in draw(material.n).slugs[:SLUGS]]
    _, headers, _ = servers.get(port, pages[0])
    unchanged = {"If-None-Match": headers["ETag"]}
    packed = {"Accept-Encoding": "gzip"}
    half = min(OF_ONE_CONNECTION, len(pages) // 2)
    return {
        "listing": _parted(port, pages, half, seconds),
        "json": _parted(port, answers, half, seconds),
        "product": _parted(port, slugs, len(slugs) // 3, seconds),
        "listing_again": _both(port, pages[:1], seconds),
        "unchanged": _both(port, pages[:1], seconds, unchanged),
        "listing_packed_again": _both(port, pages[:1], seconds, packed),
    }


def _parted(port: int, paths: Sequence[str], half: int, seconds: float) -> Result:
    """Every question a different address: one part for the one connection, the rest for many."""
    first, rest = Asking(paths[:half], once=True), Asking(paths[half:], once=True)
    return _loaded(port, (first, rest), MANY, seconds)


def _both(
    port: int, paths: Sequence[str], seconds: float, headers: dict[str, str] | None = None
) -> Result:
    asking = Asking(paths, headers or {})
    return _loaded(port, (asking, asking), MANY, seconds)


def _loaded(port: int, asking: tuple[Asking, Asking], many: int, seconds: float) -> Result:
    """By one connection, and by many unless one answer takes so long that few would come."""
    alone = put(port, asking[0], connections=1, seconds=seconds)
    found = {"one": alone.as_result()}
    if alone.p50 * FEWEST_IN_TIME < 1000 * seconds:
        found["many"] = put(port, asking[1], connections=many, seconds=seconds).as_result()
    return found


def _datasette(material: Material, seconds: float) -> Result:
    """Its page of the table with ten facets: as shipped, and allowed to finish every facet."""
    flat = Flat(draw(material.n))
    file = material.file.with_name(f"synthetic-wide-{material.n}.db")
    wide.write(flat, file)
    path = wide.address(flat, file)
    found = {}
    for name, limits in (("datasette_as_shipped", True), ("datasette_all_facets", False)):
        with servers.datasette(file, limits=limits) as port:
            found[name] = _loaded(port, (Asking([path]), Asking([path])), FEW, seconds)
    file.unlink()
    return found


def _visible(port: int, material: Material) -> Result | None:
    """From a commit by another process until every connection, of whatever worker, shows it."""
    codes = draw(material.n).options["cordless"]
    row = int(np.flatnonzero(codes >= 0)[0])
    was = bool(codes[row] == 0)
    times = []
    with site(sqlite_url(material.file)).app_context(), _readers(port) as readers:
        before = [_revision(one) for one in readers]
        for at in range(CHANGES):
            state_cordless(row + 1, cordless=was if at % 2 else not was)  # the last is as it was
            started = time.perf_counter()
            for place, one in enumerate(readers):
                while _revision(one) <= before[place]:
                    pass
                before[place] += 1
            times.append(1000 * (time.perf_counter() - started))
    return percentiles(times)


@contextmanager
def _readers(port: int) -> Iterator[list[HTTPConnection]]:
    """Connections that are kept open, so that all workers have some."""
    found = [HTTPConnection("127.0.0.1", port) for _ in range(READERS)]
    yield found
    for one in found:
        one.close()


def _revision(one: HTTPConnection) -> int:
    one.request("GET", "/api/v1/massagers?cordless=yes")
    revision: int = json.loads(one.getresponse().read())["revision"]
    return revision


if __name__ == "__main__":
    main()
