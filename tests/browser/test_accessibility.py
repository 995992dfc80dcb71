"""What everybody can use: axe on every kind of page and state, light and dark, small and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import OPEN_ALL, faults
from tests.browser.places import MISTAKES, PAGES, STATES, STEPS, TWO, listing_with_its_sheet

pytestmark = pytest.mark.browser

SHARES = 8
"""The whole site is walked in so many parts of the same size, for as many tests."""

WIDE = "document.documentElement.scrollWidth"

TOO_LOW = """() => [...document.querySelectorAll('.button, .site-nav__link, .site-search__button')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))"""

TOO_SMALL = """() => [...document.querySelectorAll('#narrow-down :is(a, summary, label, button)')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
    .map((one) => one.outerHTML.slice(0, 120))"""

CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowX))
    .filter((one) => !one.closest('svg, .visually-hidden'))
    .map((one) => one.outerHTML.slice(0, 120))"""

FOCUSED = """() => {
    const one = document.activeElement, box = one.getClientRects()[0];
    const style = getComputedStyle(one);
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        name: one.outerHTML.slice(0, 120),
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: there !== null && !one.contains(there) && !there.contains(one),
    };
}"""

MOVING = """() => [...document.querySelectorAll('*')]
    .filter((one) => /[1-9]/.test(getComputedStyle(one).transitionDuration)
        || getComputedStyle(one).animationName !== 'none')
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A browser with scripts on, so that axe can run; the site itself needs none."""
    context = chromium.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [*PAGES, *STATES])
def test_axe_finds_nothing(desk: Page, address: str, path: str) -> None:
    desk.goto(f"{address}{path}")

    assert faults(desk) == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_axe_finds_nothing_where_a_form_leads(
    desk: Page, address: str, step: Callable[[Page, str], None]
) -> None:
    step(desk, address)

    assert faults(desk) == []


def test_axe_finds_nothing_in_the_sheet_of_the_listing(desk: Page, address: str) -> None:
    listing_with_its_sheet(desk, address)

    # What is scrolled half under the bar at its foot counts as cut for axe: sizes are measured.
    assert faults(desk, widths=(320, 768), without=("target-size",)) == []
    assert desk.evaluate(TOO_SMALL) == []


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_of_the_site_has_a_fault_on_the_smallest_phone(
    desk: Page, address: str, reader: FlaskClient, share: int
) -> None:
    tree = ElementTree.fromstring(reader.get("/sitemap.xml").text)  # noqa: S314  (our own)
    paths = [urlsplit(str(one.text)).path for one in tree.iter() if one.tag.endswith("loc")]
    assert len(paths) > 350

    found: dict[str, list[str]] = {}
    for path in sorted(paths)[share::SHARES]:
        desk.goto(f"{address}{path}")
        found[path] = faults(desk, widths=(320,))
        if desk.evaluate(WIDE) > 320:
            found[path].append("it scrolls sideways")

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("path", [*PAGES, *STATES])
def test_large_text_and_small_screens_lose_nothing(desk: Page, address: str, path: str) -> None:
    desk.set_viewport_size({"width": 320, "height": 640})
    desk.goto(f"{address}{path}")
    desk.evaluate(OPEN_ALL)
    assert desk.evaluate(WIDE) <= 320
    assert desk.evaluate(TOO_LOW) == []

    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.evaluate("document.documentElement.style.fontSize = '200%'")
    assert desk.evaluate(WIDE) <= 1280
    assert desk.evaluate(CUT) == []


@pytest.mark.parametrize("path", [*PAGES, f"{TWO}&calf=48cm", "/finder", "/check"])
def test_the_keyboard_is_always_seen(desk: Page, address: str, path: str) -> None:
    desk.goto(f"{address}{path}")

    for _ in range(60):
        desk.keyboard.press("Tab")
        focused = desk.evaluate(FOCUSED)
        if focused["name"].startswith("<body"):
            break  # the end of a short page: the browser's own buttons come next
        assert focused["marked"], focused
        assert focused["seen"], focused
        assert not focused["covered"], focused


@pytest.mark.parametrize("path", MISTAKES)
@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_has_the_focus_on_a_phone(
    chromium: Browser, address: str, path: str, scripts: bool
) -> None:
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": 360, "height": 780}
    )
    page = context.new_page()
    page.goto(f"{address}{path}")

    expect(page.get_by_role("alert")).to_be_focused()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_who_wants_it_still(desk: Page, address: str, path: str) -> None:
    desk.emulate_media(reduced_motion="reduce")
    desk.goto(f"{address}{path}")

    assert desk.evaluate(MOVING) == []


def test_drawings_are_seen_in_the_colours_of_the_system(desk: Page, address: str) -> None:
    desk.emulate_media(forced_colors="active")
    desk.goto(f"{address}/massagers/hyperice-normatec-3-legs")
    drawn = desk.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector('.leg--views'));
            return ['stroke', 'fill', '--calf', '--hip'].map((one) => style.getPropertyValue(one));
        }"""
    )

    assert drawn[0] != drawn[1]
    assert drawn[2:] == ["Highlight", "Canvas"]
