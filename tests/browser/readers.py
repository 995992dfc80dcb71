"""A reader at the site: goes by what can be seen and named, by pointer or by keys, and says so."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import ElementHandle, Locator, Page, expect

LOG = logging.getLogger(__name__)
"""`pytest -m browser tests/browser/test_walks.py --log-level=INFO -rA` prints what readers saw."""

MOST_STOPS = 400
"""So often a reader presses Tab before giving up."""

SHOPPING = re.compile(r"/(massagers|best|brands|compare|finder|reviews|types)\b")
"""Ways to machines."""

HERE = """(one) => {
    if (document.activeElement !== one) return null;
    const ring = getComputedStyle(one), box = one.getBoundingClientRect();
    return ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2
        && box.bottom > 0 && box.top < innerHeight;
}"""


@dataclass
class Reader:
    """Somebody with a page in front of them; with `keys` they use nothing but the keyboard."""

    page: Page
    site: str
    keys: bool = False

    def starts(self) -> None:
        """Open the front page."""
        self.page.goto(f"{self.site}/")
        self._tell("opens the front page and reads “{}”", self.heading)

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def path(self) -> str:
        """Where the reader is, without what was asked."""
        return urlsplit(self.page.url).path

    def sees(self, words: str | re.Pattern[str]) -> Locator:
        """Words that stand on the page, not folded away."""
        found = self.page.get_by_text(words).filter(visible=True).first
        expect(found).to_be_visible()
        self._tell("sees “{}”", found.inner_text())
        return found

    def sees_before(self, first: str, then: str) -> None:
        """Two headings or sentences, the first of them higher up."""
        tops = []
        for words in (first, then):
            box = self.page.locator("main").get_by_text(words).filter(visible=True).first
            tops.append((box.bounding_box() or {"y": -1.0})["y"])
        assert 0 <= tops[0] < tops[1], f"“{first}” does not stand above “{then}”"
        self._tell("sees “{}” above “{}”", first, then)

    def does_not_see(self, words: str | re.Pattern[str]) -> None:
        """Words that stand nowhere in sight."""
        expect(self.page.get_by_text(words).filter(visible=True)).to_have_count(0)

    def follows(self, name: str | re.Pattern[str]) -> None:
        """A link in the page by its name; what came of it is read."""
        before, link = urldefrag(self.page.url).url, self._named("link", name)
        words = link.inner_text()
        self._presses_on(link)
        self.page.wait_for_url(lambda url: urldefrag(url).url != before)
        self.page.wait_for_load_state()
        self._tell("follows “{}” and reads “{}”", words, self.heading)

    def presses(self, name: str) -> None:
        """A button in the page by its name. What comes of it takes time: read it, or see it."""
        self._presses_on(self._named("button", name))
        self._tell("presses “{}”", name)

    def reads(self, heading: str) -> None:
        """What the page is called, once it is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self._tell("reads “{}”", heading)

    def opens(self, summary: str | re.Pattern[str]) -> None:
        """Something folded, by the line it is folded under."""
        line = self.page.locator("main summary").filter(has_text=summary).first
        self._presses_on(line)
        expect(line.locator("..")).to_have_attribute("open", "")
        self._tell("opens “{}”", line.inner_text())

    def ticks(self, label: str) -> None:
        """A box by what is said beside it."""
        box = self.page.locator("main").get_by_label(label, exact=True).first
        if self.keys:
            self._goes_to(box)
            self.page.keyboard.press("Space")
        else:
            box.check()
        expect(box).to_be_checked()
        self._tell("ticks “{}”", label)

    def types(self, label: str | re.Pattern[str], words: str) -> None:
        """Words into the field with that label."""
        field = self.page.locator("main").get_by_label(label).first
        if self.keys:
            self._goes_to(field)
            self.page.keyboard.type(words)
        else:
            field.fill(words)
        self._tell("types “{}” under “{}”", words, field.locator("..").inner_text())

    def ways(self) -> list[str]:
        """Where the links of the whole page lead."""
        links = self.page.locator("a[href]").all()
        return [link.get_attribute("href") or "" for link in links]

    def leaves_nothing(self, *answers: str) -> None:
        """What was answered about health is in no address, cookie or store of the browser."""
        kept = str(self.page.context.storage_state()) + self.page.url
        assert self.page.context.cookies() == []
        assert [one for one in answers if one.lower() in kept.lower()] == []
        self._tell("leaves nothing of it behind")

    def is_led_to_no_shop(self) -> None:
        """No link of the page leads to a machine, to a list of them, or off the site."""
        led = [way for way in self.ways() if SHOPPING.match(way) or "://" in way]
        assert led == []
        self._tell("is led to no machine and no shop")

    def _named(self, role: str, name: str | re.Pattern[str]) -> Locator:
        found = self.page.locator("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        return found.filter(visible=True).first

    def _presses_on(self, thing: Locator) -> None:
        if self.keys:
            self._goes_to(thing)
            self.page.keyboard.press("Enter")
        else:
            thing.click()

    def _goes_to(self, thing: Locator) -> None:
        """Tab by Tab from the content's start; wherever it ends, the ring is seen."""
        target = thing.element_handle()
        self.page.get_by_role("link", name="Skip to the content").focus()
        self.page.keyboard.press("Enter")
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._stands_on(target):
                return
        raise AssertionError(f"Tab does not reach {thing}")

    @staticmethod
    def _stands_on(target: ElementHandle) -> bool:
        seen = target.evaluate(HERE)
        assert seen is not False, "the focus is not seen"
        return seen is True

    @staticmethod
    def _tell(words: str, *what: str) -> None:
        LOG.info(words.format(*(" ".join(one.split())[:120] for one in what)))
