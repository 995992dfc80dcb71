"""The moderators' desk in a real browser: a letter decides, and typing in a field does not.

axe finds nothing there, nor where reviews are written and read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from reviews_app.reviews.readers.models import PublishedReview, WaitingReview
from reviews_app.reviews.readers.rules import RING_PEOPLE
from tests.browser.axe import faults
from tests.browser.serving import answering
from tests.databases import NewDatabase, a_site
from tests.people import signed_in
from tests.web.reviewing import a_machine, a_published, a_waiting, count

pytestmark = pytest.mark.browser


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    with a_site(new_database, tmp_path / "desk.db") as app:
        yield app


@pytest.fixture
def desk(site: Flask, chromium: Browser) -> Iterator[tuple[str, Page]]:
    """A moderator at the desk."""
    with answering(site) as address:
        cookie = signed_in(site, "moderator").get_cookie("session")
        assert cookie is not None
        context = chromium.new_context()
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        yield address, context.new_page()
        context.close()


def test_one_letter_a_decision(site: Flask, desk: tuple[str, Page]) -> None:
    address, page = desk
    product_id = a_machine(site)
    first, second, third = (a_waiting(site, product_id) for _ in range(3))
    page.goto(f"{address}/moderation/{first}")

    page.keyboard.press("p")
    page.wait_for_url(f"**/moderation/{second}")
    page.keyboard.press("x")  # decides nothing
    page.keyboard.press("d")
    page.wait_for_url(f"**/moderation/{third}")
    page.locator(".site-search__words, input[type=search]").first.focus()
    page.keyboard.type("pads")

    assert page.url.endswith(f"/moderation/{third}")
    assert (count(site, PublishedReview), count(site, WaitingReview)) == (1, 1)


def test_axe_finds_nothing_where_reviews_are_written_read_and_decided(
    site: Flask, desk: tuple[str, Page]
) -> None:
    address, page = desk
    page.emulate_media(reduced_motion="reduce")
    product_id = a_machine(site)
    public, waiting = a_published(site, product_id), a_waiting(site, product_id)
    same = " ".join(f"synthetic{n}" for n in range(20))
    held = [a_waiting(site, product_id, text=same) for _ in range(RING_PEOPLE)]
    form = "/massagers/boots/reviews/new"
    paths = [
        "/massagers/boots",
        "/massagers/boots/reviews",
        form,
        "/account/reviews",
        "/moderation",
        f"/moderation/{waiting}",
        f"/moderation/{held[0]}",
        "/reviews/policy",
        "/moderation-log",
        f"/reviews/{public}/helpful",
        f"/reviews/{public}/report",
    ]

    found = {}
    for path in paths:
        page.goto(f"{address}{path}")
        found[path] = faults(page)
    page.goto(f"{address}{form}")
    page.locator("main form button").last.click()
    found["the form with what is missing"] = faults(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
