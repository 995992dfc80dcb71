"""Five readers, from the front page to an end that is right for them, by what they see.

Each walks on a phone, at a desk, and by keys alone; with scripts and without, in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.readers import Reader

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
SIZED = re.compile(r"([0-9,]+) massagers? found")

PHONE_FIRST = ("phone", "desk with scripts", "keys")
SCRIPTS_FIRST = ("phone with scripts", "desk", "keys")

WAYS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "has_touch": True, "java_script_enabled": False},
    "phone with scripts": {"viewport": PHONE, "has_touch": True},
    "desk": {"viewport": DESK, "java_script_enabled": False},
    "desk with scripts": {"viewport": DESK},
    "keys": {"viewport": DESK},
}


@pytest.fixture
def reader(address: str, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader whose browser has never been here."""
    way = request.param
    context = chromium.new_context(**WAYS[way])
    yield Reader(context.new_page(), address, keys=way == "keys")
    context.close()


@pytest.mark.parametrize("reader", PHONE_FIRST, indirect=True)
def test_a_sore_runner_reads_what_helps_and_finds_a_gun_that_does_it(reader: Reader) -> None:
    reader.starts()
    reader.follows("Sore muscles a day or two after exercise")
    reader.sees_before("Do this first", "Which massage, and how sure can you be?")
    reader.sees_before("Look here before you start", "Machines")
    reader.sees("Moderate evidence")

    promised = number_in(reader.page.get_by_role("link", name=re.compile("See .* machines")))
    reader.follows(f"See {promised} machines")
    finds(reader, promised)

    reader.opens(re.compile("^Form$"))
    gun = reader.page.locator("main").get_by_role("link", name=re.compile("^Massage gun [0-9]+$"))
    guns = number_in(gun)
    reader.follows(re.compile("^Massage gun [0-9]+$"))
    finds(reader, guns)

    machine = reader.page.locator("main article h3 a").first.inner_text()
    reader.follows(machine)
    reader.sees("We have tested no machine.")
    reader.sees_before("Who should not use it", "Prices seen")
    reader.follows("Should I use this at all?")
    reader.presses("Check what I ticked")
    reader.reads("You ticked nothing")
    reader.sees("that massage will do you no harm")
    reader.follows(f"Back to {machine}")
    reader.reads(machine)


@pytest.mark.parametrize("reader", SCRIPTS_FIRST, indirect=True)
def test_someone_of_seventy_with_swollen_ankles_is_sent_to_a_doctor(reader: Reader) -> None:
    reader.starts()
    reader.sees_before("One leg suddenly swollen, warm or sore?", "What do you want help with?")
    reader.follows("Puffy ankles or legs (no illness found)")
    reader.sees("ask first")
    reader.sees_before("Look here before you start", "Machines")
    reader.follows("All warnings, and the signs that need a doctor")
    reader.sees_before("Call emergency services", "Known or possible blood clot")
    reader.follows("Check what this means for me")

    reader.ticks("One leg swollen, painful, warm or discoloured, or a hard sore vein")
    reader.ticks("Heart failure")
    reader.presses("Check what I ticked")

    reader.reads("Get help first")
    reader.sees("Do not massage your legs now.")
    reader.sees("See a doctor today")
    reader.does_not_see(re.compile("safe for you", re.IGNORECASE))
    reader.is_led_to_no_shop()
    reader.leaves_nothing("clot-leg", "heart", "condition", "swollen, painful")


@pytest.mark.parametrize("reader", PHONE_FIRST, indirect=True)
def test_a_desk_worker_answers_the_finder_and_compares_what_it_finds(reader: Reader) -> None:
    reader.starts()
    reader.follows("Answer seven questions")
    reader.sees_before("Before any machine: should you use one at all?", "Where on the leg?")
    reader.ticks("Sitting all day (circulation at the desk)")
    reader.ticks("Calf")
    reader.types(re.compile("^Calf How far"), "38 cm")
    reader.ticks("It must work without a cord")
    reader.presses("Show me machines")

    reader.reads("Massagers that match your answers")
    reader.sees_before("Before any machine", "Do this first:")
    found = number_in(reader.page.get_by_role("status").filter(has_text="for use at home"))
    reader.sees_before("Do this first:", f"{found} massagers of")
    reader.follows("these filters give in the list")
    finds(reader, found)

    reader.page.go_back()
    machine = reader.page.locator("main article h3 a").first.inner_text()
    reader.follows(machine)
    reader.sees_before("Who should not use it", "Similar machines")
    reader.follows(re.compile("^Compare with (similar machines|another machine)$"))
    reader.sees("Who should not use it")
    assert reader.path == "/compare"
    assert reader.page.get_by_role("table").get_by_text(machine).first.is_visible()


