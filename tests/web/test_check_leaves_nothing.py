"""The proof that a check leaves nothing behind: a real server, a real file, every log turned on.

The ids of conditions stand in the database as content of the site, so searching it for them would
prove nothing: it must be the same, byte for byte, after every condition was ticked. Logs, headers
and every other file the server could write are searched for each id.
"""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from reviews_app.advise import conditions
from reviews_app.config import ROOT
from reviews_app.db import db

MARK = "quokka"
"""A word that stands nowhere on the site, looked for and sent as an answer."""

URLENCODED = "application/x-www-form-urlencoded"
CARRYING = "/check?p=hyperice-normatec-3-legs&type=ems"
SECONDS_TO_START = 30


@dataclass
class Told:
    """What the server told: status and headers of every answer."""

    statuses: list[int] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def keys(real_catalogue: Flask) -> frozenset[str]:
    with real_catalogue.app_context():
        return conditions().keys


@pytest.fixture
def database(real_catalogue: Flask, tmp_path: Path) -> Path:
    """A file with everything in it and nothing waiting to be written to it."""
    with real_catalogue.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("compares a file before and after")
    path = tmp_path / "database" / "legwise.db"
    path.parent.mkdir()
    source, copy = sqlite3.connect(str(engine.url.database)), sqlite3.connect(path)
    source.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    source.close()
    copy.close()
    return path


def test_a_check_of_every_condition_leaves_nothing_behind(
    database: Path, keys: frozenset[str], tmp_path: Path
) -> None:
    written = tmp_path / "written"
    written.mkdir()
    before = database.read_bytes()

    with a_server(database, written) as port:
        told = tick_everything(port, sorted(keys))

    assert told.statuses.count(200) == 2 * len(keys) + 3
    assert set(told.statuses) == {200, 400, 413, 415, 422}
    assert database.read_bytes() == before, "the database changed"
    waiting = database.with_name(f"{database.name}-wal")
    assert not waiting.exists() or waiting.read_bytes() == b""
    texts = {path.name: path.read_text(errors="replace") for path in files_below(written)}
    assert texts["access.log"].count("POST /check") == len(told.statuses)
    assert texts["error.log"]
    texts["headers"] = "\n".join(f"{name}: {value}" for name, value in told.headers)
    for name, text in texts.items():
        assert named_in(text, {*keys, MARK}) == set(), name


def test_the_search_finds_what_it_looks_for(keys: frozenset[str]) -> None:
    assert named_in("GET /check?condition=pad&x HTTP/1.1", keys) == {"pad"}
    assert named_in("{'condition': 'dvt-history'}", keys) == {"dvt-history"}
    assert named_in("a padded notepad, keypad-free", keys) == set()


def tick_everything(port: int, keys: list[str]) -> Told:
    """Every condition alone, with and without a massager, all at once, and forms that fail."""
    told = Told()

    def post(path: str, body: str, content_type: str = URLENCODED) -> None:
        # A browser sends where it comes from and what it was given: none of it may come back.
        given = {"Content-Type": content_type, "Referer": f"http://127.0.0.1:{port}{path}"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", path, body.encode(), given)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        told.statuses.append(answer.status)
        told.headers += answer.getheaders()

    for key in keys:
        post("/check", urlencode({"condition": key, "do": "check"}))
        post(CARRYING, urlencode({"condition": key, "do": "change"}))
    everything = [("condition", key) for key in keys]
    post("/check", urlencode([*everything, ("do", "check")]))
    post(CARRYING, urlencode([*everything, ("do", "check")]))
    post("/check", urlencode([*everything, ("find", MARK), ("do", "find")]))
    post("/check", urlencode([*everything, ("condition", MARK)]))
    post("/check", urlencode([*everything * 40, ("condition", MARK)]))
    post("/check", urlencode([*everything * 400, ("condition", MARK)]))
    post("/check", "--x\r\n" + str(everything) + MARK, "multipart/form-data; boundary=x")
    post("/check", str(everything) + MARK, "application/json")
    return told


@contextmanager
def a_server(database: Path, written: Path) -> Iterator[int]:
    """The site as it is served, but with an access log and every word of the error log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(written),
        "TMPDIR": str(written),
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": secrets.token_hex(),
        "LEGWISE_ENV": "production",
        "PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--workers=1", "--log-level=debug"]
    command += ["--capture-output", f"--error-logfile={written / 'error.log'}"]
    command += [f"--access-logfile={written / 'access.log'}"]
    with (written / "output.log").open("wb") as output:
        server = subprocess.Popen(  # noqa: S603 - ours
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not start")


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def named_in(text: str, keys: frozenset[str] | set[str]) -> set[str]:
    """Those of the keys that stand in the text as words of their own."""
    return {key for key in keys if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)}
