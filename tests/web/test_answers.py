"""What every answer keeps, whatever was asked: headers, hostile addresses, errors in words."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import create_app
from reviews_app.config import Config
from reviews_app.errors import BadInput, Gone
from reviews_app.web.assets import asset
from reviews_app.web.rights import PUBLIC, RIGHTS
from tests.pages import check_headers, visit


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A visitor of a site with public pages that fail in every way."""
    for endpoint in ("fail", "leave", "refuse"):
        monkeypatch.setitem(RIGHTS, endpoint, PUBLIC)

    @app.get("/broken")
    def fail() -> str:
        raise ZeroDivisionError

    @app.get("/gone")
    def leave() -> str:
        raise Gone("It has left our catalogue.", successor="next-model")

    @app.get("/malformed")
    def refuse() -> str:
        raise BadInput("We cannot read “abc” as a number.")

    return app.test_client()


def test_a_fault_of_ours_is_a_page_in_words_that_tells_nothing_inner(broken: FlaskClient) -> None:
    page = visit(broken, "/broken", status=500)

    assert page.heading == "Something broke on our side"
    assert "ZeroDivisionError" not in page.response.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_what_is_gone_leads_to_what_took_its_place(broken: FlaskClient) -> None:
    page = visit(broken, "/gone", status=410)

    assert "It has left our catalogue." in page.words
    assert "/massagers/next-model" in page.links


def test_a_malformed_question_is_answered_in_words(broken: FlaskClient) -> None:
    assert "We cannot read “abc” as a number." in visit(broken, "/malformed", status=400).words


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/types/%00", 400, "signs that are not text"),
        ("/massagers?q=%00", 400, "signs that are not text"),
        ("/massagers?q=%C3%28", 400, "signs that are not text"),
        ("/massagers?%FF=1", 400, "signs that are not text"),
        ("/about?q=" + "a" * 20_000, 414, "20,002 characters"),
        ("/" + "a" * 5_000, 404, "There is no page here"),
        ("/../../etc/passwd", 404, "There is no page here"),
        ("/types/%3Cscript%3E", 404, "“<script>”"),
        ("/static/../reviews_app/config.py", 404, "There is no page here"),
        ("/static/..%2f..%2fetc%2fpasswd", 404, "There is no page here"),
    ],
)
def test_a_hostile_address_is_answered_in_words(
    client: FlaskClient, path: str, status: int, words: str
) -> None:
    assert words in visit(client, path, status=status).words


@pytest.mark.parametrize("raw", ["/\xff\xfe", "/types/\xed\xa0\x80", "/types/a\0b", "/\xc3("])
def test_a_path_that_is_no_text_is_refused_as_the_server_hands_it_on(
    client: FlaskClient, raw: str
) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": raw})

    check_headers(answer)
    assert answer.status_code == 400
    assert "signs that are not text" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_page_can_be_read_and_nothing_else(client: FlaskClient, method: str) -> None:
    answer = client.open("/about", method=method)

    check_headers(answer)
    assert answer.status_code == 405
    assert "That cannot be done here" in answer.text
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_page_can_be_asked_for_its_headers_and_its_methods(client: FlaskClient) -> None:
    head = client.head("/about")
    options = client.options("/about")

    check_headers(head)
    check_headers(options)
    assert (head.status_code, head.data) == (200, b"")
    assert options.status_code == 200


def test_a_page_unchanged_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/about")
    again = client.get("/about", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert again.status_code == 304
    assert again.data == b""
    check_headers(again)


def test_a_page_is_compressed_and_still_not_sent_again(client: FlaskClient) -> None:
    accepting = {"Accept-Encoding": "gzip"}
    first = client.get("/about", headers=accepting)
    tag = first.headers["ETag"]
    again = client.get("/about", headers={**accepting, "If-None-Match": tag})

    assert first.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in first.headers["Vary"]
    assert again.status_code == 304


def test_the_stylesheet_is_one_file_kept_for_ever(client: FlaskClient) -> None:
    page = visit(client, "/about")
    sheets = [one.get("href", "") for one in page.all("link") if one.get("rel") == "stylesheet"]
    answer = client.get(sheets[0])

    assert len(sheets) == 1
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.text.startswith("@layer reset, base, layout, components, pages, print;")
    assert "@import" not in answer.text
    assert "asset:" not in answer.text


def test_an_old_stylesheet_gives_todays_for_now(client: FlaskClient) -> None:
    answer = client.get("/assets/00000000/site.css")

    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("site_url", "sent"), [("https://legwise.example", True), ("http://legwise.example", False)]
)
def test_only_a_site_on_https_asks_for_https(site_url: str, sent: bool) -> None:
    config = Config(database_url="sqlite://", secret_key="s" * 32, site_url=site_url)
    answer = create_app(config).test_client().get("/robots.txt")

    assert ("Strict-Transport-Security" in answer.headers) is sent


def test_a_page_names_its_own_address(client: FlaskClient) -> None:
    page = visit(client, "/about")

    canonical = [one.get("href") for one in page.all("link") if one.get("rel") == "canonical"]
    assert canonical == ["http://127.0.0.1:8000/about"]


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("drawings.svg", "image/svg+xml"),
        ("machines.svg", "image/svg+xml"),
        ("js/listing.js", "text/javascript"),
        ("fonts/atkinson-hyperlegible-next.woff2", "font/woff2"),
    ],
)
def test_a_file_of_a_page_is_kept_for_ever_under_its_own_address(
    client: FlaskClient, name: str, mimetype: str
) -> None:
    with client.application.app_context():
        answer = client.get(asset(name), headers={"Accept-Encoding": "gzip"})

    assert answer.mimetype == mimetype
    assert "immutable" in answer.headers["Cache-Control"]
    assert ("Content-Encoding" in answer.headers) is (mimetype != "font/woff2")
    check_headers(answer)


def test_a_file_that_was_never_here_is_a_page_in_words(client: FlaskClient) -> None:
    visit(client, "/assets/00000000/nothing.svg", status=404)
    visit(client, "/assets/00000000/../tokens.css", status=404)
