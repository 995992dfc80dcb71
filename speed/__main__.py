"""`python -m speed [RUNS]`: measures five pages, and a choice in the listing, as on a slow phone.

The site is served by gunicorn from a scratch database that holds `seed_data`, as `make run` does.
Needs a Chromium on this machine, which had better do nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from reviews_app.config import ROOT
from speed.loading import ONE_LINE, PAGES, Choice, Felt, choose, load

BIN = Path(sys.executable).parent
MOST_PAINT_MS, MOST_SHIFT, MOST_BYTES, MOST_TASK_MS = 1_500, 0.02, 120_000, 50
SECONDS_TO_START = 60
VISITS_BEFORE = 8
"""Of every page, so that each worker has answered it: what is measured is not the first ever."""


def main() -> None:
    """Print a table with the median of some runs for every page."""
    parser = argparse.ArgumentParser(prog="python -m speed", description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="?", type=int, default=5)
    runs = parser.parse_args().runs
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine: nothing was measured.")
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _measure(browser, address, runs)
        browser.close()


def _measure(browser: Browser, address: str, runs: int) -> None:
    _say(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, Chromium {browser.version}, {_machine()}.")
    _say(f"Median of {runs} first visits each. {_load()}\n")
    for path in PAGES.values():
        for _ in range(VISITS_BEFORE):
            urllib.request.urlopen(f"{address}{path}").close()  # noqa: S310  (this machine)
    _say("| page | largest paint | shift | transfer | requests | longest task | visits over it |")
    _say("|---|---|---|---|---|---|---|")
    for name, path in {"(one line of text)": ONE_LINE, **PAGES}.items():
        loads = [load(browser, f"{address}{path}", slow=True) for _ in range(runs)]
        _say(_row(name, loads))
    choices = [choose(browser, f"{address}{PAGES['listing']}", slow=True) for _ in range(runs)]
    _say(f"\n{_chosen(choices)}")


def _row(name: str, loads: Sequence[Felt]) -> str:
    paint = statistics.median(one.paint_ms for one in loads)
    shift = max(one.shift for one in loads)
    transfer = statistics.median(one.transfer_bytes for one in loads)
    tasks = [one.longest_task_ms for one in loads]
    over = sum(one > MOST_TASK_MS for one in tasks)
    task = statistics.median(tasks)
    return (
        f"| {name} | {paint / 1000:.2f} s{_missed(paint > MOST_PAINT_MS)} "
        f"| {shift:.3f}{_missed(shift > MOST_SHIFT)} "
        f"| {transfer / 1000:.0f} kB{_missed(transfer > MOST_BYTES)} | {loads[0].requests} "
        f"| {_task(task)}{_missed(task > MOST_TASK_MS)} | {over} of {len(tasks)} |"
    )


def _chosen(choices: Sequence[Choice]) -> str:
    answer = statistics.median(one.answer_ms for one in choices)
    task = statistics.median(one.longest_task_ms for one in choices)
    seconds = f"{answer / 1000:.2f} s"
    return f"A choice in the listing: {seconds} until it is shown; longest task {_task(task)}."


def _task(task_ms: float) -> str:
    return f"{task_ms:.0f} ms" if task_ms else "under 50 ms"


def _missed(missed: bool) -> str:
    return " (missed)" if missed else ""


def _machine() -> str:
    return f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"


def _load() -> str:
    """What else the machine did: over its number of processors, times are too long."""
    return f"Load of the machine before: {os.getloadavg()[0]:.1f}."


@contextmanager
def _served() -> Iterator[str]:
    """Where the site answers as it is run, until all is measured."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environ = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/speed.db", "PORT": str(port)}
        for words in (("db", "upgrade"), ("catalogue", "import", "seed_data")):
            _run([str(BIN / "flask"), "--app", "reviews_app", *words], environ)
        server = subprocess.Popen(  # noqa: S603  (our own)
            [BIN / "gunicorn"], cwd=ROOT, env=environ, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _run(command: Sequence[str], environ: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  (our own)
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)


def _wait_for(address: str) -> None:
    for _ in range(SECONDS_TO_START * 5):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310  (this machine)
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"The site did not come up within {SECONDS_TO_START} seconds.")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (a command says what it found)


if __name__ == "__main__":
    main()
