"""Loads a page in a browser as a phone would, and reads what a person would feel of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

WIDTH, HEIGHT = 360, 780
CPU_TIMES_SLOWER = 4
BYTES_A_SECOND = 1_600_000 // 8
LATENCY_MS = 150

PAGES = {
    "home": "/",
    "listing": "/massagers",
    "product": "/massagers/hyperice-normatec-3-legs",
    "comparison": "/compare?p=hyperice-normatec-3-legs&p=therabody-jetboots-pro-plus&calf=48cm",
    "article": "/guides/benefits-of-leg-massage",
}

ONE_LINE = "/healthz"
"""What the browser takes by itself: an answer of one line, without markup, styles or scripts."""

SETTLED_MS = 1_000
"""How long nothing may come any more until a page counts as loaded."""

OPENED_MS = 2_000
"""How long Chromium, on a desk, is busy with opening windows of its own beside the first page. A
phone has none of them; a slow visit waits until they stand."""

OBSERVER = """
    globalThis.felt = { paint: 0, shift: 0, tasks: [] };
    const watch = (type, see) => new PerformanceObserver((list) => list.getEntries().forEach(see))
        .observe({ type, buffered: true });
    watch('largest-contentful-paint', (one) => { felt.paint = one.startTime; });
    watch('layout-shift', (one) => { if (!one.hadRecentInput) felt.shift += one.value; });
    watch('longtask', (one) => felt.tasks.push(one.duration));
"""


@dataclass(frozen=True)
class Felt:
    """What one load came to.

    paint_ms: until the largest thing in the first screen stood. shift: how far things moved by
    themselves, as browsers count it (CLS). transfer_bytes: all that came over the line, headers
    too. longest_task_ms: 0 where no task took 50 ms or more.
    """

    paint_ms: float
    shift: float
    transfer_bytes: int
    requests: int
    longest_task_ms: float


@contextmanager
def a_phone(browser: Browser, *, slow: bool) -> Iterator[Page]:
    """A phone with nothing in its cache, with a slow processor and line if asked for."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    try:
        page = context.new_page()
        page.add_init_script(OBSERVER)
        if slow:
            page.wait_for_timeout(OPENED_MS)
            slow_down(context, page)
        yield page
    finally:
        context.close()


def slow_down(context: BrowserContext, page: Page) -> None:
    """The processor and the line of a mid-range phone on a poor day."""
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_TIMES_SLOWER})
    conditions = {
        "offline": False,
        "latency": LATENCY_MS,
        "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    }
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", conditions)


def load(browser: Browser, address: str, *, slow: bool) -> Felt:
    """What a person feels who opens an address for the first time."""
    with a_phone(browser, slow=slow) as page:
        transfer = Transfer(page.context.new_cdp_session(page))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED_MS)
        felt = page.evaluate("felt")
        return Felt(
            paint_ms=felt["paint"],
            shift=felt["shift"],
            transfer_bytes=transfer.total_bytes,
            requests=transfer.requests,
            longest_task_ms=max(felt["tasks"], default=0.0),
        )


@dataclass(frozen=True)
class Choice:
    """One choice in the listing, from the tap to the new count, and its longest task."""

    answer_ms: float
    longest_task_ms: float


CHOOSE = """() => new Promise((done) => {
    felt.tasks = [];
    const found = document.getElementById('found');
    const began = performance.now();
    new MutationObserver((_, watching) => {
        watching.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    }).observe(found, { subtree: true, characterData: true, childList: true });
    document.querySelector('#facet-type a').click();
})"""


def choose(browser: Browser, address: str, *, slow: bool) -> Choice:
    """What a person feels who narrows the listing at `address` by its first kind of massage."""
    with a_phone(browser, slow=slow) as page:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED_MS)
        answer_ms = page.evaluate(CHOOSE)
        page.wait_for_timeout(SETTLED_MS)
        tasks = page.evaluate("felt.tasks")
        return Choice(answer_ms, max(tasks, default=0.0))


class Transfer:
    """Counts what comes over the line, compressed as it comes."""

    def __init__(self, session: CDPSession) -> None:
        self.total_bytes = 0
        self.requests = 0
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, Any]) -> None:
        self.total_bytes += int(event["encodedDataLength"])
        self.requests += 1
