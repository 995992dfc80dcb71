"""The style guide: everything that pages are made of, and only for who works on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app import create_app
from reviews_app.config import ROOT, Config
from reviews_app.db import db
from tests.pages import visit

TEMPLATES = ROOT / "templates"
SHOWN_WITH_OTHERS = {
    "narrow_form",
    "order",
    "pieces",
    "problems",
    "reader_review",
    "recall",
    "tray",
    "unstated",
}
"""Components that only stand in a form, a review or a state of the listing.

A reader's review too: the guide shows real data, and no reader has written one yet. And problems,
which would take the focus of the page.
"""


@pytest.fixture
def workshop(real_catalogue: Flask) -> Iterator[FlaskClient]:
    """A visitor of the site as it is where somebody works on it."""
    url = str(real_catalogue.config["SQLALCHEMY_DATABASE_URI"])
    app = create_app(Config(database_url=url, secret_key="s" * 32, development=True))
    with app.app_context():
        engine = db.engine
    yield app.test_client()
    engine.dispose()


def test_the_style_guide_shows_every_form_type_and_contrast(workshop: FlaskClient) -> None:
    page = visit(workshop, "/styleguide")

    for words in ("Robotic ring", "Nerve stimulation (TENS)", "ink on paper", "covered on skin"):
        assert words in page.words


def test_readers_have_no_style_guide(reader: FlaskClient) -> None:
    visit(reader, "/styleguide", status=404)


def test_every_component_is_in_the_style_guide() -> None:
    guide = (TEMPLATES / "styleguide" / "show.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'from "components/(\w+)\.html"', guide))
    components = {path.stem for path in (TEMPLATES / "components").glob("*.html")}

    assert components - shown == SHOWN_WITH_OTHERS
