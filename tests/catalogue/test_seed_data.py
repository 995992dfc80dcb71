"""The real catalogue: all of it is there, it imports, and it survives the way out and in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.catalogue import exporter
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Fact,
    FactOption,
    MakerWarning,
    Product,
    ProductMechanism,
    ProductType,
    RatingElsewhere,
    RegulatoryRecord,
)
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import Base, db
from tests.catalogue.folders import SEED_DATA, bring_in

pytestmark = pytest.mark.usefixtures("imported")


@pytest.fixture
def imported(real_catalogue: Flask) -> Iterator[None]:
    """A context in which the real catalogue can be asked; no test here changes it."""
    with real_catalogue.app_context():
        yield


def _count(kind: type[Base], *conditions: sa.ColumnExpressionArgument[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(kind).where(*conditions)
    return db.session.scalar(query) or 0


def test_nothing_collected_is_lost() -> None:
    kinds = (Product, Fact, PriceObservation, RatingElsewhere, RegulatoryRecord, MakerWarning)
    assert [_count(kind) for kind in kinds] == [205, 881, 142, 17, 66, 54]
    assert _count(Source, Source.id.startswith("S", autoescape=True)) == 214


def test_importing_twice_changes_nothing() -> None:
    assert not bring_in(SEED_DATA)


def test_export_then_import_is_the_identity_byte_for_byte(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert exporter.write(first) == 205
    assert not bring_in(first)
    exporter.write(second)
    names = [path.relative_to(first) for path in sorted(first.rglob("*.toml"))]
    assert len(names) == 209
    assert [(first / name).read_bytes() for name in names] == [
        (second / name).read_bytes() for name in names
    ]


def test_one_fact_for_each_product_and_attribute_is_accepted_and_says_why() -> None:
    accepted = sa.func.sum(sa.case((Fact.accepted, 1), else_=0))
    grouped = sa.select(accepted).group_by(Fact.product_id, Fact.attribute_id)
    assert set(db.session.scalars(grouped)) == {1}
    assert _count(Fact, Fact.because == "") == 0


def test_no_weak_fact_is_accepted_over_another() -> None:
    strong = sa.select(Fact.product_id, Fact.attribute_id).where(~Fact.weak)
    key = sa.tuple_(Fact.product_id, Fact.attribute_id)
    assert _count(Fact, Fact.accepted, Fact.weak, key.in_(strong)) == 0


def test_no_fact_is_on_an_attribute_its_form_cannot_have() -> None:
    query = sa.select(Product.form_id, Attribute).join(Fact, Fact.product_id == Product.id)
    for form, attribute in db.session.execute(query.join(Attribute)):
        assert attribute.applies_to(form)


def test_every_machine_is_told_apart_by_audience_with_a_reason() -> None:
    query = sa.select(Product.audience, sa.func.count()).group_by(Product.audience)
    assert dict(db.session.execute(query).all()) == {
        "consumer": 154,
        "general": 25,
        "supervised": 26,
    }
    assert _count(Product, Product.audience_because == "") == 0


def test_prescription_machines_are_supervised() -> None:
    on_record = sa.select(RegulatoryRecord.product_id).where(
        RegulatoryRecord.detail.contains("prescription"),
        ~RegulatoryRecord.detail.contains("without a prescription"),
    )
    assert _count(Product, Product.id.in_(on_record), Product.audience != "supervised") == 0
    assert _count(Product, Product.id.in_(on_record)) > 5


@pytest.mark.parametrize("name", ["compression", "deep-tissue"])
def test_real_machines_have_the_type(name: str) -> None:
    assert _count(ProductType, ProductType.type_id == name) > 20


def test_deep_tissue_is_given_by_rule_only_and_cites_a_source() -> None:
    given = sa.select(ProductType).where(ProductType.type_id == "deep-tissue")
    for product_type in db.session.scalars(given):
        assert product_type.assigned_by == "rule"
        assert product_type.source_id


def test_deep_tissue_adds_no_mechanism_and_heat_does() -> None:
    assert _count(ProductMechanism, ProductMechanism.mechanism_id == "deep-tissue") == 0
    heated = sa.select(Fact.product_id).join(FactOption)
    heated = heated.where(Fact.attribute_id == "heat", Fact.accepted, FactOption.option == "yes")
    warming = sa.select(ProductMechanism.product_id).where(ProductMechanism.mechanism_id == "heat")
    assert set(db.session.scalars(heated)) == set(db.session.scalars(warming))


def test_no_sale_price_passes_for_a_regular_one() -> None:
    sold = PriceObservation.seller
    hints = ("Prime Day", "promotion", "outlet", "clearance")
    loud = sa.or_(*(sold.contains(hint) for hint in hints))
    assert _count(PriceObservation, loud, PriceObservation.terms != "sale") == 0
    assert _count(PriceObservation, PriceObservation.terms == "part") == 2
