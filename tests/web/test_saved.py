"""The page of saved machines knows nobody; a card by itself is the card of the listing."""

from __future__ import annotations

from flask.testing import FlaskClient

from reviews_app.db import db
from tests.factories import a_product, retired
from tests.pages import check_headers, visit


def test_the_page_says_where_the_list_is_kept_and_is_the_same_for_all(client: FlaskClient) -> None:
    page = visit(client, "/saved")

    assert "Your own browser keeps this list. We do not have it." in page.words
    assert "The list is never sent" in page.words
    assert page.response.headers["Cache-Control"].startswith("public")
    assert page.by_id("saved").get("hidden") is not None


def test_without_scripts_it_says_so_and_leads_on(client: FlaskClient) -> None:
    page = visit(client, "/saved")
    without = page.by_id("saved-without")
    links = [one.get("href") for one in without.iter() if one.tag == "a"]

    assert "This page needs scripts" in "".join(without.itertext())
    assert links == ["/massagers"]


def test_every_page_leads_to_it(reader: FlaskClient) -> None:
    for path in ("/", "/massagers", "/guides", "/about"):
        assert "/saved" in visit(reader, path).links


def test_a_card_is_that_of_the_lists(reader: FlaskClient) -> None:
    card = reader.get("/massagers/hyperice-normatec-3-legs/card")

    check_headers(card)
    assert card.headers["X-Robots-Tag"] == "noindex"
    assert card.text.startswith('<article class="card product-card">')
    assert card.text.count("<article") == 1
    front, foot = card.text.split('<p class="card__foot')
    assert front in reader.get("/massagers?q=normatec+3+legs").text
    assert "facts known" in foot
    assert "/compare" not in foot, "it is ticked there"


def test_a_machine_that_left_the_catalogue_has_no_card(client: FlaskClient) -> None:
    with client.application.app_context():
        a_product("old-boots", retired_at=retired())
        db.session.commit()

    assert client.get("/massagers/old-boots/card").status_code == 410
    assert client.get("/massagers/never-heard-of/card").status_code == 404


def test_the_page_of_a_machine_has_room_for_the_button(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers/hyperice-normatec-3-legs")
    [slot] = [one for one in page.all("p") if one.get("class") == "save-slot"]

    assert slot.get("data-slug") == "hyperice-normatec-3-legs"
    assert slot.get("data-name") == page.heading
