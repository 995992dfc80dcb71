"""A page asks the database as often for many rows as for few."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue import directory
from reviews_app.guidance import queries as guidance
from tests.listings import statements_of
from tests.pages import visit

MOST = 56
"""Statements of the page that shows the most, the front page; 18 of these are its cards.

Most others are the words of the listing and the ranked lists, which an index reads once a revision.
"""


@pytest.mark.parametrize("kind", ["claims", "needs", "sources", "types"])
def test_all_pages_of_a_kind_cost_the_same(
    real_catalogue: Flask, reader: FlaskClient, kind: str
) -> None:
    with real_catalogue.app_context():
        ids = {
            "claims": [claim.id for claim in guidance.claims()],
            "needs": [need.id for need in guidance.needs()],
            "sources": directory.source_ids()[::15],
            "types": ["compression", "percussion", "shiatsu", "tens"],
        }[kind]

    assert len({_cost(real_catalogue, reader, f"/{kind}/{one}") for one in ids}) == 1


def test_a_type_without_a_mechanism_asks_once_more_which_types_stand_beside_it(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    own = _cost(real_catalogue, reader, "/types/percussion")

    # Which they are, and how each of them acts.
    assert _cost(real_catalogue, reader, "/types/deep-tissue") == own + 2


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", MOST),
        ("/types", 3),
        ("/needs", 3),
        ("/guides", 3),
        ("/guides/benefits-of-leg-massage", 12),
        ("/claims", 4),
        ("/safety", 6),
        ("/glossary", 4),
        ("/questions", 4),
        ("/sources", 3),
        ("/about", 8),
    ],
)
def test_a_list_is_loaded_at_once(
    real_catalogue: Flask, reader: FlaskClient, path: str, most: int
) -> None:
    assert _cost(real_catalogue, reader, path) <= most


def _cost(app: Flask, reader: FlaskClient, path: str) -> int:
    with statements_of(app) as asked:
        visit(reader, path)
    return len(asked)
