"""A machine fits a leg in the comparison exactly where the listing finds it for that leg."""

from __future__ import annotations

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.catalogue import directory
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.fitting import Verdict, verdict
from reviews_app.catalogue.measures import read_size
from reviews_app.db import db
from tests.factories import a_product, an_attribute


def found(part: str, size: str) -> tuple[set[str], int]:
    """The slugs the listing keeps, and how many machines it counts as not stated."""
    vocabulary = browse.vocabulary()
    slugs: set[str] = set()
    unstated, page, pages = 0, 1, 1
    while page <= pages:
        args = [(part, size), ("page", str(page))]
        listing = browse.find(browse.Selection.from_args(args, vocabulary))
        slugs |= {card.slug for card in catalogue.cards(listing.ids)}
        unstated, page, pages = listing.unstated[part], page + 1, listing.pages
    return slugs, unstated


@pytest.mark.parametrize(
    ("part", "size"),
    [("calf", "48cm"), ("calf", "19in"), ("calf", "30cm"), ("thigh", "70cm"), ("foot", "28cm")],
)
def test_comparison_and_listing_agree(real_catalogue: Flask, part: str, size: str) -> None:
    with real_catalogue.app_context():
        kept, unstated = found(part, size)
        attributes = catalogue.all_attributes()
        verdicts = {
            slug: verdict(catalogue.sheet(product, attributes).lines, part, read_size(size))
            for slug, product in catalogue.find_products(directory.product_slugs(999)).items()
        }

    passing = {Verdict.FITS, Verdict.NOT_APPLICABLE}
    assert {slug for slug, said in verdicts.items() if said in passing} == kept
    assert sum(said is Verdict.NOT_STATED for said in verdicts.values()) == unstated


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("48cm", Verdict.FITS),
        ("20in", Verdict.FITS),
        ("51cm", Verdict.FITS),
        ("51.1cm", Verdict.TOO_SMALL),
        ("33cm", Verdict.TOO_LARGE),
        ("13in", Verdict.TOO_LARGE),
    ],
)
def test_a_limit_holds_to_the_millimetre(app: Flask, size: str, expected: Verdict) -> None:
    limits = {"filter": "fit", "fit": "calf"}
    with app.app_context():
        an_attribute("largest", "number", unit="cm", fit_bound="max", forms=["boots"], **limits)
        an_attribute("smallest", "number", unit="mm", fit_bound="min", forms=["boots"], **limits)
        a_product("a", facts={"largest": (46, 51), "smallest": 340})
        a_product("gun", form_id="gun")
        a_product("b")
        db.session.commit()
        sheets = {
            slug: catalogue.sheet(product, catalogue.all_attributes()).lines
            for slug, product in catalogue.find_products(["a", "b", "gun"]).items()
        }

    assert verdict(sheets["a"], "calf", read_size(size)) is expected
    assert verdict(sheets["b"], "calf", read_size(size)) is Verdict.NOT_STATED
    assert verdict(sheets["gun"], "calf", read_size(size)) is Verdict.NOT_APPLICABLE
    assert verdict(sheets["a"], "thigh", read_size(size)) is Verdict.NOT_STATED
