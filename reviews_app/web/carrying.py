"""Knows what an address of the check may carry: massagers and massage types, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request, url_for

from reviews_app.catalogue import massage_types as types
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.vocabulary import MassageType

MASSAGER, TYPE = "p", "type"
MOST_MASSAGERS = 5


@dataclass(frozen=True)
class Carried:
    """What a check is asked about first. `problems` says in words what could not be taken along."""

    products: tuple[Product, ...]
    types: tuple[MassageType, ...]
    problems: tuple[str, ...]
    status: int

    @property
    def query(self) -> str:
        """The one spelling of this, as it stands after the question mark."""
        massagers = [(MASSAGER, one.slug) for one in self.products]
        return urlencode(massagers + [(TYPE, one.id) for one in self.types])

    @property
    def address(self) -> str:
        """The path of the check that carries this."""
        path = url_for("check.new")
        return f"{path}?{self.query}" if self.query else path


def carried() -> Carried:
    """What the address of this request carries; all else in it is left behind."""
    slugs = list(dict.fromkeys(request.args.getlist(MASSAGER)))
    kinds = list(dict.fromkeys(request.args.getlist(TYPE)))
    known = catalogue.find_products(slugs[:MOST_MASSAGERS])
    types_known = {one.id: one for one in types.types()}
    products = {slug: one for slug, one in known.items() if one.retired_at is None}
    lost = [
        *_lost(slugs[:MOST_MASSAGERS], known),
        *(f"We know no massage type called “{one}”." for one in kinds if one not in types_known),
    ]
    too_many = (
        [f"Up to {MOST_MASSAGERS} massagers can be checked at once. These are the first of them."]
        if len(slugs) > MOST_MASSAGERS
        else []
    )
    return Carried(
        tuple(products[slug] for slug in slugs if slug in products),
        tuple(types_known[kind] for kind in kinds if kind in types_known),
        (*too_many, *lost),
        HTTPStatus.BAD_REQUEST if too_many else HTTPStatus.NOT_FOUND if lost else HTTPStatus.OK,
    )


def _lost(slugs: Sequence[str], known: dict[str, Product]) -> Iterator[str]:
    for slug in slugs:
        if slug not in known:
            yield f"We know no massager called “{slug}”."
        elif known[slug].retired_at is not None:
            yield f"{known[slug].name} has left our catalogue."
