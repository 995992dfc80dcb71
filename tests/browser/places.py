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
    "/reviews",
    "/recalls",
    "/safety",
    "/glossary",
    "/questions",
    "/sources",
    "/about",
)
"""One page of every kind that stands under an address of its own."""

STATES = (
    "/nothing-here",
    "/massagers?type=compression&heat=yes&calf=48cm&p=geko-t1",
    "/massagers?brand=geko&type=rolling",
    "/massagers?calf=48parsecs&price_min=abc",
    "/massagers?page=99",
    "/finder",
    "/finder?need=tired-legs&calf=48cm",
    "/finder?need=tired-legs&calf=48parsecs",
    "/check",
    "/check?product=theragun-pro-plus",
    "/compare",
    "/compare?p=theragun-pro-plus",
    f"{TWO}&calf=48cm",
    f"{TWO}&diff=1",
    "/compare?p=theragun-pro-plus&p=never-heard-of",
    "/compare/candidates?p=theragun-pro-plus&q=boots",
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


STEPS: tuple[Callable[[Page, str], None], ...] = (
    check_with_nothing_ticked,
    check_with_a_clot,
    check_looking_for_a_word,
    finder_with_health_answers,
)
"""States that no address leads to."""
