"""Holds what was measured against what was promised, and says met, not met or not measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

LARGE, SMALL = "1000000", "1000"
WORDPRESS_PER_SECOND = 33
"""Its front page of 24 posts, measured before on a machine of this kind."""

Results = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """One promise. value is None where this run did not measure it; `lower` is better or not."""

    name: str
    bound: float
    value: float | None
    unit: str = "×"
    lower: bool = True

    @property
    def met(self) -> str:
        """In words."""
        if self.value is None:
            return "not measured in this run"
        held = self.value <= self.bound if self.lower else self.value >= self.bound
        return "met" if held else "**not met**"


def targets(results: Results) -> list[Target]:
    """Every target of the index and of whole answers, in order."""
    return [*_engine(results), *_http(results), *_freshness(results)]


def _engine(results: Results) -> Iterator[Target]:
    for other, label, p50, p95 in (("duckdb", "DuckDB", 15, 12), ("tantivy", "tantivy", 20, 30)):
        for name, times in (("p50", p50), ("p95", p95)):
            value = _value(partial(_ratio, results, other, "without_words", name))
            yield Target(f"{name} at 1 M without words, ours over {label}", 1 / times, value)
    value = _value(partial(_ratio, results, "tantivy", "with_words", "p95"))
    yield Target("p95 at 1 M with words, ours over tantivy", 1 / 3, value)


def _ratio(results: Results, other: str, part: str, name: str) -> float:
    engines = results["sizes"][LARGE]["engines"]
    return float(engines["index"][part][name] / engines[other][part][name])


def _http(results: Results) -> Iterator[Target]:
    http = results["http"]
    name = "growth of the listing's p50 from 1 k to 1 M, one connection, over the engine's own"
    yield Target(name, 1.2, _value(partial(_growth, http)))
    name = "listings a second at 1 M, 16 connections, over what two engines and pages allow"
    yield Target(name, 1.0, _value(partial(_of_two_processes, http)), lower=False)
    for label, kind, share in (
        ("a new address each time", "listing", 0.4),
        ("the same address again", "listing_again", 0.8),
        ("304", "unchanged", 0.8),
    ):
        name = f"requests a second at 1 k over the bare route: {label}"
        yield Target(name, share, _value(partial(_of_bare, http, kind)), lower=False)
    for size in http:
        name = f"Datasette's faceted page over our listing, requests a second, {_short(size)}"
        yield Target(name, 1 / 20, _value(partial(_of_datasette, http[size])))
    name = f"WordPress's front page ({WORDPRESS_PER_SECOND} a second) over our listing at 1 k"
    yield Target(name, 1 / 20, _value(partial(_of_wordpress, http)))


def _growth(http: Results) -> float:
    small, large = http[SMALL], http[LARGE]
    engine = large["engine"]["p50"] - small["engine"]["p50"]
    return float((large["listing"]["one"]["p50"] - small["listing"]["one"]["p50"]) / engine)


def _of_two_processes(http: Results) -> float:
    """Two processes, each for every listing the engine's time and the page's own."""
    own = http[SMALL]["listing"]["one"]["p50"] - http[SMALL]["engine"]["p50"]
    allowed = 2 * 1000 / (http[LARGE]["engine"]["mean"] + own)
    return float(http[LARGE]["listing"]["many"]["per_second"] / allowed)


def _of_bare(http: Results, kind: str) -> float:
    bare = http[SMALL]["bare"]["many"]["per_second"]
    return float(http[SMALL][kind]["many"]["per_second"] / bare)


def _of_datasette(found: Results) -> float:
    """As shipped it is the quicker, since it leaves facets out where they take long."""
    best = max(one["per_second"] for one in found["datasette_as_shipped"].values())
    return float(best / found["listing"]["many"]["per_second"])


def _of_wordpress(http: Results) -> float:
    return float(WORDPRESS_PER_SECOND / http[SMALL]["listing"]["many"]["per_second"])


def _freshness(results: Results) -> Iterator[Target]:
    for name, bound, unit, path in (
        (
            "a change visible in all workers at 1 M, p95",
            1000,
            "ms",
            ("http", LARGE, "visible_in_all_workers", "p95"),
        ),
        (
            "patch of one machine at 1 M, p50",
            10,
            "ms",
            ("sizes", LARGE, "engines", "index-full", "update_parts", "patch", "p50"),
        ),
        (
            "memory of the index without words at 1 M, a machine: what it holds",
            400,
            "bytes",
            ("sizes", LARGE, "engines", "index-without-words", "held_mb"),
        ),
        (
            "the same: what the process grew by while building it",
            400,
            "bytes",
            ("sizes", LARGE, "engines", "index-without-words", "memory_mb"),
        ),
    ):
        # A million bytes in a megabyte, and a million machines: the same number.
        yield Target(name, bound, _value(partial(_at, results, *path)), unit)


def _at(results: Results, *path: str) -> float:
    found = results
    for name in path:
        found = found[name]
    return float(cast(float, found))


def _value(of: Callable[[], float]) -> float | None:
    """None where something was not measured."""
    try:
        return of()
    except (KeyError, TypeError, ZeroDivisionError):
        return None


def _short(size: str) -> str:
    number = int(size)
    return f"{number // 1_000_000} M" if number >= 1_000_000 else f"{number // 1000} k"
