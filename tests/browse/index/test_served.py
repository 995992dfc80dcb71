"""The site as it is served: workers that share one index, also after it was built anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask

from reviews_app.catalogue.revision import raise_revision
from reviews_app.config import ROOT
from reviews_app.db import db
from tests import factories
from tests.browse import world
from tests.databases import NewDatabase, a_site
from tests.postgres import free_port

PATIENCE_SECONDS = 60.0

AS_IF_LARGE = """
from reviews_app.browse import serving
from reviews_app.browse.index import holding

serving.MOST_BUILT_AT_ONCE = holding.MOST_BUILT_AT_ONCE = 1
exec(open("gunicorn.conf.py", encoding="utf-8").read())
"""


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site with three machines, on a database that several processes can open."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            for slug in ("one", "two", "three"):
                factories.a_product(slug)
            raise_revision()
            db.session.commit()
        yield app


@pytest.fixture
def port(site: Flask, tmp_path: Path) -> Iterator[int]:
    """Where it is served as a catalogue that takes long to index would be."""
    settings = tmp_path / "as_if_large.conf.py"
    settings.write_text(AS_IF_LARGE, encoding="utf-8")
    with site.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    free = free_port()
    env = {**os.environ, "DATABASE_URL": url, "PORT": str(free), "SECRET_KEY": "s" * 32}
    command = [sys.executable, "-m", "gunicorn", "-c", str(settings)]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stderr=log) as server,  # noqa: S603
    ):
        yield free
        server.terminate()


@pytest.mark.slow
def test_workers_get_the_index_their_parent_built_anew(
    site: Flask, port: int, tmp_path: Path
) -> None:
    until(lambda: status(port, "/healthz") == 200)
    first = workers(tmp_path)
    with site.app_context():
        factories.a_product("four")
        raise_revision()
        db.session.commit()

    assert all(total(port) == 4 for _ in range(20))  # by SQL, in every worker, at once
    until(lambda: "built anew" in (tmp_path / "log").read_text())
    until(lambda: len(workers(tmp_path)) >= len(first) + 2)
    assert all(total(port) == 4 for _ in range(20))


def until(true: Callable[[], bool]) -> None:
    over = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < over
        time.sleep(0.1)


def workers(folder: Path) -> list[str]:
    """A line of the log for every worker that was started."""
    lines = (folder / "log").read_text().splitlines()
    return [line for line in lines if "Booting worker" in line]


def total(port: int) -> int:
    return int(json.loads(get(port, "/api/v1/massagers")[1])["total"])


def status(port: int, path: str) -> int:
    try:
        return get(port, path)[0]
    except OSError:
        return 0


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", path)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found
