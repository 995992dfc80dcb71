"""On paper: what leads nowhere is left out, what was folded is open, and its address is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ARTICLE, MACHINE = "/guides/benefits-of-leg-massage", "/massagers/hyperice-normatec-3-legs"
TWO = "/compare?p=hyperice-normatec-3-legs&p=theragun-mini-3rd-gen"

LEADS_NOWHERE = "nav, form, .button, .site-header, .units, .skip-link, a[href='#units']"

DARK_INK = """() => {
    const bright = (one) => getComputedStyle(one).color.match(/[0-9.]+/g).slice(0, 3)
        .some((part) => part > 0x60);
    return [...document.querySelectorAll("main :is(p, li, td, th, dt, dd, h1, h2, h3, a)")]
        .filter((one) => one.checkVisibility() && bright(one)).map((one) => one.outerHTML);
}"""

SPLIT = """() => [...document.querySelectorAll("tr, li, figure, .card, .claim-card")]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).breakInside !== "avoid"
        && getComputedStyle(one).display !== "grid").map((one) => one.outerHTML.slice(0, 80))"""

WIDER = """() => [...document.querySelectorAll("main table")]
    .filter((one) => one.scrollWidth > document.documentElement.clientWidth).length"""


@pytest.fixture
def paper(chromium: Browser) -> Iterator[Page]:
    """A page as wide as A4 between its margins, on which a dark screen is printed."""
    context = chromium.new_context(
        viewport={"width": 672, "height": 978}, color_scheme="dark", java_script_enabled=False
    )
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("path", [ARTICLE, MACHINE, TWO])
def test_a_page_says_on_paper_where_it_came_from_and_when(
    address: str, paper: Page, path: str
) -> None:
    paper.goto(f"{address}{path}")

    printed = paper.locator(".printed")
    expect(printed).to_be_visible()
    expect(printed).to_have_text(re.compile(rf"{re.escape(path)} · as it stood on [0-9]+ \w+ 20"))
    expect(paper.locator("h1")).to_be_visible()
    assert (
        paper.locator(LEADS_NOWHERE).evaluate_all(
            "found => found.filter((one) => one.checkVisibility()).length"
        )
        == 0
    )


@pytest.mark.parametrize("path", [ARTICLE, MACHINE, TWO])
def test_all_words_are_dark_and_no_table_is_cut(address: str, paper: Page, path: str) -> None:
    paper.goto(f"{address}{path}")

    assert paper.evaluate(DARK_INK) == []
    assert paper.evaluate(WIDER) == 0
    if path != TWO:
        assert paper.evaluate(SPLIT) == []


def test_what_is_folded_on_a_screen_is_open_on_paper(address: str, paper: Page) -> None:
    paper.goto(f"{address}{ARTICLE}")
    sources = paper.locator(".reference-list a")

    expect(sources.first).to_be_visible()
    shown = sources.first.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in shown

    paper.goto(f"{address}{MACHINE}")
    folded = paper.locator("details.fold:not([open]) .fact-table th")
    assert folded.count() > 5
    assert folded.evaluate_all("found => found.every((one) => one.checkVisibility())")

    paper.emulate_media(media="screen")
    assert not folded.first.is_visible()
    assert not paper.locator(".printed").is_visible()
