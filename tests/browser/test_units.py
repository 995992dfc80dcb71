"""The switch of units: it works on the page by itself, and with scripts the browser keeps it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MACHINE, OTHER = "/massagers/beurer-fm-90", "/massagers/hyperice-normatec-3-legs"


def test_both_units_are_shown_until_one_is_chosen(address: str, page: Page) -> None:
    page.goto(f"{address}{MACHINE}")
    weight = page.locator(".glance .measure", has_text=" kg").first

    expect(weight).to_have_text(re.compile(r"^[0-9.]+ kg \([0-9.]+ lb\)$"))

    page.get_by_label("inches, pounds, °F").check()
    assert re.fullmatch(r"[0-9.]+ lb", weight.inner_text().strip())

    page.get_by_label("cm, kg, °C").check()
    assert re.fullmatch(r"[0-9.]+ kg", weight.inner_text().strip())


def test_a_choice_holds_on_the_next_page_and_moves_nothing(address: str, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}{MACHINE}")
    page.get_by_label("kPa").check()
    page.get_by_label("inches, pounds, °F").check()

    page.goto(f"{address}{OTHER}")

    expect(page.get_by_label("kPa")).to_be_checked()
    pressure = page.locator(".glance .measure.pressure").first
    assert pressure.inner_text().strip().endswith("kPa")
    assert "mm Hg" not in pressure.inner_text()
    assert "?" not in page.url
    assert context.cookies() == []
    kept = page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('units'))"
    )
    assert sorted(kept) == [["units.measures", "us"], ["units.pressure", "kpa"]]
    context.close()


def test_a_browser_that_forbids_storage_still_switches(address: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page.goto(f"{address}{MACHINE}")

    page.get_by_label("cm, kg, °C").check()

    weight = page.locator(".glance .measure", has_text=" kg").first.inner_text()
    assert re.fullmatch(r"[0-9.]+ kg", weight.strip())
