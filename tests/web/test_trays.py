"""The listing with machines set aside: adding one keeps the filters, and the URL holds it all."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.listings import on_the_page, statements_of
from tests.pages import visit
from tests.web.test_massagers import MUCH, PAGE_BUDGET_BYTES

GUNS = "/massagers?form=massage-gun&calf=48cm&sort=name"
WITH_ONE = "/massagers?form=massage-gun&calf=48cm&p=theragun-mini&sort=name"


def test_every_card_leads_to_the_comparison(reader: FlaskClient) -> None:
    for path in ("/massagers", "/brands/hyperice", "/types/compression", "/"):
        page = visit(reader, path)
        cards = page.response.text.count('class="card product-card"')
        ways = [one for one in page.links if one.startswith(("/compare?p=", "/massagers?p="))]
        assert len(ways) == cards > 0, path


def test_a_machine_is_compared_with_similar_ones_from_its_page(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers/theragun-mini")

    above, link = (one for one in page.links if one.startswith("/compare?"))
    assert above == link
    assert link.startswith("/compare?p=theragun-mini&p=")
    assert visit(reader, link).heading == "Compare 5 massagers"


def test_setting_one_aside_keeps_the_filters(reader: FlaskClient) -> None:
    page = visit(reader, GUNS)

    adding = [link for link in page.links if "&p=" in link]
    assert adding[0].startswith("/massagers?form=massage-gun&calf=48cm&p=")
    assert all(link.endswith("&sort=name") for link in adding)
    assert 'id="tray"' not in page.response.text


def test_what_is_set_aside_goes_with_every_link_of_the_listing(reader: FlaskClient) -> None:
    page = visit(reader, WITH_ONE)

    own = [link for link in page.links if link.startswith("/massagers?")]
    without = "/massagers?form=massage-gun&calf=48cm&sort=name"
    assert [link for link in own if "p=theragun-mini" not in link] in ([without], [without] * 2)
    assert '<input type="hidden" name="p" value="theragun-mini">' in page.response.text
    assert "/massagers?p=theragun-mini&sort=name" in page.links
    assert "/compare?p=theragun-mini&calf=48cm" in page.links


def test_the_bar_says_how_many_and_compares_them(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers?calf=48cm&p=theragun-mini&p=hyperice-hypervolt-2")

    assert "Compare 2 machines" in page.words
    assert "/compare?p=theragun-mini&p=hyperice-hypervolt-2&calf=48cm" in page.links
    assert "/massagers?calf=48cm&p=hyperice-hypervolt-2" in page.links
    visit(reader, "/compare?p=theragun-mini&p=hyperice-hypervolt-2&calf=48cm")


def test_the_listing_is_the_same_with_and_without(reader: FlaskClient) -> None:
    assert on_the_page(reader, "form=massage-gun&p=theragun-mini&p=nothing") == on_the_page(
        reader, "form=massage-gun"
    )


def test_a_full_tray_offers_no_more_and_a_sixth_is_refused(reader: FlaskClient) -> None:
    five = "&".join(f"p={n}" for n in range(5))
    page = visit(reader, f"/massagers?{five}")

    assert "No more can stand side by side" in page.words
    assert not [link for link in page.links if len(re.findall(r"[?&]p=", link)) > 5]
    refused = visit(reader, f"/massagers?type=compression&{five}&p=5", status=400)
    assert "To compare: 6 machines to compare are more than the 5" in refused.words
    assert f"/massagers?type=compression&{five}" in refused.links


def test_an_unknown_machine_is_carried_and_can_be_taken_out(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers?type=tens&p=nothing")

    assert "nothing" in page.words
    assert "/massagers?type=tens" in page.links


def test_where_much_is_chosen_boxes_stand_instead_of_links(reader: FlaskClient) -> None:
    response = reader.get(f"/massagers?{MUCH}&p=theragun-mini", follow_redirects=True)

    assert response.status_code in {200, 404}
    assert len(response.data) < PAGE_BUDGET_BYTES
    found = reader.get(f"/massagers?{MUCH}", follow_redirects=True).text
    assert 'type="checkbox" name="p"' in found
    assert "Choose what is ticked to compare" in found


@pytest.mark.parametrize("query", ["", "?p=theragun-mini"])
def test_a_tray_costs_one_statement(real_catalogue: Flask, reader: FlaskClient, query: str) -> None:
    with statements_of(real_catalogue) as plain:
        reader.get("/massagers?type=tens")
    with statements_of(real_catalogue) as more:
        reader.get(f"/massagers?type=tens{query.replace('?', '&')}")

    assert len(more) - len(plain) == (1 if query else 0)
