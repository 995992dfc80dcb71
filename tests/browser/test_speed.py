"""What a phone has to fetch for the five pages, and that nothing moves by itself while they come.

Times are not tested: they are measured by `make speed` on a machine that does nothing else.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from speed.loading import PAGES, load

pytestmark = pytest.mark.browser

MOST_BYTES = 120_000
MOST_SHIFT = 0.02


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_stands_still(chromium: Browser, address: str, name: str) -> None:
    felt = load(chromium, f"{address}{PAGES[name]}", slow=False)

    assert 20_000 < felt.transfer_bytes <= MOST_BYTES
    assert felt.shift <= MOST_SHIFT
    assert felt.paint_ms > 0


def test_a_page_is_still_on_a_slow_line(chromium: Browser, address: str) -> None:
    felt = load(chromium, f"{address}{PAGES['listing']}", slow=True)

    assert felt.shift <= MOST_SHIFT
