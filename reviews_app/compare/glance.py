"""Rows on what a machine is: who makes it, its shape, whom it is for, where it works; its price."""

from __future__ import annotations

from collections.abc import Sequence

from reviews_app.catalogue.prices import currencies, observation_of
from reviews_app.catalogue.values import STATED
from reviews_app.catalogue.vocabulary import Audience
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Part, Row, listed, missing

AREAS = "areas"


def glance(machines: Sequence[Machine]) -> Group:
    """Brand, form, audience, parts of the leg, and how much is known of each."""
    rows = (
        Row(
            "known",
            "Facts known",
            "How many of the things that can be known of such a machine some source states.",
            tuple(_known(one) for one in machines),
            always=True,
        ),
        Row(
            "brand",
            "Brand",
            "Who makes it. Not stated where no source names the maker.",
            tuple(_brand(one) for one in machines),
        ),
        Row(
            "form",
            "Form",
            "The shape the machine comes in.",
            tuple(Cell(STATED, m.product.form.label, m.product.form_id) for m in machines),
        ),
        Row(
            "audience",
            "Made for",
            "Whom the machine is sold to, as far as its records and maker say.",
            tuple(_audience(one) for one in machines),
            always=True,
        ),
        Row(
            AREAS,
            "Parts of the leg",
            "Where it works on the leg.",
            tuple(_areas(one) for one in machines),
        ),
    )
    return Group("glance", "At a glance", rows)


def prices(machines: Sequence[Machine], currency: str) -> Group:
    """The price of each in one currency."""
    explanation = (
        f"The latest regular price we saw in {currency}, with its month. Nothing is converted, and "
        "none is today’s price. A price seen over a year ago is called old."
    )
    row = Row("price", "Price", explanation, tuple(_price(one) for one in machines))
    return Group("prices", "Prices seen", (row,))


def _known(machine: Machine) -> Cell:
    sheet = machine.sheet
    words = f"{sheet.known} of {sheet.applicable}"
    value = {"known": sheet.known, "applicable": sheet.applicable}
    return Cell(STATED, words, value, parts=(Part(words, "facts", machine.product.slug),))


def _brand(machine: Machine) -> Cell:
    brand = machine.product.brand
    return listed([Part(brand.name, "brand", brand.id)], brand.id) if brand else missing()


def _audience(machine: Machine) -> Cell:
    audience = Audience(machine.product.audience)
    because = Part(machine.product.audience_because)
    return Cell(STATED, audience.label, audience.value, details=(because,))


def _areas(machine: Machine) -> Cell:
    areas = machine.product.areas
    sources = (one.source for one in areas if one.source)
    return listed([Part(one.area.label) for one in areas], [one.area_id for one in areas], sources)


def _price(machine: Machine) -> Cell:
    seen, price = machine.product.prices, machine.price
    if price is None:
        elsewhere = currencies(seen)
        return missing(f"priced only in {' and '.join(elsewhere)}") if elsewhere else missing()
    source = observation_of(price, seen).source
    return Cell(
        STATED,
        f"{price.words}, seen {price.month}",
        {"amount": price.amount_cents / 100, "currency": price.currency, "as_of": price.as_of},
        notes=("old price",) if price.is_old() else (),
        sources=(source,),
        weak=source.weak,
    )
