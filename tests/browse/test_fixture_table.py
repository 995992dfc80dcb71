"""The table of `product.md` §3: six machines, and what every query of them must answer."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Listing, Selection
from reviews_app.catalogue.products import Product
from reviews_app.db import db
from tests.factories import a_product, an_attribute


@pytest.fixture
def six_machines(app: Flask) -> Iterator[None]:
    """A to F, named so; a massage gun has no calf limit to state."""
    with app.app_context():
        an_attribute("heat")
        an_attribute(
            "calf_max_cm",
            "number",
            unit="cm",
            filter="fit",
            fit="calf",
            fit_bound="max",
            forms=["boots"],
        )
        _machine("a", ["compression"], 120, heat=True, calf_max_cm=51)
        _machine("b", ["compression", "shiatsu"], 90, heat=False, calf_max_cm=46)
        _machine("c", ["shiatsu"], 150, heat=True)
        _machine("d", ["percussion"], None, form="gun")
        _machine("e", ["vibration"], 60, heat=False, calf_max_cm=56)
        _machine("f", ["compression"], 200, calf_max_cm=43)
        yield


def _machine(
    slug: str, types: list[str], price: int | None, *, form: str = "boots", **facts: object
) -> None:
    prices = [] if price is None else [(price * 100, "USD", "regular", "2026-06")]
    a_product(slug, types=types, prices=prices, facts=facts, form_id=form)


def answer(query: str) -> Listing:
    return browse.find(Selection.from_args(parse_qsl(query), browse.vocabulary()))


def slugs(listing: Listing) -> str:
    by_id = {one.id: one.slug for one in db.session.query(Product)}
    return " ".join(by_id[one].upper() for one in listing.ids)


def counts(listing: Listing, facet: str, values: str) -> str:
    found = next(one for one in listing.facets if one.name == facet)
    by_value = {option.value: option.count for option in found.options}
    return " ".join(str(by_value[value]) for value in values.split())


@pytest.mark.usefixtures("six_machines")
@pytest.mark.parametrize(
    ("query", "machines", "types", "heat"),
    [
        ("", "A B C D E F", "3 2 1 1", "2 2 2"),
        ("type=compression", "A B F", "3 2 1 1", "1 1 1"),
        ("type=compression&type=shiatsu", "A B C F", "3 2 1 1", "2 1 1"),
        ("type=compression&heat=yes", "A", "1 1 0 0", "1 1 1"),
        ("heat=no", "B E", "1 1 0 1", "2 2 2"),
        ("heat=yes&heat=unknown", "A C D F", "2 1 1 0", "2 2 2"),
        ("type=percussion&heat=yes", "", "1 1 0 0", "0 0 1"),
    ],
)
def test_facets_count_what_the_other_facets_leave(
    query: str, machines: str, types: str, heat: str
) -> None:
    listing = answer(f"{query}&sort=name")

    assert slugs(listing) == machines
    assert listing.total == len(machines.split())
    assert counts(listing, "type", "compression shiatsu percussion vibration") == types
    assert counts(listing, "heat", "yes no unknown") == heat


@pytest.mark.usefixtures("six_machines")
@pytest.mark.parametrize(
    ("query", "machines", "unstated"),
    [
        ("calf=50cm", "A D E", {"calf": 1}),
        ("calf=50cm&calf_unknown=include", "A C D E", {"calf": 1}),
        ("calf=50.8cm", "A D E", {"calf": 1}),
        ("calf=20in", "A D E", {"calf": 1}),
        ("price_max=100", "B E", {"price": 1}),
        ("price_max=100&price_unknown=include", "B D E", {"price": 1}),
    ],
)
def test_a_limit_leaves_out_the_unstated_and_says_how_many(
    query: str, machines: str, unstated: dict[str, int]
) -> None:
    listing = answer(f"{query}&sort=name")

    assert slugs(listing) == machines
    assert listing.unstated == unstated


@pytest.mark.usefixtures("six_machines")
def test_a_massage_gun_fits_every_calf_and_is_counted() -> None:
    calf = next(fit for fit in answer("calf=50cm").fits if fit.name == "calf")

    assert calf.passes_not_applicable == 1


@pytest.mark.usefixtures("six_machines")
@pytest.mark.parametrize(
    ("sort", "machines"), [("price", "E B A C F D"), ("-price", "F C A B E D")]
)
def test_an_unknown_price_comes_last_both_ways(sort: str, machines: str) -> None:
    assert slugs(answer(f"sort={sort}")) == machines


@pytest.mark.usefixtures("six_machines")
def test_the_bounds_of_a_range_come_from_its_context() -> None:
    listing = answer("type=compression&price_max=100")
    price = next(one for one in listing.ranges if one.name == "price")

    assert [price.low, price.high, price.unit] == [90, 200, "USD"]


@pytest.mark.usefixtures("six_machines")
def test_where_nothing_is_found_each_choice_says_what_its_loss_brings_back() -> None:
    listing = answer("type=percussion&heat=yes")

    assert [(drop.text, drop.count) for drop in listing.drops] == [("Percussion", 2), ("Yes", 1)]
    assert [drop.without.as_args() for drop in listing.drops] == [
        [("heat", "yes")],
        [("type", "percussion")],
    ]
