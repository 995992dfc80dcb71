"""The parts of an answer that the oracle does not say: words, order of options, prices, cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import browse
from reviews_app.browse import BadSelection, Listing, Selection
from reviews_app.browse.facets import Asked, Sort
from reviews_app.browse.options import FacetResult
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import raise_revision
from reviews_app.db import db
from tests.factories import a_brand, a_price, a_product, a_type, an_attribute, retired


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def answer(query: str = "") -> Listing:
    return browse.find(Selection.from_args(parse_qsl(query), browse.vocabulary()))


def facet(listing: Listing, name: str) -> FacetResult:
    return next(one for one in listing.facets if one.name == name)


def slugs(listing: Listing) -> list[str]:
    by_id = {one.id: one.slug for one in db.session.query(Product)}
    return [by_id[one] for one in listing.ids]


def priced(cents: int, currency: str = "USD") -> tuple[int, str, str, str]:
    return cents, currency, "regular", "2026-01"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(*event: Any) -> None:
        sent.append(event[2])

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "query", ["", "type=compression&heat=no&price_max=99&calf=48cm&q=boots", "page=2"]
)
def test_the_number_of_statements_does_not_grow_with_the_catalogue(query: str) -> None:
    an_attribute("heat")
    counted = []
    for n in range(60):
        a_product(f"boots-{n}", brand_id=f"b-{n}", facts={"heat": False}, prices=[priced(n)])
        if n in (29, 59):
            with statements() as sent:
                answer(query)
            counted.append(len(sent))

    assert counted[0] == counted[1]


def test_an_answer_takes_four_statements_and_one_for_each_choice() -> None:
    an_attribute("heat")
    a_product("boots")
    vocabulary = browse.vocabulary()

    def cost(query: str) -> int:
        selection = Selection.from_args(parse_qsl(query), vocabulary)
        with statements() as sent:
            browse.find(selection)
        return len(sent)

    assert cost("") == 4
    assert cost("type=compression&heat=unknown&price_max=9&price_unknown=include") == 4 + 3
    assert cost("q=boots") == 4 + 2


def test_the_vocabulary_takes_nine_statements() -> None:
    a_product("boots")

    with statements() as sent:
        browse.vocabulary()

    assert len(sent) == 9


def test_an_empty_catalogue_is_a_listing_of_nothing() -> None:
    listing = answer()

    assert (listing.total, listing.pages, listing.ids, listing.currency) == (0, 1, (), None)
    assert listing.drops == ()


def test_a_retired_machine_is_nowhere() -> None:
    a_product("here", brand_id="calmo")
    a_product(
        "gone",
        brand_id="gone",
        types=["shiatsu"],
        retired_at=retired(),
        prices=[(900, "GBP", "regular", "2026-01")],
    )

    listing = answer()

    assert slugs(listing) == ["here"]
    assert {one.value: one.count for one in facet(listing, "type").options} == {
        "compression": 1,
        "shiatsu": 0,
    }
    assert [one.value for one in facet(listing, "brand").options] == ["calmo"]
    assert listing.currencies == ()


def test_an_open_facet_lists_what_is_chosen_then_the_largest() -> None:
    for n, brand in enumerate(["calmo", "zest", "zest", "air", None, None, None]):
        a_product(f"m{n}", brand_id=brand, types=["shiatsu" if brand else "compression"])
    a_brand("nothing")

    free = [(one.value, one.count) for one in facet(answer(), "brand").options]
    narrowed = answer("brand=air&type=compression")
    chosen = [(one.value, one.count) for one in facet(narrowed, "brand").options]

    assert free == [("zest", 2), ("air", 1), ("calmo", 1), ("unknown", 3)]
    assert chosen == [("air", 0), ("unknown", 3)]


def test_a_zero_option_of_a_closed_facet_is_shown_and_not_followed() -> None:
    a_product("boots")
    a_type("shiatsu")

    found = {one.value: (one.count, one.followable) for one in facet(answer(), "type").options}

    assert found == {"compression": (1, True), "shiatsu": (0, False)}


def test_a_chosen_value_at_zero_stays_and_can_be_removed() -> None:
    a_product("boots", brand_id="calmo")
    a_type("shiatsu")

    listing = answer("type=shiatsu&brand=calmo")
    chosen = next(one for one in facet(listing, "type").options if one.selected)

    assert (chosen.value, chosen.count, chosen.followable) == ("shiatsu", 0, True)
    assert chosen.toggled.as_args() == [("brand", "calmo")]
    assert [chip.without.as_args() for chip in listing.chips] == [
        [("brand", "calmo")],
        [("type", "shiatsu")],
    ]


def test_an_eleventh_value_is_not_offered() -> None:
    for n in range(11):
        a_product(f"m{n}", brand_id=f"brand-{n}")

    query = "&".join(f"brand=brand-{n}" for n in range(10))
    last = facet(answer(query), "brand").options[-1]

    assert (last.value, last.count, last.followable) == ("brand-10", 1, False)


def test_dropping_one_of_two_values_brings_nothing_back_but_both_do() -> None:
    a_product("boots")
    a_type("shiatsu")
    a_type("tens")
    an_attribute("heat")

    listing = answer("type=shiatsu&type=tens")

    assert [(drop.text, drop.count) for drop in listing.drops] == [
        ("Shiatsu", 0),
        ("Tens", 0),
        ("all of these choices", 1),
    ]
    assert listing.drops[-1].without.is_empty


def test_a_page_past_the_end_is_refused_and_the_first_offered() -> None:
    a_product("boots")

    with pytest.raises(BadSelection) as caught:
        answer("type=compression&page=2")

    assert (caught.value.status, caught.value.parameter, caught.value.value) == (404, "page", "2")
    assert caught.value.kept.as_args() == [("type", "compression")]


def test_a_price_is_the_latest_dated_regular_one() -> None:
    boots = a_product("boots")
    for cents, terms, as_of in [
        (100_00, "regular", "2025-01"),
        (150_00, "regular", "2026-06"),
        (140_00, "regular", "2026-06"),
        (90_00, "sale", "2026-06"),
        (20_00, "part", "2026-07"),
        (999_00, "regular", None),
    ]:
        a_price(boots, cents, "USD", terms, as_of)

    price = next(one for one in answer().ranges if one.name == "price")

    assert (price.low, price.high) == (Decimal(150), Decimal(150))
    assert answer("price_min=150&price_max=150").total == 1
    assert answer("price_max=149.99").total == 0
    assert answer("price_min=150.001").total == 0
    assert answer("price_max=150.001").total == 1


def test_prices_are_in_one_currency_at_a_time() -> None:
    a_product("dollars", prices=[priced(100_00)])
    a_product("both", prices=[priced(200_00), priced(90_00, "GBP")])

    usd, gbp = answer("price_max=100"), answer("price_max=100&currency=GBP")

    assert (usd.currency, slugs(usd), usd.unstated) == ("USD", ["dollars"], {"price": 0})
    assert (gbp.currency, slugs(gbp), gbp.unstated) == ("GBP", ["both"], {"price": 1})
    assert [(one.code, one.count, one.selected) for one in gbp.currencies] == [
        ("USD", 2, False),
        ("GBP", 1, True),
    ]
    assert gbp.chips[0].text == "up to 100 GBP"


@pytest.fixture
def limits() -> None:
    """Calf limits in centimetres, both ways, for boots alone."""
    fit = {"unit": "cm", "filter": "fit", "fit": "calf", "forms": ["boots"]}
    an_attribute("calf_min", "number", fit_bound="min", **fit)
    an_attribute("calf_max", "number", fit_bound="max", **fit)


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    ("size", "fitting"),
    [
        ("29.9cm", ["to-50", "to-50-or-60"]),
        ("30cm", ["from-30", "from-30-to-50", "to-50", "to-50-or-60"]),
        ("50cm", ["from-30", "from-30-to-50", "to-50", "to-50-or-60"]),
        ("50.01cm", ["from-30", "to-50-or-60"]),
        ("23.622in", ["from-30", "to-50-or-60"]),
        ("23.623in", ["from-30"]),
    ],
)
def test_a_size_fits_up_to_the_limit_stated(size: str, fitting: list[str]) -> None:
    a_product("from-30", facts={"calf_min": 30})
    a_product("from-30-to-50", facts={"calf_min": 30, "calf_max": 50})
    a_product("to-50", facts={"calf_max": 50})
    a_product("to-50-or-60", facts={"calf_max": (50, 60)})
    a_product("silent")
    a_product("gun", form_id="gun")

    fits = slugs(answer(f"calf={size}&sort=name&form=boots"))
    unstated = slugs(answer(f"calf={size}&calf_unknown=include&sort=name"))

    assert fits == fitting
    assert unstated == sorted([*fitting, "gun", "silent"])


def test_a_fit_nobody_states_leaves_all_out_and_says_so() -> None:
    a_product("boots")

    assert (answer("thigh=60cm").total, answer("thigh=60cm").unstated) == (0, {"thigh": 1})
    assert answer("thigh=60cm&thigh_unknown=include").total == 1


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("weight_kg_min=2&weight_kg_max=3", 2),
        ("weight_kg_min=4", 1),
        ("weight_kg_min=4.001", 0),
        ("weight_kg_max=1.45", 1),
        ("weight_kg_max=1.449", 0),
        ("weight_kg_max=1.449&weight_kg_unknown=include", 1),
    ],
)
def test_a_span_meets_a_range_where_they_overlap(query: str, total: int) -> None:
    an_attribute("weight_kg", "number", unit="kg", filter="range")
    a_product("several-settings", facts={"weight_kg": (1.45, 4)})
    a_product("one", facts={"weight_kg": 2.5})
    a_product("silent")

    assert answer(query).total == total


def test_words_rank_exact_before_prefix_before_typos() -> None:
    an_attribute("heat")
    a_product("c-exact", name="Boots")
    a_product("b-prefix", name="Bootsie", form_id="mat")
    a_product("a-typo", name="Boosts", form_id="mat", facts={"heat": True})
    a_product("none", name="Roller", form_id="mat")

    assert slugs(answer("q=boots")) == ["c-exact", "b-prefix", "a-typo"]
    assert slugs(answer("q=boots&sort=facts")) == ["a-typo", "b-prefix", "c-exact"]


def _number_of_its_own(_asked: Asked) -> sa.ColumnElement[Any]:
    return Product.id * 10


def test_an_order_is_registered_by_whoever_owns_its_number() -> None:
    a_product("a")
    a_product("b")
    reverse = Sort("score", "Best score", _number_of_its_own, descending=True)

    vocabulary = browse.vocabulary(sorts=(reverse, *browse.SORTS))
    listing = browse.find(Selection.from_args([], vocabulary))

    assert slugs(listing) == ["b", "a"]
    assert (listing.sort, listing.sorts[0].name) == ("score", "score")
    with pytest.raises(BadSelection, match="score"):
        answer("sort=score")


def test_an_answer_carries_the_revision_of_the_catalogue() -> None:
    raise_revision()

    assert answer().revision == 1


def test_an_attribute_that_is_not_for_filtering_is_no_facet() -> None:
    an_attribute("colour", filter="none")
    an_attribute("heat")

    assert [one.name for one in answer().facets if one.group == "Massage"] == ["heat"]
