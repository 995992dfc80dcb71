"""Readers and moderators at work, for tests of pages: a machine, people, forms as they are sent."""

from __future__ import annotations

import itertools
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.db import db, writing
from reviews_app.guidance.models import Need
from reviews_app.reviews.readers import deciding
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.rules import Reason
from tests.factories import a_need, a_product
from tests.people import send
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, published, sent

FORM = "/massagers/boots/reviews/new"
PAGE = "/massagers/boots/reviews"

FIELDS: dict[str, Any] = {
    "rating": "4",
    "title": "Synthetic test title",
    "text": "Synthetic test text, written by nobody about no real machine at all.",
    "months_owned": "6",
    "how_got": "bought",
    "tie": "no-tie",
}


def a_machine(app: Flask, slug: str = "boots") -> int:
    """A machine that can be reviewed, and something it can be used for."""
    with app.app_context():
        product_id = a_product(slug).id
        if db.session.get(Need, "tired-legs") is None:
            a_need("tired-legs", {"compression": "limited"})
        db.session.commit()
    return product_id


_numbers = itertools.count(1_000)


def someone(app: Flask) -> int:
    """A person who does not sign in; who does is made by `tests.people`."""
    number = next(_numbers)
    with app.app_context():
        people([number])
    return number


def a_published(app: Flask, product_id: int, **changed: Any) -> int:
    """A review by somebody new that a new moderator has published."""
    author, moderator = someone(app), someone(app)
    with app.app_context():
        return published(product_id, author, NOON, moderator, **changed).id


def a_waiting(app: Flask, product_id: int, author: int | None = None, **changed: Any) -> int:
    """A review that waits, by somebody new unless said."""
    author = author or someone(app)
    with app.app_context():
        return sent(product_id, author, NOON, **changed).id


def withheld(app: Flask, review_id: int, moderator: int, reason: Reason = Reason.PRIVATE) -> None:
    """A moderator withholds the newest version of a review."""
    with app.app_context():
        number = db.session.get_one(ReaderReview, review_id).versions[-1].number
        db.session.rollback()
        writing()
        deciding.withhold(review_id, number, reason, moderator, NOON)
        db.session.commit()


def write(client: FlaskClient, status: int | None = 303, **changed: Any) -> Any:
    """Send the form of a review."""
    return send(client, FORM, {**FIELDS, **changed}, status=status)


def count(app: Flask, table: type) -> int:
    """How many rows a table has."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
