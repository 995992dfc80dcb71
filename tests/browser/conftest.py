"""The site on a port of this machine, and a real browser to look at it."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import answering

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def address(real_catalogue: Flask) -> Iterator[str]:
    """Where the site answers, on this machine."""
    with answering(real_catalogue) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    if CHROMIUM is None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # a loud skip; elsewhere a warning is an error
            warnings.warn("No Chromium on this machine: nothing is tested in it.", stacklevel=1)
        pytest.skip("no Chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    phone = chromium.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    yield phone.new_page()
    phone.close()
