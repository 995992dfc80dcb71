"""A real browser is asked to go to sixty addresses of other sites, and stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, Route

from reviews_app.web import limiting
from tests.browser.test_accounts import site
from tests.elsewhere import ELSEWHERE, EVIL
from tests.people import PASSWORD, an_account

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["site"]

OWNER = "owner@people.example"
AWAY = "http://evil.example/"

PUT_AND_SEND = """([path, value]) => {
    const forms = [...document.querySelectorAll("main form")];
    const form = forms.find((one) => new URL(one.action).pathname === path);
    let next = form.querySelector("[name=next]");
    if (!next) {
        next = document.createElement("input");
        next.type = "hidden"; next.name = "next"; form.append(next);
    }
    next.value = value;
    form.submit();
}"""

Sends = Callable[[Page], None]


def _password(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)


def _sign_in(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill(OWNER)
    _password(page)


def _register(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill("new@people.example")
    page.get_by_label("The name under your reviews").fill("New Person")
    page.get_by_label("A password").fill("four plain synthetic words")


FORMS: dict[str, tuple[Sends, bool]] = {
    "/account/sign-in": (_sign_in, False),
    "/account/new": (_register, False),
    "/account/identity": (_password, True),
    "/account/sign-out": (lambda _: None, False),
}
"""What is filled in before each is sent, and whether somebody is signed in then."""


@pytest.mark.parametrize("path", FORMS)
def test_a_browser_stays_here_whatever_a_form_is_told(
    chromium: Browser, site: tuple[Flask, str], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "LIMITS", {})
    app, address = site
    with app.app_context():
        an_account(email=OWNER)
    fill, is_in = FORMS[path]
    left: list[tuple[str, str]] = []
    context = chromium.new_context()
    if is_in:
        _is_let_in(context.new_page(), address)
    state = context.storage_state()
    context.close()
    for value in ELSEWHERE:
        context = chromium.new_context(storage_state=state)
        page = context.new_page()
        gone = _watch(page, address)
        page.goto(f"{address}{path}?next={quote(value)}")
        if page.locator("main form").count():  # else it was refused at once
            fill(page)
            _send(page, path, value)
        left += [(value, one) for one in [*gone, *_is_away(page, address)]]
        context.close()

    assert left == []


def test_the_watch_sees_who_leaves(chromium: Browser, site: tuple[Flask, str]) -> None:
    _, address = site
    page = chromium.new_page()
    gone = _watch(page, address)
    page.goto(f"{address}/account/sign-in")
    page.evaluate("(away) => { location = away }", f"//{EVIL}/")
    page.wait_for_timeout(300)
    page.close()

    assert gone == [AWAY]


def _watch(page: Page, address: str) -> list[str]:
    """What the browser asks of others, each refused before it is sent."""
    gone: list[str] = []

    def ask(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            gone.append(route.request.url)
            route.abort()

    page.route("**/*", ask)
    return gone


def _is_let_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/sign-in")
    _sign_in(page)
    _send(page, "/account/sign-in", "")


def _send(page: Page, path: str, value: str) -> None:
    """Send the form of a page with this as the page to go on to, and follow where it leads."""
    with suppress(Error), page.expect_navigation():  # where it is stopped, the watch has seen it
        page.evaluate(PUT_AND_SEND, [path, value])


def _is_away(page: Page, address: str) -> list[str]:
    return [] if page.url.startswith(f"{address}/") else [page.url]
