"""Writers change the catalogue while readers ask: every answer is that of SQL at its revision."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse.index import Index
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from tests import factories
from tests.browse import world
from tests.databases import NewDatabase, a_site

T = TypeVar("T")

SECONDS = 60
IMPORTED = 600
"""So many at once are more than a patch takes: the index is built anew."""

ASKED: tuple[list[tuple[str, str]], ...] = (
    [],
    [("type", "compression")],
    [("heat", "yes"), ("heat", "unknown"), ("sort", "name")],
    [("brand", "calmo"), ("price_max", "80"), ("sort", "-price")],
    [("calf", "48cm"), ("weight_kg_min", "1")],
    [("page", "2")],
    [("q", "calmo vibra")],
)


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site with sixty machines, on a database that several threads can open."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            for n in range(60):
                add(random.Random(n), f"first-{n}")  # noqa: S311 - no secret
            raise_revision()
            db.session.commit()
        yield app


def add(chance: random.Random, slug: str) -> Product:
    return factories.a_product(
        slug,
        name=chance.choice(world.NAMES),
        brand_id=chance.choice([None, *world.BRANDS]),
        form_id=chance.choice(world.FORMS),
        types=chance.sample(sorted(world.MECHANISM_OF), 2),
        facts={"heat": chance.random() < 0.5, "weight_kg": chance.choice([0.5, 1.0, 2.5])},
        prices=[(chance.choice([5999, 7999, 9000]), "USD", "regular", "2026-06")],
    )


@pytest.mark.slow
def test_every_answer_is_that_of_sql_at_its_revision(site: Flask) -> None:
    with site.app_context():
        index = Index(db.engine)
    index.build()
    compared: list[int] = []

    def write() -> None:
        chance = random.Random(1)  # noqa: S311 - no secret
        for turn in for_a_while(itertools.count(1)):
            with site.app_context():
                one_change(chance, turn)

    def ask() -> None:
        for args in for_a_while(itertools.cycle(ASKED)):
            with site.app_context():
                compared.append(compare(index, args))

    with ThreadPoolExecutor(3) as pool:
        busy = [pool.submit(write), pool.submit(ask), pool.submit(ask)]
    index.close()

    for one in busy:
        one.result()  # raises what went wrong there
    assert len(compared) - compared.count(0) > 20
    assert len(set(compared)) > 10


def for_a_while(turns: Iterator[T]) -> Iterator[T]:
    over = time.monotonic() + SECONDS
    return itertools.takewhile(lambda _: time.monotonic() < over, turns)


def one_change(chance: random.Random, turn: int) -> None:
    """Add, change or retire a machine, import many at once, or do something and take it back."""
    changed = [add(chance, f"added-{turn}")]
    if turn % 50 == 0:
        changed += [add(chance, f"many-{turn}-{n}") for n in range(IMPORTED)]
    else:
        other = db.session.get_one(Product, chance.randint(1, 60))
        other.name = chance.choice(world.NAMES)
        other.retired_at = factories.retired() if chance.random() < 0.3 else None
        changed.append(other)
    db.session.flush()
    raise_revision([one.id for one in changed])
    if turn % 7 == 0:
        db.session.rollback()
    else:
        db.session.commit()
    time.sleep(0.05)


def compare(index: Index, args: list[tuple[str, str]]) -> int:
    """Ask both; the revision at which they were the same, 0 where a change came between."""
    selection = Selection.from_args(args, browse.vocabulary())
    answered = index.find(selection)
    assert answered is not None
    db.session.rollback()
    expected = browse.find(selection)
    assert answered.revision <= expected.revision
    if answered.revision < expected.revision:
        return 0
    assert answered == expected
    return answered.revision