@pytest.mark.parametrize("reader", SCRIPTS_FIRST, indirect=True)
def test_someone_pregnant_is_told_to_ask_a_clinician_first(reader: Reader) -> None:
    reader.starts()
    reader.sees_before("Pregnant, ill, on blood thinners", "The highest scores")
    reader.follows("Check first whether to use one at all")
    reader.sees("What you tick is used for this one answer.")
    reader.ticks("Pregnancy and the weeks after birth")
    reader.presses("Check what I ticked")

    reader.reads("What our rules say")
    reader.sees("Ask a clinician first")
    reader.does_not_see(re.compile(r"\bsafe\b", re.IGNORECASE))
    reader.does_not_see("No conflict listed")
    reader.leaves_nothing("pregnancy", "condition")

    reader.presses("Change what I ticked")
    reader.reads("Should I use a leg massager at all?")
    expect(reader.page.get_by_label("Pregnancy and the weeks after birth")).to_be_checked()
    reader.ticks(
        "In pregnancy or just after: sudden swelling of face, hands or feet, bad headache, "
        "blurred or flashing sight, pain under the ribs, vomiting"
    )
    reader.presses("Check what I ticked")
    reader.reads("Get help first")
    reader.sees("See a doctor today")
    reader.sees("Call the midwife or maternity unit at once, day or night.")
    reader.is_led_to_no_shop()
    reader.leaves_nothing("pregnancy", "preeclampsia", "condition")


@pytest.mark.parametrize("reader", PHONE_FIRST, indirect=True)
def test_who_buys_for_a_parent_measures_compares_and_asks_first(reader: Reader) -> None:
    reader.starts()
    everything = number_in(reader.page.get_by_role("link", name=re.compile("See all .* massagers")))
    reader.follows(f"See all {everything} massagers")
    finds(reader, everything)

    reader.types(re.compile("^Calf How far"), "47 cm")
    reader.presses("Show massagers")
    unstated = number_in(reader.sees(re.compile("Calf: [0-9,]+ not stated, left out")))
    fitting = number_in(reader.page.get_by_role("status").filter(has_text=SIZED))
    reader.follows("Let them in")
    finds(reader, fitting + unstated)

    for _ in range(2):
        reader.follows(re.compile("^Choose .* to compare$"))
    reader.follows("Compare 2 machines")
    reader.sees(re.compile("^Calf of 47 cm"))
    reader.sees("Who should not use it")
    machine = reader.page.locator("main table thead a").first.inner_text()
    reader.follows(re.compile(f"^{re.escape(machine)}"))

    reader.sees_before("Who should not use it", "Prices seen")
    reader.follows("Should I use this at all?")
    reader.sees("We will answer first for")
    reader.ticks("Heart failure")
    reader.ticks("Diabetes with foot problems")
    reader.presses("Check what I ticked")
    reader.reads("What our rules say")
    reader.sees_before("What you asked about", "Other kinds of massage")
    reader.sees(re.compile("^(Stop|Ask a clinician first)$"))
    reader.leaves_nothing("heart-failure", "diabetes", "condition")
    reader.follows(re.compile("^Back to "))
    reader.reads(machine)


def finds(reader: Reader, machines: int) -> None:
    """The listing has as many massagers as was promised where the reader came from."""
    status = reader.page.get_by_role("status").filter(has_text=SIZED)
    expect(status).to_have_text(f"{machines:,} massagers found")


def number_in(thing: Any) -> int:
    """The first number in the words of a place on the page."""
    found = re.search("[0-9][0-9,]*", thing.first.inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))
