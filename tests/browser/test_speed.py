"""What a phone has to fetch for the five pages, and that nothing moves by itself while they come.

Times are not tested: they are measured by `make speed` on a machine that does nothing else.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from speed.loading import PAGES, SETTLED_MS, a_phone, load

pytestmark = pytest.mark.browser

MOST_BYTES = 120_000
MOST_SHIFT = 0.02


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_stands_still(chromium: Browser, address: str, name: str) -> None:
    felt = load(chromium, f"{address}{PAGES[name]}", slow=False)

    assert 20_000 < felt.transfer_bytes <= MOST_BYTES
    assert felt.shift <= MOST_SHIFT
    assert felt.paint_ms > 0


def test_a_page_is_still_on_a_slow_line(chromium: Browser, address: str) -> None:
    felt = load(chromium, f"{address}{PAGES['listing']}", slow=True)

    assert felt.shift <= MOST_SHIFT


HIDDEN = """() => [...document.querySelectorAll("body *")]
    .filter((one) => getComputedStyle(one).contentVisibility === "hidden").length"""


@pytest.mark.parametrize("name", PAGES)
def test_every_part_of_a_page_has_its_turn(chromium: Browser, address: str, name: str) -> None:
    with a_phone(chromium, slow=False) as page:
        page.goto(f"{address}{PAGES[name]}", wait_until="networkidle")
        page.wait_for_timeout(SETTLED_MS)

        assert page.evaluate(HIDDEN) == 0


LENGTH = "document.documentElement.scrollHeight"
ALL_LAID_OUT = 'document.documentElement.classList.add("is-sent-to-a-place")'


@pytest.mark.parametrize("name", PAGES)
def test_the_scrollbar_tells_about_how_long_a_page_is(
    chromium: Browser, address: str, name: str
) -> None:
    with a_phone(chromium, slow=False) as page:
        page.goto(f"{address}{PAGES[name]}", wait_until="networkidle")
        page.wait_for_timeout(SETTLED_MS)
        told = page.evaluate(LENGTH)
        page.evaluate(ALL_LAID_OUT)

        assert 0.5 <= told / page.evaluate(LENGTH) <= 1.5


def test_a_phone_has_our_font_from_its_second_page_on(chromium: Browser, address: str) -> None:
    faces = "getComputedStyle(document.body).fontFamily"
    with a_phone(chromium, slow=False) as page:
        page.goto(f"{address}/", wait_until="networkidle")
        page.wait_for_timeout(SETTLED_MS)
        first = page.evaluate(faces)
        page.goto(f"{address}/safety", wait_until="networkidle")

        assert "Atkinson" not in first
        assert "Atkinson" in page.evaluate(faces)


TOP = "document.getElementById(location.hash.slice(1)).getBoundingClientRect().top"


@pytest.mark.parametrize("slow", [False, True], ids=["fast", "slow"])
@pytest.mark.parametrize(
    ("name", "place"),
    [("article", "references"), ("product", "facts"), ("product", "read-on")],
)
def test_who_asks_for_a_place_on_a_page_is_taken_there(
    chromium: Browser, address: str, *, name: str, place: str, slow: bool
) -> None:
    with a_phone(chromium, slow=slow) as page:
        page.goto(f"{address}{PAGES[name]}#{place}", wait_until="networkidle")
        page.wait_for_timeout(SETTLED_MS)

        assert 0 <= page.evaluate(TOP) <= 100
