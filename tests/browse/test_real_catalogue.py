"""The promises of the listing, kept by every option of the catalogue we ship."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Listing, Selection


@pytest.fixture
def everything(real_catalogue: Flask) -> Iterator[Listing]:
    """The listing with nothing chosen."""
    with real_catalogue.app_context():
        yield browse.find(Selection.from_args([], browse.vocabulary()))


@pytest.mark.long
def test_following_any_option_gives_what_its_count_promised(everything: Listing) -> None:
    kept = {
        (facet.name, option.value): (option.count, browse.find(option.toggled).total)
        for facet in everything.facets
        for option in facet.options
    }

    assert kept
    assert {name: counts for name, counts in kept.items() if counts[0] != counts[1]} == {}


def test_one_valued_facets_account_for_every_machine(everything: Listing) -> None:
    sums = {
        facet.name: sum(option.count for option in facet.options)
        for facet in everything.facets
        if facet.kind == "one"
    }

    assert sums == dict.fromkeys(sums, everything.total)


def test_the_pages_hold_every_machine_once(everything: Listing) -> None:
    selection = everything.selection
    seen = [
        one
        for page in range(1, everything.pages + 1)
        for one in browse.find(selection.with_page(page)).ids
    ]

    assert len(seen) == len(set(seen)) == everything.total
    assert everything.total > 200
