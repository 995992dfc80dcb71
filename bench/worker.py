"""Times one engine at one size, in a process of its own; `bench.run` starts it.

Prints one JSON object: how long it took to build, what it takes, how quickly it answers.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.compared import PER_PAGE, compared, selection_of
from bench.engines import NO_ANSWERS, NO_CHANGES, Engine, Material, engine
from bench.engines.our_index import Ours
from bench.storing import site, sqlite_url
from bench.synthetic import SEED, draw
from bench.weighing import weigh
from bench.workload import queries
from reviews_app import browse
from reviews_app.browse import Selection, Vocabulary

ROUNDS = 9
WARM_UP = 3
CHANGES = 20
FEWEST_OF_GROUP = 3


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--check", action="store_true", help="answer each query once, time nothing")
    asked = parser.parse_args()
    material = Material(asked.size, asked.folder / f"synthetic-{asked.size}.db")
    result = measured(asked.engine, material, asked.seconds, check=asked.check)
    json.dump(result, sys.stdout)


def measured(name: str, material: Material, seconds: float, *, check: bool) -> dict[str, Any]:
    """Everything about one engine; times in milliseconds, but for building in seconds."""
    before = _memory()
    one = engine(name, material)
    try:
        result: dict[str, Any] = {"build_s": one.build(), "version": one.version}
        _settle()
        result["memory_mb"] = (_memory() - before) / 1e6
        result["disk_mb"] = one.disk_bytes() / 1e6
        if isinstance(one, Ours):
            result["held_mb"] = weigh(one.snapshot) / 1e6
        if name in NO_ANSWERS:
            return result
        asked = workload(one, material, whole=name == "index-full")
        if check:
            return result | {"digests": [one.answer(selection).digest() for selection in asked]}
        result |= _answers(one, asked, seconds)
        return result if name in NO_CHANGES else result | _changes(one, material)
    finally:
        one.close()


def workload(one: Engine, material: Material, *, whole: bool) -> list[Selection]:
    """The queries at this size: a page past the last becomes the last.

    The engine that comes first works the pages out and keeps them for the others.
    """
    file = material.file.with_name(f"workload-{material.n}.json")
    vocabulary, part = _vocabularies(material)
    if not file.exists():
        drawn = [selection_of(query, part) for query in queries(part)]
        pages = [_last_page(one, selection) for selection in drawn]
        kept = [s.with_page(min(s.page, last)) for s, last in zip(drawn, pages, strict=True)]
        file.write_text(json.dumps([selection.as_args() for selection in kept]))
    # The whole listing too is put in the orders that all engines know.
    used = replace(vocabulary, sorts=part.sorts) if whole else part
    return [
        Selection.from_args([(name, value) for name, value in args], used)
        for args in json.loads(file.read_text())
    ]


def _vocabularies(material: Material) -> tuple[Vocabulary, Vocabulary]:
    with site(sqlite_url(material.file)).app_context():
        vocabulary = browse.vocabulary()
    return vocabulary, compared(vocabulary)


def _last_page(one: Engine, selection: Selection) -> int:
    return max(1, -(-one.answer(selection.with_page(1)).total // PER_PAGE))


def _answers(one: Engine, asked: list[Selection], seconds: float) -> dict[str, Any]:
    """Rounds of all queries, each in an order of its own, until the time is up."""
    random = np.random.default_rng(SEED)
    for selection in asked[:WARM_UP]:
        one.answer(selection)
    times: list[list[float]] = [[] for _ in asked]
    digests: dict[int, str] = {}
    ends = time.perf_counter() + seconds
    for _ in range(ROUNDS):
        for place in random.permutation(len(asked)).tolist():
            if time.perf_counter() > ends:
                break
            started = time.perf_counter()
            answer = one.answer(asked[place])
            times[place].append(1000 * (time.perf_counter() - started))
            digests.setdefault(place, answer.digest())
    return {"digests": [digests.get(place) for place in range(len(asked))]} | _summary(asked, times)


def _summary(asked: list[Selection], times: list[list[float]]) -> dict[str, Any]:
    """p50 and p95 of all, with and without words, and by the number of facets chosen in."""
    pairs = list(zip(asked, times, strict=True))
    groups = {
        "all": [each for _, found in pairs for each in found],
        "without_words": [each for s, found in pairs if not s.words for each in found],
        "with_words": [each for s, found in pairs if s.words for each in found],
    }
    by_facets = {
        str(count): [e for s, found in pairs if len(s.values) == count for e in found]
        for count in range(5)
    }
    return {
        "queries_answered": sum(bool(found) for found in times),
        "answers_timed": sum(map(len, times)),
        **{name: percentiles(found) for name, found in groups.items()},
        "by_facets": {name: percentiles(found) for name, found in by_facets.items()},
    }


def percentiles(found: list[float]) -> dict[str, float] | None:
    """p50, p95, the mean and how many there are; None for too few to speak of."""
    if len(found) < FEWEST_OF_GROUP:
        return None
    p50, p95 = np.percentile(found, (50, 95)).tolist()
    return {"p50": p50, "p95": p95, "mean": float(np.mean(found)), "n": len(found)}


def _changes(one: Engine, material: Material) -> dict[str, Any]:
    """How long until a changed machine is in the next answer; each is changed back."""
    codes = draw(material.n).options["cordless"]
    rows = np.flatnonzero(codes >= 0)[: CHANGES // 2].tolist()
    times: list[float] = []
    parts: dict[str, list[float]] = {}
    for row in rows:
        was = codes[row] == 0
        for now in (not was, was):
            started = time.perf_counter()
            steps = one.change(row + 1, cordless=bool(now))
            times.append(1000 * (time.perf_counter() - started))
            for name, seconds in steps.items():
                parts.setdefault(name, []).append(1000 * seconds)
    return {
        "update": percentiles(times),
        "update_parts": {name: percentiles(found) for name, found in parts.items()},
    }


def _settle() -> None:
    """Give back what building left over, as a server that is about to fork does."""
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):  # there may be another C library
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _memory() -> int:
    taken: int = psutil.Process().memory_info().rss
    return taken


if __name__ == "__main__":
    main()
