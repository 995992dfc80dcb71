"""What is read of a revision is read once, by whoever asks first, and never of another revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from reviews_app.browse.index.polling import Poll
from reviews_app.catalogue import remembering
from reviews_app.catalogue.queries import all_attributes
from reviews_app.catalogue.remembering import each_once, once_a_revision
from reviews_app.catalogue.revision import raise_revision
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import db
from tests import factories
from tests.databases import NewDatabase, a_site


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """A site at its first revision that remembers; in memory all sessions would be one."""
    with a_site(new_database, tmp_path / "site.db") as app, app.app_context():
        factories.an_attribute("heat", label="Warms")
        raise_revision()
        db.session.commit()
        poll = Poll(db.engine)
        remembering.start(poll.revision)
        yield app
        remembering.stop()
        poll.close()


class Reader:
    """Doubles numbers that are not negative, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, keys: list[int]) -> dict[int, int]:
        self.asked.append(keys)
        return {key: 2 * key for key in keys if key >= 0}


def test_a_thing_is_read_once_a_revision(site: Flask) -> None:
    read = Reader()

    assert each_once("doubles", [1, 2, -1], read, most=10) == {1: 2, 2: 4}
    assert each_once("doubles", [2, 3, -1], read, most=10) == {2: 4, 3: 6}
    assert read.asked == [[1, 2, -1], [3, -1]]

    raise_revision()
    db.session.commit()
    assert each_once("doubles", [2], read, most=10) == {2: 4}
    assert read.asked[2:] == [[2]]


def test_of_too_many_the_first_are_let_go(site: Flask) -> None:
    read = Reader()
    each_once("doubles", [1, 2, 3], read, most=2)

    each_once("doubles", [2, 3], read, most=2)
    each_once("doubles", [1], read, most=2)
    assert read.asked == [[1, 2, 3], [1]]


def test_nothing_is_remembered_unless_a_process_was_told_to(site: Flask) -> None:
    remembering.stop()
    read = Reader()

    for _ in range(2):
        assert each_once("doubles", [1], read, most=10) == {1: 2}
    assert read.asked == [[1], [1]]


@once_a_revision
def labels() -> list[Attribute]:
    return all_attributes()


def test_rows_outlive_the_commit_of_who_asked_for_them(site: Flask) -> None:
    (first,) = labels()
    db.session.commit()

    assert first.label == "Warms"
    assert labels() == [first]


def test_what_is_not_committed_is_remembered_by_nobody(site: Flask) -> None:
    db.session.get_one(Attribute, "heat").label = "Heats"
    raise_revision()
    db.session.flush()
    assert [one.label for one in labels()] == ["Warms"]
    db.session.rollback()

    db.session.get_one(Attribute, "heat").label = "Heats"
    raise_revision()
    db.session.commit()
    assert [one.label for one in labels()] == ["Heats"]
