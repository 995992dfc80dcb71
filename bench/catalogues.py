"""Keeps synthetic catalogues from one run to the next, and makes them anew when they are stale.

`python -m bench.catalogues 10000 --into some/folder` makes one for other purposes; `--bulk` writes
it as a bulk folder instead, to measure imports with.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from bench import bulk
from bench.scored import METHOD_FILES
from bench.storing import store
from bench.synthetic import SEED, draw
from bench.vocabulary import SEED_DATA
from reviews_app.config import ROOT

MADE_FROM = (
    *(
        ROOT / "bench" / f"{name}.py"
        for name in ("synthetic", "vocabulary", "rows", "scored", "storing")
    ),
    *(SEED_DATA / f"{name}.toml" for name in ("taxonomy", "attributes")),
    SEED_DATA / "evidence" / "needs.toml",
    METHOD_FILES[-1],
)


def ready(n: int, folder: Path) -> Path:
    """The SQLite file of a catalogue of `n` machines, made if it is missing or stale."""
    folder.mkdir(parents=True, exist_ok=True)
    file, stamp = folder / f"synthetic-{n}.db", folder / f"synthetic-{n}.stamp"
    current = _stamp()
    if file.exists() and stamp.exists() and stamp.read_text() == current and _intact(n, file):
        return file
    (folder / f"workload-{n}.json").unlink(missing_ok=True)
    started = time.perf_counter()
    _say(f"Making a synthetic catalogue of {n:,} machines")
    store(draw(n), file)
    stamp.write_text(current)
    _say(f"… took {time.perf_counter() - started:.0f} s, {file.stat().st_size / 1e6:,.0f} MB")
    return file


def _intact(n: int, file: Path) -> bool:
    """Whether the one thing benchmarks change was changed back; a run may have been stopped."""
    asked = (
        "SELECT count(*) FROM fact JOIN fact_option ON fact_id = fact.id "
        "WHERE attribute_id = 'cordless' AND option = 'yes'"
    )
    with closing(sqlite3.connect(file)) as database:
        (found,) = database.execute(asked).fetchone()
    return bool(found == np.count_nonzero(draw(n).options["cordless"] == 0))


def _stamp() -> str:
    """Other words, other code or another schema make another catalogue."""
    digest = hashlib.blake2s(str(SEED).encode())
    migrations = sorted((ROOT / "reviews_app" / "migrations" / "versions").glob("*.py"))
    for path in (*MADE_FROM, *migrations):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def main() -> None:
    """Make catalogues of the sizes on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--into", type=Path, default=ROOT / ".bench")
    parser.add_argument("--bulk", action="store_true", help="as products.jsonl and sources.jsonl")
    asked = parser.parse_args()
    for n in asked.sizes:
        if asked.bulk:
            bulk.write(draw(n), asked.into / f"synthetic-bulk-{n}")
        else:
            ready(n, asked.into)


if __name__ == "__main__":
    main()
