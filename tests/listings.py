"""What a listing says, read from its page and from its JSON into the same plain shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from random import Random
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.browse import BadSelection, Selection, Vocabulary
from reviews_app.db import db
from tests.factories import a_product, an_attribute

CARD = re.compile(r'class="card__title"><a href="/massagers/([^"]+)"')
FACET = re.compile(
    r'id="facet-([\w-]+)"(.*?)(?=<details class="facet"|<form|</section>)', re.DOTALL
)
OPTION = re.compile(
    r"<li><(?:a|span|label)([^>]*)>(?:<input ([^>]*)>)?([^<]*) <b>(\d+)</b></(?:a|span|label)></li>"
)
SELECTED = re.compile(r"aria-current|checked")
TOTAL = re.compile(r'role="status">([\d,]+) massager')


@dataclass(frozen=True)
class Said:
    """What both ways of asking must agree on. options: (facet, label, count, selected)."""

    status: int
    total: int
    products: tuple[str, ...]
    options: tuple[tuple[str, str, int, bool], ...]

    def counts(self, facet: str) -> dict[str, int]:
        """The count of every option of a facet, by label."""
        return {label: count for name, label, count, _ in self.options if name == facet}


def on_the_page(client: FlaskClient, query: str) -> Said:
    """What the page of the listing says; brands are left out, since the page lists some twice."""
    response = client.get(f"/massagers?{query}".rstrip("?"), follow_redirects=True)
    html = response.text
    total = TOTAL.search(html)
    assert total is not None
    return Said(
        response.status_code,
        int(total[1].replace(",", "")),
        tuple(CARD.findall(html)),
        tuple(
            (name, unescape(label), int(count), bool(SELECTED.search(attributes + box)))
            for name, inside in FACET.findall(html)
            if name != "brand"
            for attributes, box, label, count in OPTION.findall(inside)
        ),
    )


def as_json(client: FlaskClient, query: str) -> Said:
    """What the JSON of the listing says; its status where nothing is found is that of the page."""
    response = client.get(f"/api/v1/massagers?{query}".rstrip("?"), follow_redirects=True)
    assert response.status_code == 200
    listing = response.get_json()
    options = [
        (facet["name"], one["label"], one["count"], one["selected"])
        for facet in listing["facets"]
        if facet["name"] != "brand"
        for one in facet["options"]
    ]
    return Said(
        200 if listing["total"] else 404,
        listing["total"],
        tuple(one["slug"] for one in listing["products"]),
        tuple(options),
    )


def store_the_table(app: Flask) -> None:
    """The six machines of the table in `product.md` §3; a massage gun has no calf limit."""
    with app.app_context():
        an_attribute("heat", label="Heat", on_card=True)
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
        db.session.commit()


def _machine(
    slug: str, types: list[str], price: int | None, *, form: str = "boots", **facts: object
) -> None:
    prices = [] if price is None else [(price * 100, "USD", "regular", "2026-06")]
    a_product(slug, types=types, prices=prices, facts=facts, form_id=form)


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """Every statement the database of `app` is asked inside the block."""
    with app.app_context():
        engine = db.engine
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


Args = list[tuple[str, str]]


def drawn(
    random: Random, vocabulary: Vocabulary, count: int, besides: Sequence[Args]
) -> Iterator[str]:
    """Query strings of up to `count` random choices, each with one of `besides` or nothing."""
    for _ in range(count):
        facets = random.sample(vocabulary.facets, random.choice((0, 1, 1, 2, 3)))
        args = [
            (facet.name, option.value)
            for facet in facets
            for option in random.sample(facet.options, random.choice((1, 1, 2)))
        ]
        args += random.sample([("calf", "45cm"), ("price_max", "150"), ("noise_db_min", "40")], 1)
        args += random.choice(([], [("q", random.choice(("air", "boots knee", "hyper")))]))
        args += random.choice(([], *besides))
        try:
            yield urlencode(Selection.from_args(args, vocabulary).as_args())
        except BadSelection:
            continue
