"""Ranked lists: the order of the listing by score, with reasons, and only where it may be given."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.listings import CARD
from tests.pages import visit

RANKED = "audience=consumer&score_min=0&status=no-notice"


def _lists(reader: FlaskClient) -> list[str]:
    links = visit(reader, "/best").links
    return [link for link in links if re.fullmatch("/best/.+", link)]


@pytest.mark.long
def test_every_list_has_the_machines_of_the_listing_by_score_in_its_order(
    reader: FlaskClient,
) -> None:
    lists = _lists(reader)

    assert lists
    for path in lists:
        subject = path.removeprefix("/best/")
        facet = "type" if reader.get(f"/types/{subject}").status_code == 200 else "need"
        address = f"/api/v1/massagers?{facet}={subject}&{RANKED}"
        listing = reader.get(address, follow_redirects=True).get_json()
        slugs = [product["slug"] for product in listing["products"]]
        assert listing["total"] >= 3
        assert CARD.findall(visit(reader, path).response.text) == slugs[:10]


@pytest.mark.parametrize(
    "path", ["/best/tens", "/best/swelling", "/best/pregnancy-swelling", "/best/nonsense"]
)
def test_too_few_machines_or_a_need_for_a_clinician_is_not_ranked(
    reader: FlaskClient, path: str
) -> None:
    page = visit(reader, path, status=404)

    assert "There is no ranked list" in page.words
    assert path not in visit(reader, "/best").links
    assert path not in reader.get("/sitemap.xml").text


def test_who_must_not_use_it_is_said_before_the_list(reader: FlaskClient) -> None:
    words = visit(reader, "/best/compression").words

    assert words.index("Do not use this kind of massage with") < words.index("with a score")


def test_another_weight_names_the_first_machine_of_that_order(reader: FlaskClient) -> None:
    page = visit(reader, "/best/compression")
    weighted = {
        link.get("href", ""): "".join(link.itertext())
        for link in page.all("a")
        if "w." in link.get("href", "")
    }

    assert weighted
    for address, name in weighted.items():
        first = reader.get(f"/api/v1{address}").get_json()["products"][0]
        assert first["name"] == name


def test_types_and_needs_lead_to_their_list(reader: FlaskClient) -> None:
    assert "/best/compression" in visit(reader, "/types/compression").links
    assert "/best/tired-legs" in visit(reader, "/needs/tired-legs").links
    assert "/best/swelling" not in visit(reader, "/needs/swelling").links
    assert "/best" in visit(reader, "/").links
