"""Starts servers on loopback and waits until they answer: the site, the bare route, Datasette."""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from bench.bare import BODY
from bench.storing import SECRET, sqlite_url
from reviews_app.config import ROOT
from tests.postgres import free_port

PATIENCE_SECONDS = 600.0
"""The site at a million machines builds its index first."""

SAME = ("worker_class", "workers", "threads")
"""The settings of the site's server that the bare route is given too."""


@contextmanager
def site(file: Path) -> Iterator[int]:
    """The port of the site, as `make run` serves it, once its index is there."""
    port = free_port()
    env = {"DATABASE_URL": sqlite_url(file), "PORT": str(port), "SECRET_KEY": SECRET}
    with _running(["gunicorn"], env, port, "/healthz"):
        yield port


@contextmanager
def bare(body: Path) -> Iterator[int]:
    """The port of a route that returns the bytes in a file, on the same server."""
    port = free_port()
    options = [f"--{name.replace('_', '-')}={value}" for name, value in server_settings().items()]
    command = ["gunicorn", "-c", "/dev/null", *options, "--no-control-socket", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "bench.bare:app"]
    with _running(command, {BODY: str(body)}, port, "/"):
        yield port


@contextmanager
def datasette(file: Path, *, limits: bool) -> Iterator[int]:
    """The port of Datasette on a file; without `limits` it may take its time over every facet."""
    port = free_port()
    command = ["datasette", "serve", "--immutable", str(file), "--port", str(port)]
    if not limits:
        for name in ("facet_time_limit_ms", "facet_suggest_time_limit_ms", "sql_time_limit_ms"):
            command += ["--setting", name, "300000"]
    with _running(command, {}, port, "/-/versions.json"):
        yield port


def server_settings() -> dict[str, Any]:
    """How the site is served."""
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    return {name: settings[name] for name in SAME}


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Any, bytes]:
    """Status, headers and body of one answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@contextmanager
def _running(command: list[str], env: dict[str, str], port: int, path: str) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603  (servers of the benchmark's own environment)
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(process, port, path)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if get(port, path)[0] == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer {path}.")
