"""A page shows a value in two units; what is stored, and what JSON says, stays as it was stated."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.measures import read_quantity
from reviews_app.catalogue.products import Fact
from reviews_app.catalogue.units import UNITS
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Filter
from reviews_app.db import db
from reviews_app.web.units import in_both_units
from tests.pages import visit, words_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("48 cm", "48 cm (19 in)"),
        ("43 × 22 × 37 cm", "43 × 22 × 37 cm (16.9 × 8.7 × 14.6 in)"),
        ("15, 30 or 60 mm", "15, 30 or 60 mm (0.59, 1.18 or 2.36 in)"),
        ("20 to 110 mm Hg", "20 to 110 mm Hg (2.7 to 14.7 kPa)"),
        ("up to 1,200 kg", "up to 1,200 kg (2,646 lb)"),
        ("Weight: 2.1 kg, this one 3 kg", "Weight: 2.1 kg (4.6 lb), this one 3 kg (6.6 lb)"),
        ("0.005 kg", "0.005 kg (0.011 lb)"),
        ("100 mm Hg", "100 mm Hg (13.3 kPa)"),
        ("Heats to 45 °C.", "Heats to 45 °C (113 °F)."),
    ],
)
def test_a_value_is_followed_by_the_other_unit(text: str, shown: str) -> None:
    assert in_both_units(text).striptags() == shown


@pytest.mark.parametrize(
    "text",
    [
        "EU 48",
        "30 minutes",
        "3,200 strokes a minute",
        "Normatec 3",
        "25 cm²",
        "5 kg/m",
        "No",
        "$799 in June",
        "5 in 1",
    ],
)
def test_what_has_no_other_unit_is_left_alone(text: str) -> None:
    assert in_both_units(text) == text


def test_what_is_no_value_stays_text() -> None:
    assert "<b>" not in in_both_units("<b>48 cm</b>")


def test_every_unit_that_a_fact_is_stated_in_has_another_or_needs_none(
    real_catalogue: Flask,
) -> None:
    everywhere_the_same = {"strokes a minute", "a second", "EU", "h", "W", "dB", "min", "months"}
    with real_catalogue.app_context():
        units = {one.unit for one in catalogue.all_attributes() if one.unit}

    assert units - everywhere_the_same == {
        one for one in units if one in UNITS and UNITS[one].other
    }


@pytest.mark.parametrize("units", ["", "?units=us"])
def test_json_has_the_stored_unit_and_the_page_has_both(
    real_catalogue: Flask, reader: FlaskClient, units: str
) -> None:
    page = visit(reader, f"/massagers/beurer-fm-90{units}")
    said = reader.get(f"/api/v1/massagers/beurer-fm-90{units}").get_json()
    weight = next(one for one in said["attributes"] if one["id"] == "weight_kg")

    assert weight["words"] == f"{weight['value']} kg"
    assert in_both_units(weight["words"]) in page.response.text
    assert " lb" not in str(said)


def test_who_types_what_is_shown_in_the_other_unit_finds_the_machine(
    real_catalogue: Flask,
) -> None:
    missed, read = [], 0
    with real_catalogue.app_context():
        for one in db.session.scalars(sa.select(Fact).where(Fact.accepted)):
            words = in_both_units(value_in_words(one.attribute, one.value)).striptags()
            other = re.search(r"^[\d.,]+ [^(\d]+\(([\d.,]+) (\S+)\)$", words)
            if other and one.attribute.filter == Filter.RANGE:
                number, unit = other[1].replace(",", ""), one.attribute.unit
                asked = read_quantity(f"{number} {other[2]}", unit)
                assert asked == read_quantity(number, unit, UNITS[unit or ""].other)
                read += 1
                if not asked.least <= Decimal(words.split()[0].replace(",", "")) <= asked.most:
                    missed.append(words)

    assert read > 50
    assert missed == []


@pytest.mark.parametrize("path", ["/massagers", "/finder"])
def test_a_number_is_answered_in_the_unit_it_was_typed_in(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    moved = reader.get(
        f"{path}?pressure_max_mmhg_max=10&pressure_max_mmhg_unit=kPa&calf=19&calf_unit=in"
    )

    assert "pressure_max_mmhg_max=75.01&" in moved.location
    assert "calf=19in" in moved.location
    assert "unit" not in moved.location
    page = visit(reader, moved.location)
    assert in_both_units("up to 75.01 mm Hg") in page.response.text
    assert re.search(r'name="calf" [^>]*value="19"', page.response.text)
    assert '<option value="in" selected' in page.response.text


def test_a_mistake_keeps_the_unit_that_was_chosen(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    page = visit(reader, "/massagers?weight_kg_max=light&weight_kg_unit=lb", status=400)

    assert "“light”: that is not a number we can read" in page.words
    assert "alone or with kg or lb behind it" in page.words
    assert re.search(r'name="weight_kg_max"[^>]* value="light"', page.response.text)
    assert re.search(r'<option value="lb" selected', page.response.text)


@pytest.mark.parametrize("path", ["/massagers", "/finder", "/compare"])
def test_a_decimal_comma_lands_on_the_one_address(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    moved = reader.get(f"{path}?p=geko-t1&calf=38,5&calf_unit=cm")

    assert moved.status_code == 301
    assert "calf=38.5cm" in moved.location
    page = visit(reader, moved.location)
    assert re.search(r'name="calf" [^>]*value="38.5"', page.response.text)


@pytest.mark.parametrize("path", ["/massagers", "/finder"])
def test_a_price_in_another_currency_is_told_where_to_choose_it(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    page = visit(reader, f"{path}?price_max=%C2%A3100", status=400)

    assert "“£100”: prices are in USD now, and we convert none" in page.words
    assert "to ask in GBP, choose it under “Prices in”." in page.words
    assert (
        "price_max=100&currency=GBP"
        in reader.get(f"{path}?price_max=%C2%A3100&currency=GBP").location
    )


@pytest.mark.parametrize("path", ["/massagers", "/finder", "/compare"])
def test_what_could_not_be_read_is_marked_in_its_field(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    page = visit(reader, f"{path}?p=geko-t1&calf=wide&calf_unit=in&thigh=60cm", status=400)

    [wrong] = [one for one in page.all("input") if one.get("aria-invalid")]
    assert (wrong.get("name"), wrong.get("value")) == ("calf", "wide")
    assert "“wide”" in words_of(page.by_id(wrong.get("aria-describedby") or ""))


def test_the_switch_offers_each_unit_and_both_at_first(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    page = visit(reader, "/massagers")

    radios = [one for one in page.all("input") if one.get("type") == "radio"]

    assert [one.get("id") for one in radios if one.get("checked") is not None] == [
        "measures-both",
        "pressure-both",
    ]
    assert "Units" in words_of(page.by_id("units"))
