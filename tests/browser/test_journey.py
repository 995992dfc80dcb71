"""A reader's whole way through the site, in a real browser with scripts off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_from_tired_legs_to_a_machine_and_the_article(address: str, page: Page) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="Answer seven questions").click()
    expect(page).to_have_url(f"{address}/finder")

    page.get_by_label("Tired, heavy legs after a day on your feet").check()
    page.get_by_label("Calf", exact=True).first.check()
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("match your answers")
    assert "need=tired-legs" in page.url

    page.get_by_role("link", name="Answer the health questions").first.click()
    page.get_by_label("Varicose veins").first.check()
    page.locator("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "varicose" not in page.url
    assert "safe for you" not in page.inner_text("main").lower()

    page.go_back()
    page.go_back()
    page.locator("main").get_by_role("link", name="Compare").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("and what else?")
    page.locator("main a[href^='/compare?p='][href*='&p=']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 massagers")

    page.locator("main a[href^='/massagers/']").first.click()
    expect(page.get_by_role("heading", name="Who should not use it")).to_be_visible()

    page.get_by_role("link", name="Benefits of leg massage").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Benefits of leg massage")
    expect(page.get_by_text("General information, not medical advice.").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/massagers",
        "/massagers/hyperice-normatec-3-legs",
        "/compare?p=hyperice-normatec-3-legs&p=therabody-jetboots-pro-plus",
        "/finder",
        "/check",
        "/guides/benefits-of-leg-massage",
        "/safety",
        "/types/compression",
        "/reviews",
        "/recalls",
        "/about",
    ],
)
def test_no_page_scrolls_sideways_on_the_smallest_phone(
    address: str, page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{address}{path}")

    # Laid out without scripts, so the width is read from the driver and not from the page.
    assert page.locator("html").bounding_box() is not None
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
