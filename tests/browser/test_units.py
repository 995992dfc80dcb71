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
    weight.scroll_into_view_if_needed()  # a phone lays out what is near
    expect(weight).to_have_text(re.compile(r"^[0-9.]+ lb$"), use_inner_text=True)

    page.get_by_label("cm, kg, °C").check()
    weight.scroll_into_view_if_needed()
    expect(weight).to_have_text(re.compile(r"^[0-9.]+ kg$"), use_inner_text=True)


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


def test_a_weight_is_asked_for_in_pounds_without_a_script(address: str, page: Page) -> None:
    page.goto(f"{address}/massagers?type=percussion")
    page.get_by_text("More numbers").click()
    weight = page.get_by_role("group", name=re.compile("^Weight"))
    weight.get_by_label("to", exact=True).fill("5")
    weight.get_by_label("Weight, unit").select_option(label="pounds")

    page.get_by_role("button", name="Show massagers").click()

    expect(page).to_have_url(re.compile(r"\?type=percussion&weight_kg_max=2\.3$"))
    expect(page.locator(".chips")).to_contain_text("Weight: up to 2.3 kg (5 lb)")


def test_an_empty_field_is_offered_in_the_unit_that_is_shown(
    address: str, chromium: Browser
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/finder?calf=48cm")
    page.get_by_label("inches, pounds, °F").check()
    page.locator("#pressure-kpa").check()

    page.goto(f"{address}/finder")
    expect(page.get_by_label("Calf, unit")).to_have_value("in")
    expect(page.get_by_label("Squeeze no stronger than, unit")).to_have_value("kPa")

    page.get_by_label(re.compile("^Calf How far")).fill("19")
    page.get_by_role("button", name="Show me machines", exact=True).click()
    expect(page).to_have_url(re.compile("calf=19in"))
    page.get_by_label("cm, kg, °C").check()
    expect(page.locator("[name=calf_unit]")).to_have_value("in")
    expect(page.locator("[name=thigh_unit]")).to_have_value("cm")
    context.close()
