"""What readers write is shown to everybody as text: no script in it runs, policy or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from reviews_app.accounts.models import Account
from reviews_app.db import db
from reviews_app.reviews.readers import deciding, reports
from reviews_app.reviews.readers.rules import Reason
from reviews_app.reviews.readers.shelf import PER_PAGE
from tests.browser.payloads import FEW, PAYLOADS
from tests.browser.serving import answering
from tests.databases import NewDatabase, a_site
from tests.factories import a_product
from tests.people import signed_in
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, begin, published, sent

pytestmark = pytest.mark.browser

MODERATOR, FIRST = 900, 1_000
FEWEST_ON_THE_UNSAFE_TWIN = 20


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with a_site(new_database, tmp_path_factory.mktemp("text") / "reviews.db") as app:
        yield app


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    with answering(site) as address:
        yield address


def written(site: Flask, payloads: Sequence[str], batch: str) -> dict[str, list[int]]:
    """A published, reported review for each payload in every text, by the slug of its machine."""
    found: dict[str, list[int]] = {}
    with site.app_context():
        people([MODERATOR])
        for n, payload in enumerate(payloads):
            slug = f"{batch}-{n // PER_PAGE}"
            if slug not in found:
                found[slug] = []
                product_id = a_product(slug).id
                db.session.commit()
            author = FIRST + n
            people([author])
            db.session.get_one(Account, author).public_name = payload[:40]
            db.session.commit()
            text = f"Synthetic text around it. {payload}\n\n{payload} and after it."
            said = {"title": payload[:100], "text": text, "broke": payload}
            review = published(product_id, author, NOON, MODERATOR, **said).id
            begin()
            reports.report(review, Reason.ABUSE, payload, None, NOON)
            deciding.propose_takedown(review, Reason.ABUSE, MODERATOR, NOON)
            db.session.commit()
            sent(product_id, author, NOON, **said, rating="2")
            found[slug].append(review)
    return found


def scripts_that_ran(page: Page, address: str) -> int:
    """How often a payload of a page ran; it is given the time that loading errors take."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    ran: int = page.evaluate("window.ranTimes")
    return ran


def a_page(context: BrowserContext) -> Page:
    context.add_init_script("window.ranTimes = 0; window.ran = () => { window.ranTimes += 1; };")
    return context.new_page()


def walk(
    site: Flask, address: str, chromium: Browser, payloads: Sequence[str], *, policy: bool
) -> list[str]:
    """The paths on which something ran, for a visitor and for a moderator."""
    made = written(site, payloads, f"{len(payloads)}-{policy}".lower())
    cookie = signed_in(site, "moderator").get_cookie("session")
    assert cookie is not None
    context = chromium.new_context(bypass_csp=not policy)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    page = a_page(context)
    paths = ["/moderation", "/moderation-log"]
    for slug, reviews in made.items():
        paths += [f"/massagers/{slug}/reviews", f"/massagers/{slug}"]
        paths += [f"/moderation/{one}" for one in reviews]
        paths += [f"/reviews/{one}/report" for one in reviews[:2]]
    ran = [path for path in paths if scripts_that_ran(page, f"{address}{path}")]
    context.close()
    return ran


@pytest.mark.parametrize("policy", [False, True])
def test_no_script_of_forty_runs(
    site: Flask, address: str, chromium: Browser, policy: bool
) -> None:
    assert walk(site, address, chromium, FEW, policy=policy) == []


@pytest.mark.slow
@pytest.mark.parametrize("policy", [False, True])
def test_no_script_of_three_hundred_runs(
    site: Flask, address: str, chromium: Browser, policy: bool
) -> None:
    assert len(set(PAYLOADS)) == 300
    assert walk(site, address, chromium, PAYLOADS, policy=policy) == []


def test_the_same_scripts_run_on_a_page_that_does_not_escape(chromium: Browser) -> None:
    context = chromium.new_context()
    page = a_page(context)
    ran = 0
    unsafe = ""
    page.route("**/unsafe", lambda route: route.fulfill(body=unsafe, content_type="text/html"))
    for payload in FEW:
        unsafe = f"<!doctype html><title>x</title><p>{payload}</p>"
        ran += bool(scripts_that_ran(page, "http://127.0.0.1:9/unsafe"))
    context.close()

    assert ran >= FEWEST_ON_THE_UNSAFE_TWIN
