"""The modules that pages load: found under their own addresses, small, and never needed."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from reviews_app.config import ROOT
from reviews_app.web.assets import asset, modules
from tests.pages import Page, visit

OWN_BYTES = 12_000
"""All our own scripts, compressed: less than the picture of one card for sharing."""

IMPORT = re.compile(r'^import\b[^"]*"([^"]+)";', re.MULTILINE)


def test_modules_import_one_another_by_addresses_that_are_kept_for_ever(
    client: FlaskClient,
) -> None:
    with client.application.app_context():
        first, *imported = modules("js/listing.js")
    named: set[str] = set()
    for path in (first, *imported):
        answer = client.get(path)
        assert answer.mimetype == "text/javascript"
        assert "immutable" in answer.headers["Cache-Control"]
        named.update(IMPORT.findall(answer.text))

    assert named == set(imported)


def test_a_changed_module_changes_the_address_of_those_that_import_it(
    client: FlaskClient,
) -> None:
    with client.application.app_context():
        listing, markup = asset("js/listing.js"), asset("js/markup.js")

    assert markup in client.get(listing).text


def test_a_page_fetches_its_modules_at_once_and_runs_them_last(client: FlaskClient) -> None:
    page = visit(client, "/massagers", status=404)
    with client.application.app_context():
        expected = modules("js/listing.js")

    assert set(expected) <= set(preloaded(page))
    run = {one.get("src"): one.get("type") for one in page.all("script")}
    assert run[expected[0]] == "module"


@pytest.mark.parametrize("path", ["/massagers", "/massagers?type=compression&heat=yes"])
def test_nothing_in_a_page_is_there_for_scripts_alone(reader: FlaskClient, path: str) -> None:
    page = visit(reader, path)

    assert not [
        name
        for one in page.document.iter()
        for name in one.attrib
        if name.startswith(("hx-", "data-hx-", "on")) and one.tag != "main"
    ]


def test_a_mistake_can_be_put_right_in_place_too(reader: FlaskClient) -> None:
    assert preloaded(visit(reader, "/massagers?calf=48parsecs", status=400))


def test_own_scripts_are_small_and_turn_no_text_into_markup() -> None:
    own = [path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js")]
    weight = len(gzip.compress("".join(own).encode()))
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
    )

    assert own
    assert weight < OWN_BYTES
    assert [one for one in own if sinks.search(one)] == []


def test_the_library_is_the_one_whose_version_the_file_names() -> None:
    [path] = (ROOT / "static" / "js" / "vendor").glob("htmx-*.js")
    version = path.stem.removeprefix("htmx-")

    assert f'this.version="{version}"' in path.read_text(encoding="utf-8")
    assert f"htmx {version}" in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert "Zero-Clause BSD" in (path.parent / "LICENSE").read_text(encoding="utf-8")


def preloaded(page: Page) -> list[str]:
    """The modules that a page asks for before they run."""
    links = [one for one in page.all("link") if one.get("rel") == "modulepreload"]
    return [one.get("href", "") for one in links]
