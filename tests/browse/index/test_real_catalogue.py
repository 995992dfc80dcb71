"""The machines of the seed folder, listed by the index as by SQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse.index import Index
from reviews_app.db import db

ASKED = (
    "",
    "page=2",
    "type=compression&heat=yes",
    "brand=unknown&sort=name",
    "need=tired-legs&audience=consumer&sort=newest",
    "calf=48cm&cordless=yes&cordless=unknown",
    "price_min=100&price_max=500&sort=price",
    "price_max=200&currency=GBP&sort=-price",
    "noise_db_max=50&noise_db_unknown=include",
    "q=hyperice",
    "q=compresion+boots",
    "w.ease=5&w.open=0",
    "type=compression&score_min=5&score_unknown=include&w.adjust=9",
)


@pytest.fixture(scope="module")
def index(real_catalogue: Flask) -> Iterator[Index]:
    """The index of everything in the seed folder."""
    with real_catalogue.app_context():
        index = Index(db.engine)
    index.build()
    yield index
    index.close()


def chosen(address: str) -> Selection:
    """What the query string of an address chooses."""
    args = [tuple(one.replace("+", " ").split("=")) for one in address.split("&") if one]
    return Selection.from_args([(name, value) for name, value in args], browse.vocabulary())


@pytest.mark.parametrize("address", ASKED)
def test_a_listing_is_the_same(real_catalogue: Flask, index: Index, address: str) -> None:
    with real_catalogue.app_context():
        selection = chosen(address)

        assert index.find(selection) == browse.find(selection)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_of_a_fork_answers_from_what_the_parent_built(
    real_catalogue: Flask, index: Index
) -> None:
    index.refresh()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        snapshot = index.refresh()
        os.write(writing, b"same" if snapshot is index.snapshot else b"other")
        os._exit(0)

    os.waitpid(child, 0)

    assert os.read(reading, 10) == b"same"
    os.close(reading)
    os.close(writing)
    assert index.refresh() is index.snapshot
