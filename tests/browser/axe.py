"""axe in a page: by which rules, at which widths and in which themes; what it finds, in words."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (320, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALL_RULES = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ("color-contrast", "link-in-text-block")}
"""All that the second theme of the same page can change."""

OPEN_ALL = """() => {
    document.querySelectorAll('details').forEach((one) => { one.open = true; });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets.push(sheet);
}"""
"""Everything folded out, and laid out also where a phone would leave it for later."""

RUN = """([runOnly, rules]) =>
    axe.run(document, { runOnly, rules, resultTypes: ['violations'] }).then((result) =>
        result.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${node.html.slice(0, 160)} (${[...node.any, ...node.all, ...node.none]
                .map((one) => one.message).join('; ')})`)))"""


def faults(
    page: Page, widths: tuple[int, ...] = WIDTHS, without: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds on the page as it is, everything folded out, at every width and theme.

    `without`: rules that cannot judge what is there; the test says why.
    """
    off = {rule: {"enabled": False} for rule in without}
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE_SCRIPT)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            rules: dict[str, Any] = ALL_RULES if theme == THEMES[0] else COLOURS
            found += [f"{width} {theme} {words}" for words in page.evaluate(RUN, [rules, off])]
    return found
