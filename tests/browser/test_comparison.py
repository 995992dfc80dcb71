"""The comparison as it is laid out: what stays in view, how much of it, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FIVE = (
    "/compare?p=nike-hyperice-hyperboot&p=hyperice-normatec-3-legs&p=therabody-jetboots-pro-plus"
    "&p=theragun-pro-plus&p=entuit-ultra-premium-leg-massager&calf=48cm"
)

MEASURED = """() => {
    const box = (one) => one.getBoundingClientRect();
    const region = box(document.querySelector(".comparison"));
    const names = [...document.querySelectorAll("thead th:not(.comparison__corner)")].map(box);
    const label = box(document.querySelector("#facts-power .comparison__label"));
    const isWhole = (one) => one.left >= region.left - 1 && one.right <= region.right + 1;
    return {
        page: document.documentElement.scrollWidth,
        header: names[0].top - Math.max(region.top, 0),
        label: label.left - region.left,
        shown: names.filter(isWhole).length,
    };
}"""


@pytest.mark.parametrize(("width", "shown"), [(320, 2), (360, 2), (768, 2), (1280, 5)])
def test_names_and_labels_stay_in_view(
    address: str, chromium: Browser, width: int, shown: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 740})
    page.goto(f"{address}{FIVE}")

    if width < 1216:
        page.locator(".comparison").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('.comparison').scrollTo(400, 2500)")
    else:
        page.evaluate("window.scrollTo(0, 3500)")
    page.wait_for_timeout(300)
    seen = page.evaluate(MEASURED)

    assert seen["page"] == width
    assert abs(seen["header"]) <= 2
    assert 0 <= seen["label"] <= 20
    assert seen["shown"] >= shown


def test_five_machines_print_on_one_sheet(address: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{address}{FIVE}")

    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))

    assert len(sheets) == 1


def test_machines_are_set_aside_and_compared_without_scripts(address: str, page: Page) -> None:
    page.goto(f"{address}/massagers?form=massage-gun")
    for _ in range(2):
        page.get_by_role("link", name=re.compile("^Choose .* to compare$")).first.click()
    page.get_by_role("link", name="Compare 2 machines").click()

    assert page.url.count("p=") == 2
    assert page.locator("h1").inner_text() == "Compare 2 massagers"

    page.get_by_role("link", name=re.compile("^Move .* right")).first.click()
    page.get_by_role("link", name="Show only differences").click()
    assert page.url.endswith("&diff=1")
