"""`python -m bench 1000 10000`: measures everything side by side, and writes it down.

First every engine answers every query at 1,000 machines as our SQL does; one that does not ends the
run before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import limit, machine, report
from bench.catalogues import ready
from bench.engines import ENGINES, LABELS, NO_ANSWERS
from reviews_app.config import ROOT

CHECKED_AT = 1000
ORACLE = "sqlite"
RESULTS = ROOT / "docs" / "benchmarks.json"

Result = dict[str, Any]


def main() -> None:
    """Measure what the command line asks for."""
    asked = _arguments()
    results: Result = {"about": machine.about(_command(asked)), "sizes": {}, "http": {}}
    results["about"]["seconds_per_engine"] = asked.seconds
    ready(CHECKED_AT, asked.folder)
    _check(asked.engines, asked.folder)
    for n in asked.sizes:
        ready(n, asked.folder)
        results["sizes"][str(n)] = {
            "limit": limit.measured(n),
            "engines": {name: _timed(name, n, asked) for name in asked.engines},
        }
        _compare(results["sizes"][str(n)]["engines"], n)
    if asked.http:
        for n in asked.sizes:
            more = (str(n), str(asked.folder), "--seconds", str(asked.http_seconds))
            results["http"][str(n)] = _run("bench.http", *more)
    asked.results.write_text(json.dumps(_rounded(results), indent=1) + "\n", encoding="utf-8")
    report.write(asked.results)
    _say(f"Wrote {asked.results.name} and the page beside it.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--seconds", type=float, default=8, help="of questions per engine and size")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--http-seconds", type=float, default=5, help="of load per page")
    parser.add_argument("--no-http", dest="http", action="store_false")
    return parser.parse_args()


def _command(asked: argparse.Namespace) -> str:
    sizes = " ".join(map(str, asked.sizes))
    return f'make bench SIZES="{sizes}" SECONDS={asked.seconds:g}'


def _check(engines: list[str], folder: Path) -> None:
    """Ends the run when an engine does not answer as the oracle does."""
    answering = [name for name in engines if name not in NO_ANSWERS]
    found = {
        name: _worker(name, CHECKED_AT, folder, "--check")["digests"]
        for name in dict.fromkeys(("index", ORACLE, *answering))
    }
    for name, digests in found.items():
        wrong = [at for at, digest in enumerate(digests) if digest != found[ORACLE][at]]
        if wrong:
            raise SystemExit(f"{LABELS[name]} answers {len(wrong)} queries otherwise: {wrong[:10]}")
    count = len(found[ORACLE])
    _say(f"All {len(found)} engines give the same {count} answers at {CHECKED_AT:,} machines.")


def _timed(name: str, n: int, asked: argparse.Namespace) -> Result:
    result = _worker(name, n, asked.folder, "--seconds", str(asked.seconds))
    p50 = (result.get("all") or {}).get("p50")
    _say(f"{n:>9,}  {LABELS[name]:<48} " + ("" if p50 is None else f"p50 {p50:9.2f} ms"))
    return result


def _compare(engines: dict[str, Result], n: int) -> None:
    """At every size, whatever was answered must be the same; then only how many is kept."""
    reference: list[str | None]
    reference = next((one["digests"] for one in engines.values() if "digests" in one), [])
    for name, one in engines.items():
        digests = one.pop("digests", [])
        both = [(a, b) for a, b in zip(digests, reference, strict=False) if a and b]
        if any(a != b for a, b in both):
            raise SystemExit(f"{LABELS[name]} answers otherwise at {n:,} machines.")
        one["answers_compared"] = len(both)


def _worker(name: str, n: int, folder: Path, *more: str) -> Result:
    return _run("bench.worker", name, str(n), str(folder), *more)


def _run(module: str, *arguments: str) -> Result:
    """What a module prints, run in a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(arguments)} failed:\n{done.stderr}")
    result: Result = json.loads(done.stdout)
    return result


def _rounded(value: Any) -> Any:
    """Four significant digits: the rest is noise."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
