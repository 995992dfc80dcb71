"""The register of recalls as a page, a feed and JSON, and what a notice changes elsewhere."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.db import db
from tests.factories import a_product, a_recall
from tests.pages import check_headers, visit, words_of

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def recalled(app: Flask) -> None:
    """Boots with an open notice, a gun with a closed one, and a mat with none."""
    with app.app_context():
        a_recall(a_product("warm-boots", brand_id="calm"))
        closed = {"closed_on": "2026-11-30", "units": None, "issued_on": None, "models": ["G"]}
        a_recall(a_product("quick-gun"), "25-9", confirmed="The picture shows it.", **closed)
        a_product("plain-mat")
        db.session.commit()


def test_where_none_is_known_the_page_says_what_was_read_and_when(reader: FlaskClient) -> None:
    page = visit(reader, "/recalls")

    assert "No notice found in Innolitics 510(k) browser (FDA data)" in page.words
    assert "Advertising Standards Authority" in page.words
    assert "checked 22 November 2026" in page.words
    assert "That does not mean that no machine was recalled." in page.words
    assert "no recalls" not in page.words.lower()
    assert "/recalls.atom" in page.links


def test_with_no_regulator_read_nothing_is_claimed(client: FlaskClient) -> None:
    assert "We have read no page of a regulator yet" in visit(client, "/recalls").words


@pytest.mark.usefixtures("recalled")
def test_the_register_says_all_that_a_reader_has_to_know(client: FlaskClient) -> None:
    page = visit(client, "/recalls")
    first, second = [words_of(one) for one in page.all("article")]

    for part in (
        "Warm Boots by Calm",
        "Recalled",
        "The battery can catch fire & burn.",
        "Stop using it. Ask the maker for a new one.",
        "WB-1. Not all of them. Look for: Date codes 2501 to 2512, under the foot",
        "A regulator, notice 26-001, 1 March 2026 (Recall list)",
        "Checked by us22 November 2026",
    ):
        assert part in first
    assert "This recall is closed" in second
    assert "G. All units." in second
    assert "The notice does not name it exactly. The picture shows it." in second
    assert "/massagers/warm-boots" in page.links
    assert "/sources/S7" in page.links


@pytest.mark.usefixtures("recalled")
def test_the_page_of_a_recalled_machine_starts_with_the_notice(client: FlaskClient) -> None:
    page = visit(client, "/massagers/warm-boots")

    assert page.words.startswith("Some of these machines are recalled. Look whether yours is one.")
    assert page.words.index("catch fire") < page.words.index(page.heading)
    assert "No recall notice found" not in page.words


@pytest.mark.usefixtures("recalled")
def test_a_closed_recall_is_told_further_down(client: FlaskClient) -> None:
    page = visit(client, "/massagers/quick-gun")

    assert page.words.index("A recall that is closed:") > page.words.index(page.heading)
    assert "No recall notice found" not in page.words


def test_every_other_machine_says_what_was_read_and_when(reader: FlaskClient) -> None:
    words = visit(reader, "/massagers/hyperice-normatec-3-legs").words

    assert "No recall notice found in the sources we read, checked 22 November 2026." in words
    assert "They are not a full list of recalls." in words


@pytest.mark.usefixtures("recalled")
def test_a_recalled_machine_is_labelled_wherever_its_card_is(client: FlaskClient) -> None:
    page = visit(client, "/massagers")
    cards = [words_of(one) for one in page.all("article")]

    assert [("Recalled" in card) for card in cards if "Warm Boots" in card] == [True]
    assert [("Recalled" in card) for card in cards if "Warm Boots" not in card] == [False, False]


@pytest.mark.usefixtures("recalled")
def test_a_recalled_machine_is_like_no_other(client: FlaskClient) -> None:
    assert "/massagers/warm-boots" not in visit(client, "/massagers/plain-mat").links
    assert "/massagers/quick-gun" in visit(client, "/massagers/plain-mat").links


@pytest.mark.usefixtures("recalled")
def test_the_feed_is_atom_and_says_the_same(client: FlaskClient) -> None:
    feed = feed_of(client)
    entries = feed.findall(f"{ATOM}entry")

    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "Recalled: Warm Boots by Calm",
        "Recall closed: Quick Gun",
    ]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        "http://127.0.0.1:8000/recalls#warm-boots-a-regulator-26-001",
        "http://127.0.0.1:8000/recalls#quick-gun-a-regulator-25-9",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-30T00:00:00Z"
    assert "fire & burn" in (entries[0].findtext(f"{ATOM}summary") or "")
    register = visit(client, "/recalls")
    for one in entries:
        (link,) = one.findall(f"{ATOM}link[@rel='alternate']")
        assert register.by_id(link.get("href", "").partition("#")[2]) is not None


@pytest.mark.parametrize("site", ["reader", "client"])
def test_a_feed_with_nothing_in_it_is_a_feed(request: pytest.FixtureRequest, site: str) -> None:
    feed = feed_of(request.getfixturevalue(site))

    assert feed.findall(f"{ATOM}entry") == []


def feed_of(client: FlaskClient) -> Element:
    """The feed, after the checks RFC 4287 asks of every one."""
    response = client.get("/recalls.atom")
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    check_headers(response)
    feed = ElementTree.fromstring(response.text)  # noqa: S314 - ours
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
        dt.datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "")
        assert (one.findtext(f"{ATOM}id") or "").startswith("http")
    assert feed.find(f"{ATOM}link[@rel='self']") is not None
    return feed


@pytest.mark.usefixtures("recalled")
def test_programs_get_the_same_register(client: FlaskClient) -> None:
    found = client.get("/api/v1/recalls").get_json()
    first, second = found["recalls"]

    assert (found["total"], found["open"]) == (2, 1)
    assert first["product"] == "warm-boots"
    assert first["models"] == ["WB-1"]
    assert first["units"].startswith("Date codes")
    assert (first["open"], second["open"]) == (True, False)
    assert first["source"]["publisher"] == "Recall list"
    assert found["read"] == {"regulators": ["Recall list"], "checked_on": "2026-11-22"}
    machine = client.get(first["product_url"]).get_json()
    assert machine["recalls"][0]["notice_number"] == "26-001"
    cards = client.get("/api/v1/massagers").get_json()["products"]
    assert {card["slug"]: card["recalled"] for card in cards} == {
        "warm-boots": True,
        "quick-gun": False,
        "plain-mat": False,
    }


def test_programs_are_told_what_was_read(reader: FlaskClient) -> None:
    found = reader.get("/api/v1/recalls").get_json()

    assert found["recalls"] == []
    assert found["read"]["checked_on"] == "2026-11-22"
    assert len(found["read"]["regulators"]) == 3
