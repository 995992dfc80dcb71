"""A server of its own that is killed while people write, and what those people were told.

Writers keep their own list of what the server acknowledged. Afterwards the database must hold each
of these once, and nothing twice.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import IO
from urllib.parse import urlencode

from reviews_app.config import ROOT
from tests.reviews.readers.writing import text_by

PATIENCE_SECONDS = 30.0
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WAITING = re.compile(r'href="/moderation/(\d+)"')
SITE = "tests.reviews.readers.unlimited:site()"


@dataclass
class Acknowledged:
    """What was answered with success, by whom: titles of reviews, numbers of decided reviews."""

    sent: set[tuple[int, str]] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """Somebody who is signed in, with a cookie and a token that outlive the server."""

    def __init__(self, port: int, account_id: int, cookie: str) -> None:
        self.port, self.account_id, self.cookie = port, account_id, cookie
        self.token = ""
        # Of this machine, and nobody else's: people at one address may be a ring.
        self.address = f"127.1.{account_id // 256}.{account_id % 256}"

    def get(self, path: str) -> str:
        """A page; raises OSError or HTTPException where nobody answers."""
        with self._asked("GET", path) as answer:
            return answer.read().decode()

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status of the answer to a form; raises as `get` does."""
        if not self.token:
            found = TOKEN.search(self.get("/account"))
            assert found is not None
            self.token = found[1]
        body = urlencode({"csrf_token": self.token, **fields})
        with self._asked("POST", path, body) as answer:
            answer.read()
            return answer.status

    @contextmanager
    def _asked(self, method: str, path: str, body: str | None = None) -> Iterator[HTTPResponse]:
        connection = HTTPConnection(
            "127.0.0.1",
            self.port,
            timeout=PATIENCE_SECONDS,
            source_address=(self.address, 0),
        )
        headers = {"Cookie": f"session={self.cookie}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            yield connection.getresponse()
        finally:
            connection.close()


@contextmanager
def served(
    url: str,
    port: int,
    site: str = SITE,
    *options: str,
    log: IO[bytes] | int = subprocess.DEVNULL,
    **more: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """The real server on a port, with all its workers in a group that can be killed at once.

    `options` are those of gunicorn, `more` are settings of the site; its log goes to `log`.
    """
    settings = {"DATABASE_URL": url, "PORT": str(port), "SECRET_KEY": "s" * 32, **more}
    command = [sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), *options, site]
    server = subprocess.Popen(  # noqa: S603  (our own)
        command, env={**os.environ, **settings}, cwd=ROOT, start_new_session=True, stderr=log
    )
    try:
        yield server
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE_SECONDS)


def wait_for(port: int) -> None:
    """Until the server answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError("The server did not start.")


def write(person: Person, slugs: Iterator[str], said: Acknowledged, over: threading.Event) -> None:
    """Send reviews until the server is gone; half of what broke off is sent again next time."""
    chance = random.Random(person.account_id)  # noqa: S311
    again: list[str] = []
    while not over.is_set():
        slug = again.pop() if again else next(slugs)
        title = f"Synthetic {person.account_id} on {slug}"
        fields = {
            "rating": str(chance.randint(1, 5)),
            "title": title,
            "text": text_by(person.account_id),
            "months_owned": "6",
            "how_got": "bought",
            "tie": "no-tie",
        }
        try:
            status = person.post(f"/massagers/{slug}/reviews/new", fields)
        except (OSError, HTTPException):
            if chance.random() < 0.5:
                again.append(slug)
            continue
        assert status == 303, status
        with said.lock:
            said.sent.add((person.account_id, title))


def moderate(person: Person, said: Acknowledged, over: threading.Event) -> None:
    """Publish what waits until the server is gone."""
    while not over.is_set():
        try:
            for number in dict.fromkeys(WAITING.findall(person.get("/moderation"))):
                fields = {"verdict": "publish", "version": "1"}
                status = person.post(f"/moderation/{number}/decision", fields)
                assert status in {303, 409}, status  # decided, and the answer was lost
                if status == 303:
                    with said.lock:
                        said.published.add(int(number))
        except (OSError, HTTPException):
            continue
