"""Promise 6: no price, shop or offer moves a score, or any order but the one by price."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.revision import raise_revision
from reviews_app.config import ROOT
from reviews_app.db import Base, db
from reviews_app.scores.files import record_of
from reviews_app.scores.models import Method, Score
from reviews_app.scores.storing import score_products
from tests.databases import NewSite


@pytest.fixture
def market(new_site: NewSite) -> Iterator[Flask]:
    """The real catalogue, to be changed."""
    with new_site() as app:
        result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
        assert result.exit_code == 0, result.output
        yield app


@pytest.mark.parametrize("mutation", ["dearer", "cheaper", "gone", "sold by another", "on sale"])
def test_a_change_of_price_moves_no_score_and_no_other_order(market: Flask, mutation: str) -> None:
    with market.app_context():
        scores, orders = _scores(), _orders()
        _mutate(mutation)
        method = db.session.get_one(Method, 1)

        assert score_products(record_of(method.document), None) == []
        raise_revision(None)
        db.session.commit()
        assert _scores() == scores
        assert _orders() == orders


def _mutate(mutation: str) -> None:
    chance = random.Random(mutation)  # noqa: S311
    for one in db.session.scalars(sa.select(PriceObservation)).all():
        if mutation == "dearer":
            one.amount_cents *= chance.randint(2, 9)
        elif mutation == "cheaper":
            one.amount_cents = max(1, one.amount_cents // chance.randint(2, 9))
        elif mutation == "gone":
            db.session.delete(one)
        elif mutation == "sold by another":
            one.seller = f"Shop {chance.random()}"
        else:
            one.terms = chance.choice(["sale", "regular"])
    db.session.flush()


def _scores() -> list[tuple[object, ...]]:
    tables = (Base.metadata.tables["score"], Base.metadata.tables["score_part"])
    return [
        tuple(row)
        for table in tables
        for row in db.session.execute(sa.select(table).order_by(*table.primary_key.columns))
    ]


def _orders() -> dict[str, list[int]]:
    """The whole listing in every order that is not by price."""
    vocabulary = browse.vocabulary()
    found = {}
    for sort in vocabulary.sorts:
        if "price" not in sort.name:
            selection = Selection(vocabulary=vocabulary).with_sort(sort.name)
            pages = browse.find(selection).pages
            found[sort.name] = [
                id_ for n in range(pages) for id_ in browse.find(selection.with_page(n + 1)).ids
            ]
    assert found
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Score))
    return found
