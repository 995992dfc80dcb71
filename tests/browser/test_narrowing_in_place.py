"""Narrowing with scripts: the listing changes where it stands, and nothing a reader had is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.innerText.split('\\n')[0].trim()"


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Page]:
    """The listing on a large screen; a page that is loaded anew would forget its mark."""
    yield from _listing(chromium, address, width=1280)


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """The listing on a phone, come to from the front page."""
    yield from _listing(chromium, address, width=360)


def test_a_choice_changes_results_counts_chips_title_and_address_in_place(desk: Page) -> None:
    option(desk, "type", "Compression").click()
    expect(desk).to_have_url(re.compile(r"/massagers\?type=compression$"))
    expect(desk).to_have_title(re.compile("^Compression"))
    expect(desk.get_by_role("link", name="Massage type: Compression")).to_be_visible()
    compression = count(desk)

    option(desk, "heat", "Yes").click()
    expect(desk).to_have_url(re.compile(r"\?type=compression&heat=yes$"))
    assert 0 < count(desk) < compression
    assert is_the_same_page(desk)


def test_a_count_is_announced_by_the_very_element_that_stood_there(desk: Page) -> None:
    status = desk.locator("#found [role=status]").element_handle()
    assert status is not None
    option(desk, "type", "Shiatsu").click()
    expect(desk).to_have_url(re.compile("type=shiatsu"))

    assert status.evaluate("(one) => one.isConnected")
    assert status.inner_text() == f"{count(desk)} massagers found"


def test_focus_scroll_and_folding_stay_where_they_were(desk: Page) -> None:
    facet = desk.locator("#facet-cordless")
    facet.locator("summary").click()
    option(desk, "cordless", "Yes").focus()
    before = desk.evaluate("scrollY")
    assert before > 300

    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("cordless=yes"))

    assert desk.evaluate(FOCUSED).startswith("Yes")
    assert abs(desk.evaluate("scrollY") - before) < 120  # "Clear cordless" came in above
    assert facet.get_attribute("open") is not None
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("/massagers$"))
    assert desk.evaluate(FOCUSED).startswith("Yes")


def test_a_chip_that_is_taken_away_leaves_the_focus_among_the_results(desk: Page) -> None:
    option(desk, "type", "Shiatsu").click()
    chip = desk.get_by_role("link", name="Massage type: Shiatsu")
    chip.focus()
    desk.keyboard.press("Enter")
    expect(chip).to_have_count(0)

    assert desk.evaluate(FOCUSED) == "205 massagers found"


def test_what_is_only_typed_is_kept_and_counts_once_it_is_sent(desk: Page) -> None:
    calf = desk.get_by_label(re.compile("^Calf "))
    calf.fill("48 cm")
    option(desk, "type", "Compression").click()
    expect(desk).to_have_url(re.compile(r"\?type=compression$"))
    expect(calf).to_have_value("48 cm")

    desk.get_by_label("Order").select_option("name")
    expect(desk).to_have_url(re.compile(r"\?type=compression&sort=name$"))
    expect(calf).to_have_value("48 cm")

    calf.press("Enter")
    expect(desk).to_have_url(re.compile(r"\?type=compression&calf=48cm&sort=name$"))
    expect(calf).to_have_value("48")
    assert is_the_same_page(desk)


def test_a_box_counts_as_soon_as_it_is_ticked(desk: Page) -> None:
    desk.locator("#facet-brand > summary").click()
    desk.locator("#facet-brand details > summary").click()
    box = desk.locator("#facet-brand input").first
    box.check()
    expect(desk).to_have_url(re.compile(r"\?brand=[a-z0-9-]+$"))

    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_the_next_page_begins_at_its_top(desk: Page) -> None:
    desk.get_by_role("link", name="Next page").click()
    expect(desk).to_have_url(re.compile(r"\?page=2$"))
    expect(desk.locator("#found")).to_be_focused()

    assert is_seen(desk.locator("#found"))


def test_back_and_forward_show_what_their_address_says(desk: Page) -> None:
    everything = count(desk)
    option(desk, "type", "Compression").click()
    expect(desk.locator("#found")).not_to_have_text(f"{everything} massagers found")
    compression = count(desk)
    option(desk, "area", "Foot").click()
    expect(desk).to_have_url(re.compile("area=foot"))

    desk.go_back()
    expect(desk.locator("#found")).to_have_text(f"{compression} massagers found")
    desk.go_back()
    expect(desk.locator("#found")).to_have_text(f"{everything} massagers found")
    desk.go_forward()
    expect(desk.locator("#found")).to_have_text(f"{compression} massagers found")
    assert is_the_same_page(desk)

    desk.locator(".product-card h3 a").first.click()
    expect(desk.locator(".machine")).to_be_visible()
    desk.go_back()
    expect(desk.locator("#found")).to_have_text(f"{compression} massagers found")


def test_a_mistake_is_answered_in_place_and_put_right_there(desk: Page) -> None:
    desk.get_by_label(re.compile("^Calf ")).fill("48parsecs")
    desk.get_by_role("button", name="Show massagers").click()

    expect(desk.get_by_role("alert")).to_contain_text("48parsecs")
    expect(desk.get_by_role("alert")).to_be_focused()
    expect(desk).to_have_title(re.compile("We could not answer"))
    assert "calf=48parsecs" in desk.url

    desk.get_by_label(re.compile("^Calf ")).fill("48cm")
    desk.get_by_role("button", name="Show massagers").click()
    expect(desk).to_have_url(re.compile(r"\?calf=48cm$"))
    expect(desk.locator("#found")).to_be_focused()
    assert is_the_same_page(desk)


def test_nothing_found_is_shown_in_place_with_the_ways_back(desk: Page) -> None:
    desk.get_by_label("Words").fill("zzzzzz")
    desk.get_by_label("Words").press("Enter")

    expect(desk.locator("#found")).to_have_text("0 massagers found")
    desk.get_by_role("link", name="Start again with all massagers").click()
    expect(desk.locator("#found")).to_have_text("205 massagers found")
    assert is_the_same_page(desk)


def test_a_line_that_is_down_is_left_to_the_browser(desk: Page) -> None:
    desk.context.set_offline(True)
    option(desk, "type", "Compression").click()
    expect(desk).to_have_url("chrome-error://chromewebdata/")


def test_on_a_phone_the_questions_are_a_sheet_that_holds_the_focus(phone: Page) -> None:
    sheet = phone.locator("#narrow-down")
    expect(sheet).not_to_be_visible()
    phone.get_by_role("link", name="Narrow down").click()

    expect(phone.get_by_role("dialog", name="Narrow down")).to_be_visible()
    for _ in range(60):
        phone.keyboard.press("Tab")
        assert phone.evaluate(
            "[document.body, ...document.querySelectorAll('#narrow-down, #narrow-down *')]"
            ".includes(document.activeElement)"
        )


@pytest.mark.parametrize("way", ["escape", "close", "show", "back"])
def test_the_sheet_closes_and_gives_the_focus_back(phone: Page, way: str) -> None:
    came_from = phone.evaluate("history.length")
    opener = phone.get_by_role("link", name="Narrow down")
    opener.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#narrow-down")).to_be_visible()

    leave(phone, way)

    expect(phone.locator("#narrow-down")).not_to_be_visible()
    expect(opener).to_be_focused()
    expect(phone).to_have_url(re.compile("/massagers$"))
    expect(phone.locator("[inert]")).to_have_count(0)
    assert phone.evaluate("history.length") <= came_from + 1


@pytest.mark.parametrize("way", ["escape", "show", "back"])
def test_what_was_chosen_in_the_sheet_stays_and_back_takes_it_back(phone: Page, way: str) -> None:
    everything = count(phone)
    phone.get_by_role("link", name="Narrow down").click()
    option(phone, "type", "Compression").click()
    expect(phone.get_by_role("button", name=f"Show {everything} massagers")).to_have_count(0)
    option(phone, "area", "Foot").click()
    expect(phone).to_have_url(re.compile(r"type=compression&area=foot#narrow-down$"))
    live = phone.locator(".listing__done").inner_text()

    leave(phone, way)

    expect(phone).to_have_url(re.compile("type=compression&area=foot$"))
    expect(phone.locator("#narrow-down")).not_to_be_visible()
    assert live == f"Show {count(phone)} massagers"

    phone.go_back()
    expect(phone.locator("#found")).to_have_text(f"{everything} massagers found")
    assert is_the_same_page(phone)
    phone.go_back()
    expect(phone).to_have_url(re.compile("/$"))


def test_a_form_that_is_sent_closes_the_sheet(phone: Page) -> None:
    phone.get_by_role("link", name="Narrow down").click()
    phone.get_by_label(re.compile("^Calf ")).fill("48cm")
    phone.get_by_role("button", name="Show massagers").click()

    expect(phone).to_have_url(re.compile("calf=48cm$"))
    expect(phone.locator("#narrow-down")).not_to_be_visible()


def test_the_button_of_the_sheet_takes_what_is_typed(phone: Page) -> None:
    everything = count(phone)
    phone.get_by_role("link", name="Narrow down").click()
    button = phone.locator(".listing__done button")
    expect(button).to_have_text(f"Show {everything} massagers")

    calf = phone.get_by_label(re.compile("^Calf "))
    calf.fill("48")
    expect(button).to_have_text("Show massagers")
    option(phone, "type", "Compression").click()
    expect(phone).to_have_url(re.compile("type=compression#narrow-down$"))
    expect(button).to_have_text("Show massagers")
    calf.fill("")
    expect(button).to_have_text(f"Show {count(phone)} massagers")
    calf.fill("48")
    button.click()

    expect(phone).to_have_url(re.compile("type=compression&calf=48cm$"))
    expect(phone.locator("#narrow-down")).not_to_be_visible()


def test_a_mistake_in_the_sheet_is_answered_on_the_page(phone: Page) -> None:
    phone.get_by_role("link", name="Narrow down").click()
    phone.get_by_label(re.compile("^Calf ")).fill("48parsecs")
    phone.get_by_role("button", name="Show massagers").click()

    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.locator("[inert]")).to_have_count(0)
    assert is_seen(phone.get_by_role("heading", level=1))


def test_what_counts_is_found_in_the_sheet(phone: Page) -> None:
    phone.get_by_role("link", name="Choose what counts").click()

    expect(phone.get_by_role("dialog", name="Narrow down")).to_be_visible()
    assert is_seen(phone.locator("#what-counts"))


def test_a_turned_phone_has_the_questions_beside_the_machines(phone: Page) -> None:
    phone.get_by_role("link", name="Narrow down").click()
    phone.set_viewport_size({"width": 1100, "height": 700})

    expect(phone.locator("[inert]")).to_have_count(0)
    expect(phone.get_by_role("dialog")).to_have_count(0)
    expect(phone.locator("#narrow-down")).to_be_visible()


def test_without_scripts_the_same_links_and_the_button_lead_to_the_same_pages(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/massagers")
    page.get_by_role("link", name="Narrow down").click()
    option(page, "type", "Compression").click()
    page.get_by_label(re.compile("^Calf ")).fill("48 cm")
    page.get_by_role("button", name="Show massagers").click()
    expect(page).to_have_url(f"{address}/massagers?type=compression&calf=48cm")

    page.get_by_label(re.compile("^Calf ")).fill("49")
    page.get_by_role("button", name=re.compile("^Show [0-9]+ massagers$")).click()
    expect(page).to_have_url(f"{address}/massagers?type=compression&calf=49cm")


def _listing(chromium: Browser, address: str, *, width: int) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": width, "height": 760})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/")
    page.get_by_role("link", name=re.compile("^See all [0-9]+ massagers$")).click()
    page.wait_for_load_state("networkidle")
    page.evaluate("window.mark = 'here'")
    yield page
    context.close()
    assert faults == []


def option(page: Page, facet: str, label: str) -> Locator:
    """The option of a facet, unfolded."""
    details = page.locator(f"#facet-{facet}")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details.get_by_role("link", name=re.compile(f"^{label} [0-9]+$"))


def count(page: Page) -> int:
    """How many machines the page says it found."""
    return int(page.locator("#found").inner_text().split()[0])


def leave(page: Page, way: str) -> None:
    """Close the sheet in one of four ways."""
    if way == "escape":
        page.keyboard.press("Escape")
    elif way == "close":
        page.get_by_role("button", name="Close").click()
    elif way == "show":
        page.get_by_role("button", name=re.compile("^Show [0-9]+ massagers$")).click()
    else:
        page.go_back()


def is_the_same_page(page: Page) -> bool:
    """Whether no other page was loaded since the listing came."""
    return bool(page.evaluate("window.mark === 'here'"))


def is_seen(place: Locator) -> bool:
    """Whether an element stands in the window."""
    return bool(
        place.evaluate(
            """(one) => {
                const box = one.getBoundingClientRect();
                return box.top >= 0 && box.bottom <= innerHeight;
            }"""
        )
    )
