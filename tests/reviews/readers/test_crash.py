"""The server is killed while people write: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.db import db
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.models import (
    ProductRating,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
)
from reviews_app.reviews.readers.rating import Rating, rating_of
from reviews_app.reviews.readers.rules import Action
from tests.databases import NewDatabase, a_site
from tests.factories import a_product
from tests.people import an_account, signed_in
from tests.postgres import free_port
from tests.reviews.readers.crashing import (
    Acknowledged,
    Person,
    moderate,
    served,
    wait_for,
    write,
)

WRITERS = 4
"""How many write at a time."""

SHIFTS = 4
"""How many times as many people there are: nobody writes about a machine twice."""

MACHINES = 2_000


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    with a_site(new_database, tmp_path / "reviews.db") as app:
        with app.app_context():
            for n in range(MACHINES):
                a_product(f"machine-{n}")
            db.session.commit()
        yield app


def person(app: Flask, port: int, *roles: str) -> Person:
    with app.app_context():
        account_id = an_account(*roles)
    cookie = signed_in(app, account_id=account_id).get_cookie("session")
    assert cookie is not None
    return Person(port, account_id, cookie.value)


@pytest.mark.slow
@pytest.mark.parametrize("cycles", [12, pytest.param(500, id="all 500")])
def test_nothing_acknowledged_is_lost_or_doubled(site: Flask, cycles: int) -> None:
    with site.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    port, said, chance = free_port(), Acknowledged(), random.Random(1)  # noqa: S311
    writers = [person(site, port) for _ in range(WRITERS * SHIFTS)]
    moderator = person(site, port, "moderator")
    slugs = [iter([f"machine-{n}" for n in range(MACHINES)]) for _ in writers]
    crew = list(zip(writers, slugs, strict=True))
    back = []
    for cycle in range(cycles):
        began, over = time.monotonic(), threading.Event()
        with served(url, port):
            wait_for(port)
            back.append(time.monotonic() - began)
            threads = [
                *(
                    threading.Thread(target=write, args=(one, of, said, over))
                    for one, of in crew[cycle % SHIFTS :: SHIFTS]
                ),
                threading.Thread(target=moderate, args=(moderator, said, over)),
            ]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.1, 1.0))
        over.set()
        for thread in threads:
            thread.join()
    with site.app_context():
        check(said)
    print(f"\n{cycles} kills, {len(said.sent)} reviews and {len(said.published)} decisions kept")  # noqa: T201
    middle, late = (sorted(back)[int(len(back) * share)] for share in (0.5, 0.95))
    print(f"back after {middle:.2f} s, p95 {late:.2f} s, at worst {max(back):.2f} s")  # noqa: T201


def check(said: Acknowledged) -> None:
    """What the database holds against what people were told, and its sums against a recount."""
    assert len(said.sent) > 10
    rows = db.session.execute(
        sa.select(ReaderReview.account_id, ReviewVersion.title).join(
            ReviewVersion, ReviewVersion.review_id == ReaderReview.id
        )
    )
    stored = Counter((account_id, title) for account_id, title in rows)
    assert said.sent <= set(stored)
    assert max(stored.values()) == 1
    entries = log.all_entries()
    assert log.broken_at(entries) is None
    published = Counter(one.review_id for one in entries if one.action == Action.PUBLISHED)
    assert said.published <= set(published)
    assert max(published.values(), default=0) <= 1
    received = Counter(one.review_id for one in entries if one.action == Action.RECEIVED)
    assert set(received) == set(db.session.scalars(sa.select(ReaderReview.id)))
    assert set(received.values()) == {1}
    assert ratings() == recounted()
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(sa.text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert not db.session.execute(sa.text("PRAGMA foreign_key_check")).all()


def ratings() -> dict[int, Rating]:
    return {
        one.product_id: Rating(one.published, one.counted, one.mean_centi, one.shrunk_centi)
        for one in db.session.scalars(sa.select(ProductRating))
    }


def recounted() -> dict[int, Rating]:
    rows = db.session.execute(
        sa.select(PublishedReview.product_id, ReviewVersion.rating)
        .join(ReviewVersion, ReviewVersion.id == PublishedReview.version_id)
        .order_by(PublishedReview.product_id)
    )
    stars = itertools.groupby(rows, key=lambda row: row[0])
    return {
        product_id: rating_of(given := [row[1] for row in group], len(given))
        for product_id, group in stars
    }
