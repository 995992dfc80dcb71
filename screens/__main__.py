"""`python -m screens [FOLDER] [--dark] [--whole]`: pictures of the main pages, on phone and desk.

The site is served from a scratch database that holds `seed_data`. Needs a Chromium on this machine.
"""

from __future__ import annotations

import argparse
import base64
import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from reviews_app import create_app
from reviews_app.config import ROOT, Config

SCREENS = ROOT / "docs" / "screens"
TWO = "/compare?p=hyperice-normatec-3-legs&p=therabody-jetboots-pro-plus"

PAGES = {
    "home": "/",
    "listing": "/massagers",
    "listing-narrowed": "/massagers?type=compression&area=calf&calf=48cm",
    "product": "/massagers/hyperice-normatec-3-legs",
    "comparison": f"{TWO}&calf=48cm",
    "finder": "/finder",
    "finder-results": "/finder?area=calf&need=tired-legs&calf=48cm",
    "check": "/check",
    "article": "/guides/benefits-of-leg-massage",
    "type": "/types/compression",
    "ranked-list": "/best/compression",
    "safety": "/safety",
}
"""The twelve main pages, by the name of their pictures."""

SIZES = {"phone": (360, 780), "desktop": (1440, 900)}
"""Of the window, in pixels."""

SCREENS_SHOWN = {"listing-desktop": 1}
"""How many windows of the page a picture has, if not as follows; this one is in the README."""

MOST_SCREENS = 6
"""Below that a page has more of the same, and a folder of pictures should stay small."""

ALL_LAID_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets.push(sheet);
}"""
"""On a phone a page lays out what comes near only (`unseen.css`); a picture shows all of it."""

QUALITY = 50
TALLEST = 16_383
"""Pixels; no WebP is taller."""


def main() -> None:
    """Take every picture anew."""
    parser = argparse.ArgumentParser(prog="python -m screens", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SCREENS)
    parser.add_argument("--dark", action="store_true", help="as pages look in the dark")
    parser.add_argument("--whole", action="store_true", help="every page down to its foot")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine: no picture was taken.")
    asked.folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _take_all(
            browser,
            address,
            asked.folder,
            theme="dark" if asked.dark else "light",
            most_screens=TALLEST if asked.whole else MOST_SCREENS,
        )
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """Where the site answers, with everything in `seed_data`, until the pictures are taken."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/screens.db"
        app = create_app(Config(database_url=database, secret_key="s" * 32))
        _run(app, "db", "upgrade")
        _run(app, "catalogue", "import", str(ROOT / "seed_data"))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _run(app: Flask, *command: str) -> None:
    result = app.test_cli_runner().invoke(args=command)
    if result.exit_code != 0:
        sys.exit(result.output)


def _take_all(
    browser: Browser,
    address: str,
    folder: Path,
    *,
    theme: Literal["dark", "light"],
    most_screens: int,
) -> None:
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        page = context.new_page()
        for name, path in PAGES.items():
            page.goto(f"{address}{path}")
            picture = f"{name}-{size}"
            page.evaluate("document.fonts.ready")
            page.evaluate(ALL_LAID_OUT)
            tall = int(page.evaluate("document.documentElement.scrollHeight"))
            shown = height * SCREENS_SHOWN.get(picture, most_screens)
            _take(page, folder / f"{picture}.webp", width, min(shown, tall, TALLEST))
            print(f"{picture}: {tall} px tall")  # noqa: T201  (a command says what it did)
        context.close()


def _take(page: Page, file: Path, width: int, height: int) -> None:
    """Write the picture. Playwright itself makes PNG and JPEG only, three times as large."""
    answer = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
        },
    )
    file.write_bytes(base64.b64decode(answer["data"]))


if __name__ == "__main__":
    main()
