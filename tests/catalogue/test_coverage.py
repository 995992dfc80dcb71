"""The numbers of the About page are those of counting machine by machine."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.catalogue.coverage import coverage
from reviews_app.catalogue.products import Fact, Product
from reviews_app.db import db
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def test_facts_of_machines_that_left_are_not_counted() -> None:
    factories.an_attribute("heat")
    factories.an_attribute("cordless")
    for slug, heat, cordless in (("one", True, False), ("two", False, None), ("gone", True, True)):
        facts = {"heat": heat} | ({} if cordless is None else {"cordless": cordless})
        factories.a_product(slug, facts=facts)
    product("gone").retired_at = factories.retired()
    contradict(product("one"), "heat")
    contradict(product("gone"), "heat")
    db.session.flush()

    found = coverage()

    assert (found.machines, found.facts, found.known, found.disagreeing) == (2, 4, 3, 1)
    known = {one.attribute.id: one.known for one in found.by_attribute}
    assert known == {"heat": 2, "cordless": 1}


def product(slug: str) -> Product:
    return db.session.scalars(sa.select(Product).filter_by(slug=slug)).one()


def contradict(of: Product, attribute: str) -> None:
    """Add a fact that says the opposite, and that is not accepted."""
    factories.a_fact(of, attribute, False, accepted=False)


def test_the_real_catalogue_counts_the_same_one_by_one(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        found, pairs = coverage(), counted_one_by_one()

    assert pairs
    assert found.facts == sum(pairs.values())
    assert found.known == len(pairs)
    assert found.disagreeing == sum(count > 1 for count in pairs.values())


def counted_one_by_one() -> Counter[tuple[int, str]]:
    """How many facts each machine has on each attribute."""
    live = sa.select(Fact).join(Product, Product.id == Fact.product_id)
    facts = db.session.scalars(live.where(Product.retired_at.is_(None)))
    return Counter((fact.product_id, fact.attribute_id) for fact in facts)
