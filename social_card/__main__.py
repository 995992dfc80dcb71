"""`python -m social_card`: draws what is shown where somebody shares an address of the site.

Its name, its promise and a few forms. Needs a Chromium on this machine.
"""

from __future__ import annotations

import base64
import shutil
import sys

from playwright.sync_api import Browser, sync_playwright

from reviews_app.config import ROOT
from reviews_app.web.drawings import sprites

WIDTH, HEIGHT = 1200, 630
"""Pixels; what the Open Graph protocol's users ask for."""
FORMS = ("boots", "massage-gun", "wraps", "foam-roller", "calf-foot-machine")
STATIC = ROOT / "static"
CARD = STATIC / "images" / "social-card.png"

PAGE = """<!doctype html>
<style>
@font-face {{ font-family: Atkinson; font-weight: 200 800;
  src: url(data:font/woff2;base64,{font}) format("woff2"); }}
body {{ margin: 0; display: grid; align-content: space-between; box-sizing: border-box;
  width: 1200px; height: 630px; padding: 72px 80px 64px; background: #0e3f35; color: #f6fbf8;
  font: 400 40px/1.35 Atkinson; }}
h1 {{ display: flex; align-items: center; gap: 28px; margin: 0; font-size: 92px; }}
h1 svg {{ width: 104px; height: 104px; }}
p {{ margin: 0; max-width: 26em; }}
.row {{ display: flex; justify-content: space-between; --skin: #1d5a4c; }}
.row svg {{ width: 150px; height: 150px; overflow: visible; color: #f4b740; fill: #0e3f35;
  stroke: #f6fbf8; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }}
</style>
<h1>{mark}Legwise</h1>
<p>Leg massagers with a source for every fact, and what massage can and cannot do for your legs.</p>
<div class="row">{forms}</div>
<div hidden>{sprite}</div>
"""


def main() -> None:
    """Draw the card anew."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine: the card was not drawn.")
    with sync_playwright() as driver:
        _draw(driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]))


def _draw(browser: Browser) -> None:
    font = (STATIC / "fonts" / "atkinson-hyperlegible-next.woff2").read_bytes()
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(
        PAGE.format(
            font=base64.b64encode(font).decode(),
            mark=(STATIC / "images" / "favicon.svg").read_text(encoding="utf-8"),
            forms="".join(f'<svg><use href="#forms-{one}"/></svg>' for one in FORMS),
            sprite=sprites(STATIC / "drawings")["drawings.svg"],
        )
    )
    page.evaluate("document.fonts.ready")
    page.screenshot(path=CARD)
    browser.close()


if __name__ == "__main__":
    main()
