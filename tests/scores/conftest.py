"""A small catalogue to be scored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from reviews_app.db import db
from tests.factories import a_form, a_product, an_attribute


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """Two guns, boots that little is known of, and a machine for the ward."""
    with app.app_context():
        for form in ("massage-gun", "boots"):
            a_form(form)
        an_attribute("weight_kg", "number", unit="kg")
        an_attribute("noise_db", "number", unit="dB", forms=["massage-gun"])
        an_attribute("cordless")
        an_attribute("modes", "choices")
        light = {"weight_kg": 0.6, "cordless": True, "noise_db": 50}
        a_product("light-gun", facts=light, form_id="massage-gun")
        a_product("heavy-gun", facts={"weight_kg": 1.2}, form_id="massage-gun")
        a_product("dark-boots", facts={}, form_id="boots")
        a_product("ward-boots", facts={"weight_kg": 2}, form_id="boots", audience="supervised")
        db.session.commit()
        yield
