"""`python -m screens [FOLDER] [--dark]`: takes pictures of the main pages, on a phone and a desk.

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

FIRST_SCREEN_ONLY = {"listing-desktop"}
"""What the README shows; all other pictures show the whole page."""

QUALITY = 75
TALLEST = 16_383
"""Pixels; no WebP is taller."""


def main() -> None:
    """Take every picture anew."""
    parser = argparse.ArgumentParser(prog="python -m screens", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SCREENS)
    parser.add_argument("--dark", action="store_true", help="as pages look in the dark")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine: no picture was taken.")
    asked.folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _take_all(browser, address, asked.folder, "dark" if asked.dark else "light")
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
    browser: Browser, address: str, folder: Path, theme: Literal["dark", "light"]
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
            tall = int(page.evaluate("document.documentElement.scrollHeight"))
            shown = height if picture in FIRST_SCREEN_ONLY else min(tall, TALLEST)
            _take(page, folder / f"{picture}.webp", width, shown)
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
