"""Another process writes while readers ask: every answer is that of SQL at its revision."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse.index import Index
from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from tests.browse import world
from tests.browse.index import writing
from tests.databases import NewDatabase, a_site

READERS = 2

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
    """A site with sixty machines, on a database that several processes can open."""
    with a_site(new_database, tmp_path / "catalogue.db") as app:
        with app.app_context():
            world.make()
            writing.add_first()
            raise_revision()
            db.session.commit()
        yield app


@pytest.mark.parametrize(
    ("seconds", "imported"), [(5, 300), pytest.param(60, 10_000, marks=pytest.mark.slow)]
)
def test_every_answer_is_that_of_sql_at_its_revision(
    site: Flask, seconds: int, imported: int
) -> None:
    with site.app_context():
        index = Index(db.engine)
        url = db.engine.url.render_as_string(hide_password=False)
    index.build()
    command = [sys.executable, "-m", writing.__name__, url, str(seconds), str(imported)]
    with (
        subprocess.Popen(command) as writer,  # noqa: S603 - our own words
        ThreadPoolExecutor(READERS) as pool,
    ):
        asking = [pool.submit(ask, site, index, writer) for _ in range(READERS)]
        compared = [revision for one in asking for revision in one.result()]
    index.close()

    assert writer.returncode == 0
    assert len(set(compared) - {None}) > 5
    assert any(total > imported for total in totals(compared))


def ask(site: Flask, index: Index, writer: subprocess.Popen[bytes]) -> list[tuple[int, int] | None]:
    """Compare until the writer is done."""
    compared = []
    for args in itertools.cycle(ASKED):
        with site.app_context():
            compared.append(compare(index, args))
        if writer.poll() is not None:
            return compared
    raise AssertionError("unreachable")


def compare(index: Index, args: list[tuple[str, str]]) -> tuple[int, int] | None:
    """Ask both; the revision and total they agree on, None where a change came between."""
    selection = Selection.from_args(args, browse.vocabulary())
    answered = index.find(selection)
    assert answered is not None
    db.session.rollback()
    expected = browse.find(selection)
    assert answered.revision <= expected.revision
    if answered.revision < expected.revision:
        return None
    assert answered == expected
    return answered.revision, answered.total


def totals(compared: list[tuple[int, int] | None]) -> list[int]:
    """How many machines the compared answers found."""
    return [one[1] for one in compared if one is not None]
