"""A machine to review, and people to review it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from reviews_app.db import db
from tests.factories import a_product
from tests.reviews.readers.people import people

ANN, BEN, MOD, SECOND, THIRD = 1, 2, 90, 91, 92
"""Two readers and three moderators."""


@pytest.fixture
def machine(app: Flask) -> Iterator[int]:
    """The id of a machine, within an app whose database has people."""
    with app.app_context():
        product_id = a_product("boots").id
        db.session.commit()
        people((ANN, BEN, MOD, SECOND, THIRD))
        yield product_id
        db.session.rollback()
