"""What only the real server can show: limits over its workers and restarts, its log, its memory."""

from __future__ import annotations

import json
import logging
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.accounts import queries
from reviews_app.db import db
from reviews_app.limits import LimitUse
from reviews_app.web.limiting import LIMITS
from reviews_app.web.rights import RIGHTS
from tests.databases import NewDatabase, a_site
from tests.people import PASSWORD, TOKEN, an_account, signed_in
from tests.postgres import free_port
from tests.reviews.readers.crashing import PATIENCE_SECONDS, served, wait_for
from tests.test_config import GOOD_SECRET
from tests.web.test_rights import FILLED

pytestmark = pytest.mark.slow

LOG = logging.getLogger(__name__)

SITE = "reviews_app:create_app()"
SIGN_IN = "/account/sign-in"
WRONG = "not the password of anybody"
TOO_MANY = 429

WORKERS = 4
AT_ONCE = 8
MORE = 15
"""So many more than a limit allows are sent."""

FORGED = 1_000

SIGN_INS = 64
PAGES = 64
PACE_SECONDS = 0.02
"""Between two readers who ask for a page meanwhile."""
MOST_GROWTH_BYTES = 300 * 2**20


class Browser:
    """A session and its token, which any number of threads send at once."""

    def __init__(self, app: Flask, port: int, *, is_in: bool = False) -> None:
        self.port, self.cookie = port, ""
        if is_in:
            cookie = signed_in(app).get_cookie("session")
            assert cookie is not None
            self.cookie = f"session={cookie.value}"
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("GET", "/account" if is_in else SIGN_IN, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        self.cookie = self.cookie or str(answer.headers["Set-Cookie"]).partition(";")[0]
        found = TOKEN.search(answer.read().decode())
        connection.close()
        assert found is not None
        self.token = found[1]

    def post(self, path: str, fields: dict[str, str], **headers: str) -> int:
        """The status of what the server answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        sent = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection.request("POST", path, urlencode({"csrf_token": self.token, **fields}), sent)
        status = connection.getresponse().status
        connection.close()
        return status

    def again(self, path: str, fields: dict[str, str], _number: int) -> int:
        """The same, for whoever counts."""
        return self.post(path, fields)


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """The database that the server shares, and the site beside it to make people in."""
    with a_site(new_database, tmp_path / "site.db") as app:
        yield app


@contextmanager
def _running(
    site: Flask, *options: str, log: IO[bytes] | int = subprocess.DEVNULL, **more: str
) -> Iterator[int]:
    port = free_port()
    url = site.config["SQLALCHEMY_DATABASE_URI"]
    with served(url, port, SITE, *options, log=log, **more):
        wait_for(port)
        yield port


def _at_once(do: Callable[[int], int], many: int) -> list[int]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, range(many)))


def _let_through(statuses: Iterable[int]) -> int:
    return sum(status != TOO_MANY for status in statuses)


def _forget_counts(site: Flask) -> None:
    with site.app_context():
        db.session.execute(sa.delete(LimitUse))
        db.session.commit()


def _path(site: Flask, endpoint: str) -> str:
    rule = next(iter(site.url_map.iter_rules(endpoint)))
    values = {name: FILLED.get(name, 1) for name in rule.arguments}
    return str(site.url_map.bind("localhost").build(endpoint, values, method="POST"))


def _bound(endpoint: str, *, is_in: bool) -> int:
    """How often a form may be sent by one browser from one address."""
    counted = LIMITS[endpoint]
    apply = [one for one in counted if "known device" not in one.limit.name]
    if not is_in:
        apply = [one for one in apply if "own account" not in one.limit.name]
    return min(one.limit.times for one in apply)


def test_every_limit_counts_exactly_over_four_workers(site: Flask) -> None:
    found = {}
    with _running(site, "--workers", str(WORKERS)) as port:
        visitor = Browser(site, port)
        for endpoint in LIMITS:
            _forget_counts(site)
            is_in = not RIGHTS[endpoint].visitors
            browser = Browser(site, port, is_in=True) if is_in else visitor
            _forget_counts(site)  # also what signing in has counted
            path, bound = _path(site, endpoint), _bound(endpoint, is_in=is_in)
            fields = {
                "email": "synthetic@people.example",
                "public_name": "Synthetic Person",
                "password": WRONG,
            }
            statuses = _at_once(partial(browser.again, path, fields), bound + MORE)
            found[endpoint] = (_let_through(statuses), bound)
    LOG.info("let through, and the bound: %s", found)

    assert {name: one for name, one in found.items() if one[0] != one[1]} == {}
    assert len(found) == len(LIMITS) > 14


def test_a_limit_outlives_the_server_and_no_forged_address_moves_it(site: Flask) -> None:
    fields = {"email": "synthetic@people.example", "password": WRONG}
    with _running(site, "--workers", str(WORKERS)) as port:
        browser = Browser(site, port)
        first = _at_once(lambda _: browser.post(SIGN_IN, fields), 30)
    with _running(site, "--workers", str(WORKERS)) as port:
        browser.port = port
        again = _at_once(lambda _: browser.post(SIGN_IN, fields), 10)
        _forget_counts(site)
        forged = _at_once(
            lambda n: browser.post(
                SIGN_IN,
                {"email": f"{n}@people.example", "password": WRONG},
                X_Forwarded_For=f"203.0.{n // 250}.{n % 250}",
            ),
            FORGED,
        )

    assert [_let_through(some) for some in (first, again, forged)] == [10, 0, 20]


def test_behind_a_proxy_of_ours_only_what_it_added_counts(site: Flask) -> None:
    def posted(number: int, said: str) -> int:
        fields = {"email": f"{number}@people.example", "password": WRONG}
        return browser.post(SIGN_IN, fields, X_Forwarded_For=said)

    with _running(site, TRUSTED_PROXIES="1") as port:
        browser = Browser(site, port)
        forged = _at_once(lambda n: posted(n, f"203.0.113.{n}, 192.0.2.7"), 60)
        honest = _at_once(lambda n: posted(n, f"192.0.2.{n + 10}"), 60)

    assert [_let_through(some) for some in (forged, honest)] == [20, 60]


def test_every_line_of_a_real_server_is_read_by_programs(site: Flask, tmp_path: Path) -> None:
    with (
        (tmp_path / "log").open("wb") as file,
        _running(site, log=file, LEGWISE_ENV="production", SECRET_KEY=GOOD_SECRET) as port,
    ):
        browser = Browser(site, port)
        for number in range(12):
            browser.post(SIGN_IN, {"email": "canary@people.example", "password": WRONG})
            browser.post(f"/account/recovery/canary-{number}", {"password": "canary"})
        browser.post("/account/name%1B%0Acanary", {})
    text = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in text.splitlines()]

    assert [line["event"] for line in lines].count("sign-in") == 10
    assert [line["event"] for line in lines].count("limit") == 2
    assert "canary" not in text
    assert "127.0.0.1 " not in text


def test_sixty_four_sign_ins_at_once_all_get_in_and_take_little_memory(site: Flask) -> None:
    """Pages asked for meanwhile do not wait for them; how long they take is printed."""
    with site.app_context():
        first = queries.get_account(an_account(email="synthetic-0@many.example"))
        for number in range(1, SIGN_INS):
            one = queries.make_account(
                f"synthetic-{number}@many.example", "Synthetic", password=first.password
            )
            one.confirmed_at = queries.now()
        db.session.commit()
    with _running(site, TRUSTED_PROXIES="1") as port:
        browsers = [Browser(site, port) for _ in range(SIGN_INS)]
        _page_seconds(port)
        before = _memory(port)
        with ThreadPoolExecutor(PAGES + SIGN_INS) as pool:
            began = time.perf_counter()
            signing = [pool.submit(_sign_in, one) for one in enumerate(browsers)]
            reading = []
            while not all(one.done() for one in signing):  # at a fixed pace, whoever waits
                reading.append(pool.submit(_page_seconds, port))
                time.sleep(PACE_SECONDS)
            lasted = time.perf_counter() - began
            statuses = [one.result() for one in signing]
            taken = [one.result() for one in reading]
        grown = _memory(port) - before
    slow = statistics.quantiles(taken, n=20)[-1]
    LOG.info(
        "%s sign-ins in %.2f s; %s pages meanwhile, p95 %.0f ms; peak memory +%.0f MB",
        SIGN_INS, lasted, len(taken), slow * 1000, grown / 2**20,
    )  # fmt: skip

    assert statuses == [302] * SIGN_INS
    assert grown <= MOST_GROWTH_BYTES
    assert slow <= lasted / 2  # where they wait, it is nearly all of it


def _sign_in(numbered: tuple[int, Browser]) -> int:
    number, browser = numbered
    fields = {"email": f"synthetic-{number}@many.example", "password": PASSWORD}
    return browser.post(SIGN_IN, fields, X_Forwarded_For=f"192.0.2.{number}")


def _page_seconds(port: int) -> float:
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/massagers")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return time.perf_counter() - began


def _memory(port: int) -> int:
    """The most that the workers have ever held, added up: their pages, also those they share."""
    total = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "environ").read_bytes()
            held = (path / "status").read_text()
        except OSError:
            continue
        if f"PORT={port}\0".encode() in command:
            total += int(held.partition("VmHWM:")[2].split()[0]) * 1024
    return total
