"""Pressures of other machines on one scale."""

from __future__ import annotations

import pytest

from reviews_app.catalogue.pressures import STRONGEST, Others, scale, strongest
from reviews_app.catalogue.vocabulary import Kind
from reviews_app.db import db
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def test_machines_of_one_pressure_are_counted_each_and_share_a_stroke() -> None:
    factories.an_attribute(STRONGEST, Kind.NUMBER, unit="mmHg")
    for slug, pressure in (("a", 100), ("b", 100.2), ("c", 150), ("d", 240)):
        factories.a_product(slug, facts={STRONGEST: pressure})
    weak = factories.a_product("weak", facts={STRONGEST: 400})
    weak.facts[0].weak = True
    db.session.flush()

    assert strongest() == Others(count=4, low=100, median=150, high=240, strokes=(100, 150, 240))


def test_without_any_pressure_there_is_nothing_to_draw() -> None:
    assert strongest() is None
    assert scale([], None) is None
