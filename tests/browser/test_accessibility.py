"""What everybody can use: axe on every kind of page and state, light and dark, small and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.browser.places import PAGES, STATES, STEPS

pytestmark = pytest.mark.browser

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
WIDTHS = (320, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = Axe()

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"

TOO_LOW = """() => [...document.querySelectorAll('.button, .site-nav__link, .site-search__button')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))"""

CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowX))
    .filter((one) => !one.closest('svg, .visually-hidden'))
    .map((one) => one.outerHTML.slice(0, 120))"""

FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return {
        name: one.outerHTML.slice(0, 120),
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
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


@pytest.mark.slow
def test_axe_finds_nothing_on_the_whole_site(desk: Page, address: str, reader: FlaskClient) -> None:
    tree = ElementTree.fromstring(reader.get("/sitemap.xml").text)  # noqa: S314  (our own)
    places = [str(one.text) for one in tree.iter() if one.tag.endswith("loc")]
    assert len(places) > 250

    found: dict[str, list[str]] = {}
    for place in places:
        path = place.removeprefix("http://127.0.0.1:8000")
        desk.goto(f"{address}{path}")
        found[path] = faults(desk)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("path", [*PAGES, *STATES])
def test_large_text_and_small_screens_lose_nothing(desk: Page, address: str, path: str) -> None:
    desk.set_viewport_size({"width": 320, "height": 640})
    desk.goto(f"{address}{path}")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
    assert desk.evaluate(TOO_LOW) == []

    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.evaluate("document.documentElement.style.fontSize = '200%'")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 1280
    assert desk.evaluate(CUT) == []


@pytest.mark.parametrize("path", ["/", "/massagers", "/finder", "/check"])
def test_the_keyboard_is_always_seen(desk: Page, address: str, path: str) -> None:
    desk.goto(f"{address}{path}")

    for _ in range(40):
        desk.keyboard.press("Tab")
        focused = desk.evaluate(FOCUSED)
        assert focused["marked"], focused
        assert focused["seen"], focused


@pytest.mark.parametrize("path", ["/", "/massagers"])
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


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is, everything folded out, in every theme and width."""
    page.evaluate(OPEN_ALL)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{width} {theme} {words}" for words in _violations(page)]
    return found


def _violations(page: Page) -> Iterator[str]:
    result: dict[str, Any] = AXE.run(page, options=OPTIONS).response
    for rule in result["violations"]:
        for node in rule["nodes"]:
            why = "; ".join(one["message"] for one in node["any"] + node["all"] + node["none"])
            yield f"{rule['id']}: {node['html'][:160]} ({why})"
