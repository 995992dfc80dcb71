"""Writes the page of the benchmarks from their numbers: `python -m bench.report` does it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.engines import LABELS, NO_ANSWERS
from bench.targets import Results, Target, targets
from reviews_app.config import ROOT

RESULTS = ROOT / "docs" / "benchmarks.json"
BEGINS, ENDS = "<!-- From here: written by `make bench`. -->", "<!-- Until here. -->"

KINDS = {
    "listing": "listing, a new address each time",
    "json": "the same as JSON, a new address each time",
    "product": "page of a machine, another each time",
    "listing_again": "listing, the same address again",
    "listing_packed_again": "the same, compressed",
    "unchanged": "304",
    "bare": "bare Flask route, the same bytes",
    "datasette_as_shipped": "Datasette, table page with ten facets, as shipped",
    "datasette_all_facets": "Datasette, given the time for every facet",
}

FEWEST_FOR_MEMORY = 100_000
"""Below, libraries and not the index are what a process grows by."""

Rows = list[Sequence[str]]


def write(results: Path = RESULTS) -> None:
    """Put the numbers in their place on the page beside the file; all else on it stays."""
    page = results.with_suffix(".md")
    found = json.loads(results.read_text(encoding="utf-8"))
    text = (
        page.read_text(encoding="utf-8") if page.exists() else f"# Benchmarks\n\n{BEGINS}\n{ENDS}\n"
    )
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    body = "\n".join(_sections(found))
    page.write_text(f"{before}{BEGINS}\n\n{body}\n{ENDS}{after}", encoding="utf-8")


def _sections(results: Results) -> Iterator[str]:
    yield from _about(results)
    yield "## Met and not met\n"
    yield _table(("target", "bound", "measured", ""), [_target(one) for one in targets(results)])
    for size, found in results["sizes"].items():
        yield f"## One listing query, {int(size):,} machines\n"
        yield from _engines(found, int(size))
    for size, found in results["http"].items():
        yield f"## Over HTTP on loopback, {int(size):,} machines\n"
        yield from _http(found)


def _about(results: Results) -> Iterator[str]:
    about = results["about"]
    yield (
        f"Measured on {about['measured_on']} with `{about['command']}` at {about['commit']}: "
        f"{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB, "
        f"{about['system']}, Python {about['python']}; load of the machine at the start "
        f"{about['load_at_start']}.\n"
    )
    versions = {
        one["version"] for found in results["sizes"].values() for one in found["engines"].values()
    }
    yield f"Versions: {'; '.join(sorted(versions))}.\n"


def _target(one: Target) -> Sequence[str]:
    sign = "≤" if one.lower else "≥"
    return (
        one.name,
        f"{sign} {_bound(one)}",
        "–"
        if one.value is None
        else f"{_ratio(one.value) if one.unit == '×' else _number(one.value)} {one.unit}",
        one.met,
    )


def _bound(one: Target) -> str:
    return f"{_ratio(one.bound) if one.unit == '×' else _number(one.bound)} {one.unit}"


def _ratio(value: float) -> str:
    """Small ones as a fraction, as the targets are put."""
    return f"1/{1 / value:.1f}".removesuffix(".0") if 0 < value < 0.4 else f"{value:.2f}"


def _engines(found: dict[str, Any], n: int) -> Iterator[str]:
    head = (
        "engine",
        "p50 / p95, ms",
        "without words",
        "with words",
        "queries",
        "build, s",
        "memory, MB",
        "on disk, MB",
        "an update visible, ms",
    )
    engines = found["engines"]
    answering = {name: one for name, one in engines.items() if name not in NO_ANSWERS}
    yield _table(head, [_engine(name, one) for name, one in answering.items()])
    yield _limit(found["limit"], engines)
    without = engines.get("index-without-words")
    full = engines.get("index-full")
    if without and full and n >= FEWEST_FOR_MEMORY:
        yield (
            f"Memory of the whole index a machine: {full['held_mb'] * 1e6 / n:,.0f} bytes held, "
            f"{without['held_mb'] * 1e6 / n:,.0f} without the words; the process grew by "
            f"{full['memory_mb'] * 1e6 / n:,.0f} and {without['memory_mb'] * 1e6 / n:,.0f}.\n"
        )
    if full:
        patch = _pair(full["update_parts"].get("patch"))
        yield f"The patch alone, for one changed machine: {patch} ms.\n"
    yield "By the number of facets chosen in, p50 / p95 in ms:\n"
    counts = ("0", "1", "2", "3", "4")
    yield _table(
        ("engine", *counts),
        [
            (LABELS[name], *(_pair(one["by_facets"][count]) for count in counts))
            for name, one in answering.items()
        ],
    )


def _engine(name: str, one: dict[str, Any]) -> Sequence[str]:
    steps = one["build_s"]
    build = " + ".join(f"{_number(seconds)} ({step})" for step, seconds in steps.items())
    return (
        LABELS[name],
        _pair(one["all"]),
        _pair(one["without_words"]),
        _pair(one["with_words"]),
        f"{one['queries_answered']} ({one['answers_timed']:,})",
        build.replace(" (build)", "") if len(steps) == 1 else build or "–",
        _number(one["memory_mb"]),
        _number(one["disk_mb"]) if one["disk_mb"] else "–",
        _pair(one.get("update")),
    )


def _limit(limit: dict[str, Any], engines: dict[str, Any]) -> str:
    passes = {"c": "in C", "numpy": "in numpy"}
    words = [
        f"{_number(limit[name]['p50'])} ms {label}"
        for name, label in passes.items()
        if limit.get(name)
    ]
    line = f"The limit, a plain popcount pass over {limit['options']} options: {', '.join(words)}."
    fastest = limit.get("c") or limit["numpy"]
    ours = (engines.get("index") or {}).get("without_words")
    if ours:
        line += f" Our p50 without words is {ours['p50'] / fastest['p50']:.2f} × the first."
    return line + "\n"


def _http(found: dict[str, Any]) -> Iterator[str]:
    rows: Rows = []
    for kind, label in KINDS.items():
        if kind not in found:
            continue
        alone, many = found[kind]["one"], found[kind].get("many")
        failed = alone["failed"] + (many or {"failed": 0})["failed"]
        rows.append(
            (
                label,
                f"{_number(alone['p50'])} / {_number(alone['p95'])}",
                _number(alone["per_second"]),
                _number(many["per_second"]) if many else "–",
                f"{_number(many['p50'])} / {_number(many['p95'])}" if many else "–",
                f"{failed}" if failed else "",
            )
        )
    yield _table(
        ("", "one connection, p50 / p95 ms", "a second", "16: a second", "p50 / p95 ms", "failed"),
        rows,
    )
    server = ", ".join(f"{name} {value}" for name, value in found["server"].items())
    generators = {
        found[kind]["many"]["generator"] for kind in KINDS if "many" in found.get(kind, {})
    }
    yield (
        f"gunicorn ({server}); Datasette by 4 connections where it says 16; load by "
        f"{', '.join(sorted(generators))}. A page has {found['bytes']:,} bytes. The engine alone "
        f"takes {_pair(found['engine'])} ms for the same listings. A change committed by another "
        f"process is in every worker's answer after "
        f"{_pair(found['visible_in_all_workers'])} ms (eight connections asked in turn).\n"
    )


def _pair(found: dict[str, float] | None) -> str:
    return "–" if not found else f"{_number(found['p50'])} / {_number(found['p95'])}"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}" if value < 1 else f"{value:.2f}"


def _table(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---", *("--:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    write()
