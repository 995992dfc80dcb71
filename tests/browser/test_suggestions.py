"""Suggestions while words are typed: by keys and pointer, spoken, and never in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Page]:
    """The front page in a browser that runs scripts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 760}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/")
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def test_keys_choose_while_the_focus_stays_in_the_field(desk: Page) -> None:
    field = typed_into(desk.get_by_label("Search massagers"), "compr")
    options = desk.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_text(re.compile("^Compression Massage type, [0-9]+ massagers$"))
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(desk.locator("#suggestions + [role=status]")).to_have_text(
        f"{options.count()} suggestions"
    )

    desk.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("[aria-selected=true]")).to_have_count(0)
    desk.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    first = options.first.get_attribute("id") or ""
    expect(field).to_have_attribute("aria-activedescendant", first)

    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/massagers\?type=compression$"))


def test_escape_closes_the_list_and_keeps_the_words(desk: Page) -> None:
    field = typed_into(desk.get_by_label("Search massagers"), "calf")
    expect(desk.get_by_role("listbox")).to_be_visible()

    desk.keyboard.press("Escape")

    expect(desk.get_by_role("listbox")).not_to_be_visible()
    expect(field).to_have_value("calf")
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("listbox")).to_be_visible()
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("listbox")).to_have_count(0)


def test_who_chooses_nothing_sends_the_words(desk: Page) -> None:
    typed_into(desk.get_by_label("Search massagers"), "jet boots")
    expect(desk.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"/massagers\?q=jet\+boots$"))


def test_a_pointer_chooses_a_machine(desk: Page) -> None:
    typed_into(desk.get_by_label("Search massagers"), "jetboots prime")
    desk.get_by_role("listbox").get_by_role("option", name="JetBoots Prime").click()

    expect(desk).to_have_url(re.compile("/massagers/therabody-jetboots-prime$"))


def test_in_the_listing_a_choice_comes_to_those_made_before(desk: Page, address: str) -> None:
    desk.goto(f"{address}/massagers?heat=yes")
    desk.wait_for_load_state("networkidle")
    desk.evaluate("window.mark = 'here'")
    field = typed_into(desk.get_by_label("Words"), "calf")
    first = desk.get_by_role("listbox").get_by_role("option").first
    expect(first).to_have_text("Calf Part of the leg")  # how many it leaves is not known yet
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"\?area=calf&heat=yes$"))
    expect(field).to_have_value("")
    assert desk.evaluate("window.mark") == "here"
    typed_into(field, "boots")
    expect(desk.get_by_role("listbox").get_by_role("option").first).to_be_visible()


def test_a_list_that_is_open_has_no_fault(desk: Page) -> None:
    typed_into(desk.get_by_label("Search massagers"), "compr")
    expect(desk.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    desk.keyboard.press("ArrowDown")

    assert faults(desk) == []


def test_without_an_answer_the_field_is_a_field(desk: Page) -> None:
    desk.route("**/api/v1/suggestions*", lambda route: route.abort())
    typed_into(desk.get_by_label("Search massagers"), "shiatsu")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"\?q=shiatsu$"))


def typed_into(field: Locator, words: str) -> Locator:
    """The field, typed into key by key."""
    field.click()
    field.press_sequentially(words, delay=20)
    return field
