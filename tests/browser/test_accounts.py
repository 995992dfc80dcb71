"""A person makes an account, uses it and leaves, in a real browser with scripts off; and axe finds
nothing on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page

from tests.browser.axe import faults
from tests.browser.serving import answering
from tests.databases import NewDatabase, a_site
from tests.people import link_in, mails

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "synthetic@people.example", "four plain synthetic words"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

VISITED = ("/account/new", "/account/sign-in", "/account/recovery", "/account/confirmation")
OWN = (
    "/account",
    "/account/password",
    "/account/email",
    "/account/identity",
    "/account/second-factor",
    "/account/deletion",
)


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """An empty site of its own that answers on this machine, and where."""
    with a_site(new_database, tmp_path / "site.db") as app, answering(app) as address:
        yield app, address


def _press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def _register(page: Page, app: Flask, address: str) -> None:
    page.goto(f"{address}/account/new")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_label("The name under your reviews").fill("Synthetic Person")
    page.get_by_label("A password").fill(PASSWORD)
    _press(page, "Make my account")
    page.goto(f"{address}{link_in(mails(app)[-1][2])}")
    _press(page, "This address is mine")


def _sign_in(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_label("Your password").fill(PASSWORD)
    _press(page, "Sign in")


def test_an_account_is_made_used_and_left_without_scripts(
    page: Page, site: tuple[Flask, str]
) -> None:
    app, address = site
    _register(page, app, address)
    page.goto(f"{address}/account/deletion")
    assert page.url.endswith("/account/sign-in?next=/account/deletion")
    _sign_in(page)
    assert page.url.endswith("/account/deletion")
    page.goto(f"{address}/account/second-factor")
    _press(page, "Begin")
    key = page.locator(".secret-key").inner_text()
    page.get_by_label("Six digits").fill(TOTP(key=key).generate().token)
    _press(page, "Set it up")
    assert "Your second factor is set up." in page.locator("main").inner_text()
    page.goto(f"{address}/account/deletion")
    page.get_by_label("They are taken out too").check()
    page.get_by_label("Your password").fill("not this one at all")
    _press(page, "Delete my account")
    assert page.get_by_label("They are taken out too").is_checked()
    page.get_by_label("Your password").fill(PASSWORD)

    _press(page, "Delete my account")

    assert page.locator("h1").inner_text() == "Your account is deleted"
    assert page.context.cookies() == []


def test_axe_finds_nothing_on_the_pages_of_an_account(
    chromium: Browser, site: tuple[Flask, str]
) -> None:
    app, address = site
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = faults(page, widths=(320, 1440))
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate(WIDE):
            found[name].append("scrolls sideways")

    for path in VISITED:
        page.goto(f"{address}{path}")
        look(path)
    page.goto(f"{address}/account/new")
    _press(page, "Make my account")
    look("mistakes")
    _register(page, app, address)
    look("confirmed")
    _sign_in(page)
    for path in OWN:
        page.goto(f"{address}{path}")
        look(path)
    page.goto(f"{address}/account/second-factor")
    _press(page, "Begin")
    look("square")
    _press(page, "Set it up")
    look("square and no code")
    page.goto(f"{address}/account/recovery-codes")
    _press(page, "Make ten new codes")
    look("codes")
    page.goto(f"{address}/account")
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((o) => o.value = 'x')")
    _press(page, "Change the name")
    look("once more")
    page.context.clear_cookies()
    _press(page, "Send it again")
    look("signed out")
    context.close()

    assert {name: one for name, one in found.items() if one} == {}
    assert len(found) > 14
