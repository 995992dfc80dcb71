"""Where a browser looks: a page of every kind, and every state of the forms."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

TWO = "/compare?p=hyperice-normatec-3-legs&p=theragun-pro-plus"

PAGES = (
    "/",
    "/massagers",
    "/massagers/hyperice-normatec-3-legs",
    "/massagers/geko-t1",
    "/massagers/hyperice-normatec-3-legs/data",
    "/types",
    "/types/deep-tissue",
    "/needs",
    "/needs/tired-legs",
    "/claims",
    "/claims/doms",
    "/guides",
    "/guides/benefits-of-leg-massage",
    "/brands",
    "/brands/hyperice",
    "/best",
    "/best/compression",
    "/best/tired-legs",
    "/methodology",
    "/methodology/1",
    "/reviews",
    "/reviews/policy",
    "/massagers/hyperice-normatec-3-legs/reviews",
    "/moderation-log",
    "/recalls",
    "/safety",
    "/glossary",
    "/questions",
    "/sources",
    "/about",
    "/saved",
)
"""One page of every kind that stands under an address of its own."""

WEIGHED = "w.ease=3&w.open=0"
FIVE = f"{TWO}&p=geko-t1&p=mebak-3&p=beurer-fm-90"

MISTAKES = (
    "/massagers?calf=48parsecs&price_min=abc",
    "/finder?need=tired-legs&calf=48parsecs",
    "/compare?p=theragun-pro-plus&p=never-heard-of",
)

STATES = (
    *MISTAKES,
    "/nothing-here",
    "/massagers?type=compression&heat=yes&calf=48cm&p=geko-t1",
    "/massagers?brand=geko&type=rolling",
    "/massagers?q=theragn",
    "/massagers?q=never-heard-of",
    f"/massagers?{WEIGHED}",
    "/massagers?page=99",
    f"/massagers/theragun-pro-plus?{WEIGHED}",
    "/finder",
    "/finder?need=tired-legs&calf=48cm",
    "/finder?need=cramps&area=hip&calf=48cm",
    "/check",
    "/check?p=theragun-pro-plus",
    "/compare",
    "/compare?p=theragun-pro-plus",
    f"{TWO}&calf=48cm",
    f"{TWO}&diff=1",
    f"{TWO}&{WEIGHED}",
    FIVE,
    f"{FIVE}&p=theragun-prime-plus",
    "/compare/candidates?p=theragun-pro-plus&q=boots",
    "/compare/candidates?p=theragun-pro-plus&q=never-heard-of",
)
"""What a choice or a mistake in an address leads to."""


def check_with_nothing_ticked(page: Page, site: str) -> None:
    """The check, answered for somebody who ticked nothing."""
    page.goto(f"{site}/check")
    page.get_by_role("button", name="Check what I ticked").click()


def check_with_a_clot(page: Page, site: str) -> None:
    """The check, answered for somebody who must stop."""
    page.goto(f"{site}/check")
    page.locator("input[name=condition]").nth(0).check()
    page.locator("input[name=condition]").nth(9).check()
    page.get_by_role("button", name="Check what I ticked").click()


def check_asking_a_clinician(page: Page, site: str) -> None:
    """The check, answered for a machine and somebody who is pregnant."""
    page.goto(f"{site}/check?p=theragun-pro-plus")
    page.get_by_label("Pregnancy and the weeks after birth").check()
    page.get_by_role("button", name="Check what I ticked").click()


def check_looking_for_nothing(page: Page, site: str) -> None:
    """The list of the check, narrowed by a word that is not in it."""
    page.goto(f"{site}/check")
    page.get_by_label("Find a word in the list").fill("quokka")
    page.get_by_role("button", name="Find").click()


def check_looking_for_a_word(page: Page, site: str) -> None:
    """The list of the check, narrowed by a word."""
    page.goto(f"{site}/check")
    page.get_by_label("Find a word in the list").fill("vein")
    page.get_by_role("button", name="Find").click()


def finder_with_health_answers(page: Page, site: str) -> None:
    """The finder's machines, each with what the check says of it."""
    page.goto(f"{site}/finder?need=tired-legs")
    page.get_by_role("link", name="Answer the health questions").first.click()
    page.get_by_label("Varicose veins").first.check()
    page.locator("main").get_by_role("button").last.click()


def finder_with_a_warning_sign(page: Page, site: str) -> None:
    """The finder, where no machine is shown."""
    page.goto(f"{site}/finder?need=tired-legs")
    page.get_by_role("link", name="Answer the health questions").first.click()
    page.locator("input[name=condition]").first.check()
    page.locator("main").get_by_role("button").last.click()


def finder_with_health_questions(page: Page, site: str) -> None:
    """The finder's last question."""
    page.goto(f"{site}/finder?need=tired-legs")
    page.get_by_role("link", name="Answer the health questions").first.click()


def listing_with_its_sheet(page: Page, site: str) -> None:
    """The questions of the listing, over it on a phone."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{site}/massagers")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Narrow down").click()


def units_chosen(page: Page, site: str) -> None:
    """A machine in the units of somebody who chose some."""
    page.goto(f"{site}/massagers/hyperice-normatec-3-legs")
    page.get_by_label("inches, pounds, °F").check()


STEPS: tuple[Callable[[Page, str], None], ...] = (
    check_with_nothing_ticked,
    check_with_a_clot,
    check_asking_a_clinician,
    check_looking_for_a_word,
    check_looking_for_nothing,
    finder_with_health_questions,
    finder_with_a_warning_sign,
    units_chosen,
    finder_with_health_answers,
)
"""States that no address leads to."""
