"""What a reader saves and looked at stays in the browser; the server is told nothing of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser

BOOTS = "/massagers/hyperice-normatec-3-legs"


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A browser that has kept nothing yet."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert context.cookies() == []
    context.close()
    assert wrong == []


def test_machines_are_saved_from_cards_and_pages_and_stand_on_one_page(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}/massagers?form=massage-gun")
    desk.get_by_role("button", name=re.compile("^Save ")).first.click()
    name = desk.locator(".product-card h3").first.inner_text()
    expect(desk.get_by_role("button", name=f"Saved {name}")).to_be_visible()
    desk.goto(f"{address}{BOOTS}")
    desk.get_by_role("button", name="Save Normatec 3 Legs").click()

    desk.get_by_role("link", name="Saved", exact=True).click()
    expect(desk.locator("#kept-list .product-card h3")).to_have_text(["Normatec 3 Legs", name])
    expect(desk.locator("#seen-list a")).to_have_text(["Normatec 3 Legs"])
    assert faults(desk) == []

    desk.get_by_role("button", name="Compare what is ticked").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Compare 2 massagers")


def test_the_button_is_there_again_after_a_choice(desk: Page, address: str) -> None:
    desk.goto(f"{address}/massagers")
    desk.get_by_role("button", name=re.compile("^Save ")).first.click()
    name = desk.locator(".product-card h3").first.inner_text()
    desk.locator("#facet-type a").first.click()
    expect(desk).to_have_url(re.compile("type="))

    expect(desk.locator(".product-card .save")).to_have_count(24)
    expect(desk.get_by_role("button", name=f"Saved {name}")).to_be_visible()


def test_a_machine_that_left_does_not_break_the_page(desk: Page, address: str) -> None:
    desk.goto(f"{address}{BOOTS}")
    keep(desk, "saved", ["left-long-ago", "hyperice-normatec-3-legs"])
    desk.goto(f"{address}/saved")

    expect(desk.get_by_text("left-long-ago has left the catalogue")).to_be_visible()
    expect(desk.locator(".product-card")).to_have_count(1)
    assert faults(desk) == []
    desk.get_by_role("button", name="Take left-long-ago out").click()
    expect(desk.get_by_text("left the catalogue")).to_have_count(0)
    expect(desk.locator("#saved-said")).to_have_text("left-long-ago is taken out.")


def test_only_so_many_can_be_ticked_as_stand_side_by_side(desk: Page, address: str) -> None:
    desk.goto(f"{address}/massagers")
    for button in desk.get_by_role("button", name=re.compile("^Save ")).all()[:7][::-1]:
        button.click()
    desk.goto(f"{address}/saved")
    boxes = desk.locator("#kept-list input")
    expect(boxes).to_have_count(7)
    expect(desk.locator("#kept-list input:checked")).to_have_count(5)
    expect(boxes.last).to_be_disabled()

    boxes.first.uncheck()
    expect(boxes.last).to_be_enabled()


def test_all_of_it_is_forgotten_and_can_be_put_back(desk: Page, address: str) -> None:
    desk.goto(f"{address}{BOOTS}")
    desk.get_by_role("button", name=re.compile("^Save ")).first.click()
    desk.goto(f"{address}/saved")
    desk.get_by_role("button", name="Forget all of it").click()
    expect(desk.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(desk.locator("#saved-said")).to_have_text(re.compile("^All forgotten"))
    assert kept(desk) == {"machines.saved": [], "machines.seen": []}

    desk.get_by_role("button", name="Put it back").click()
    expect(desk.locator("#kept-list .product-card")).to_have_count(1)


def test_who_does_not_want_it_is_not_remembered(desk: Page, address: str) -> None:
    desk.goto(f"{address}{BOOTS}")
    desk.goto(f"{address}/saved")
    desk.get_by_label("Remember the last machines I looked at").uncheck()
    expect(desk.locator("#seen-list a")).to_have_count(0)

    desk.goto(f"{address}{BOOTS}")
    assert "machines.seen" not in kept(desk)


@pytest.mark.parametrize(
    "text", ["nonsense", "{}", '[1, null, {"slug": "../about"}]', '[{"slug": 3}]']
)
def test_what_something_else_wrote_there_is_left_alone(desk: Page, address: str, text: str) -> None:
    desk.goto(f"{address}/about")
    desk.evaluate("(text) => localStorage.setItem('machines.saved', text)", text)
    desk.goto(f"{address}/saved")

    expect(desk.get_by_text("Nothing is saved yet.")).to_be_visible()


def test_nobody_is_told(desk: Page, address: str) -> None:
    sent: list[Request] = []
    desk.on("request", lambda request: sent.append(request))
    desk.goto(f"{address}{BOOTS}")
    desk.get_by_role("button", name=re.compile("^Save ")).first.click()
    desk.goto(f"{address}/massagers?form=massage-gun")
    desk.get_by_role("button", name=re.compile("^Save ")).first.click()
    desk.goto(f"{address}/saved")
    expect(desk.locator("#kept-list .product-card")).to_have_count(2)

    assert {urlsplit(one.url).netloc for one in sent} == {urlsplit(address).netloc}
    assert {one.method for one in sent} == {"GET"}
    cards = [one for one in sent if one.url.endswith("/card")]
    assert len(cards) == 2
    for one in sent:
        assert one.url.count("normatec") <= 1
        assert "?" not in one.url or one.url.endswith("?form=massage-gun")
    for one in cards:  # not even that they were asked for together
        assert "referer" not in one.all_headers()


def test_without_scripts_there_is_no_button_and_the_page_says_why(page: Page, address: str) -> None:
    page.goto(f"{address}{BOOTS}")
    expect(page.locator(".save")).to_have_count(0)
    expect(page.locator(".save-slot")).to_have_css("min-height", "auto")

    page.get_by_role("link", name="Saved", exact=True).click()
    expect(page.get_by_text("This page needs scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Forget all of it")).to_have_count(0)


def keep(page: Page, shelf: str, slugs: list[str]) -> None:
    """Put machines on a shelf of the browser."""
    machines = [{"slug": one, "name": one} for one in slugs]
    page.evaluate(
        "([shelf, text]) => localStorage.setItem(`machines.${shelf}`, text)",
        [shelf, json.dumps(machines)],
    )


def kept(page: Page) -> dict[str, object]:
    """All that the browser keeps of machines."""
    found: dict[str, str] = page.evaluate("({ ...localStorage })")
    return {name: json.loads(text) for name, text in found.items() if name.startswith("machines.")}
