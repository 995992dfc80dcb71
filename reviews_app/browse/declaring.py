"""Declares the vocabulary of the listing from the words in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from reviews_app.browse.facets import (
    NO_NOTICE,
    PRICE,
    RATING,
    RECALLED,
    SCORE,
    STATUS,
    Facet,
    FacetKind,
    Fit,
    Limit,
    Option,
    Range,
    Sort,
    Vocabulary,
)
from reviews_app.browse.sorts import BY_SCORE, SORTS
from reviews_app.catalogue.measures import CM_PER, PARTS
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.prices import REGULAR
from reviews_app.catalogue.products import Brand, Product
from reviews_app.catalogue.vocabulary import (
    NOT_APPLICABLE,
    NOT_STATED,
    Area,
    Attribute,
    Audience,
    Filter,
    Form,
    Kind,
    MassageType,
)
from reviews_app.db import db
from reviews_app.guidance.models import Claim, Need
from reviews_app.scores.queries import current_rules

UNSTATED = Option(NOT_STATED, "Not stated")
INAPPLICABLE = Option(NOT_APPLICABLE, "Not applicable")

STATUSES = (Option(RECALLED, "Recalled"), Option(NO_NOTICE, "No recall notice found"))

AUDIENCES = tuple(Option(audience, audience.label) for audience in Audience)

MACHINE, PURPOSE, SCORED = "The machine", "What it is for", "What we make of it"


def vocabulary(
    sorts: Sequence[Sort] = SORTS, currencies: Mapping[str, int] | None = None
) -> Vocabulary:
    """All that can be chosen now, in nine statements.

    `sorts`: the orders on offer beside the score, which is the default once a method is published;
    until then the first is. Owners of other numbers add theirs. `currencies`: how many machines
    have a price in each, if known; to count them reads all prices.
    """
    if currencies is None:
        currencies = _currencies()
    method = current_rules()
    attributes = db.session.scalars(sa.select(Attribute).order_by(Attribute.position)).all()
    return Vocabulary(
        facets=(*_facets_of_machines(), *_facets_of_purpose(), *_facets_of(attributes)),
        ranges=(*_ranges_of(attributes), *([_score()] if method else []), _rating(), _price()),
        fits=_fits_of(attributes),
        sorts=(*([BY_SCORE] if method else []), *sorts),
        currencies=tuple(sorted(currencies.items(), key=lambda one: (-one[1], one[0]))),
        method=method,
    )


def _facets_of_machines() -> Iterable[Facet]:
    yield _many("type", "Massage type", "What the massage is called.", MassageType)
    yield _many("area", "Part of the leg", "Where it works on the leg.", Area)
    forms = _options(sa.select(Form.id, Form.label).order_by(Form.position))
    yield Facet("form", "Form", "The shape the machine comes in.", MACHINE, "one", forms)
    makers = _options(sa.select(Brand.id, Brand.name).order_by(sa.func.lower(Brand.name), Brand.id))
    explanation = "Who makes it. Not stated where no source names the maker."
    brands = (*makers, UNSTATED)
    yield Facet("brand", "Brand", explanation, MACHINE, "one", brands, closed=False)


def _facets_of_purpose() -> Iterable[Facet]:
    needs = _options(sa.select(Need.id, Need.label).order_by(Need.position))
    explanation = "Machines that work in a way for which there is at least some evidence."
    yield Facet("need", "What you want help with", explanation, PURPOSE, "many", needs)
    claims = _options(sa.select(Claim.id, Claim.title).order_by(Claim.position))
    explanation = "Machines that work in a way that was studied for it, whatever was found."
    yield Facet("claim", "What was studied", explanation, PURPOSE, "many", claims)
    explanation = "Whom the machine is sold to, as far as its records and maker say."
    yield Facet("audience", "Made for", explanation, PURPOSE, "one", AUDIENCES)
    explanation = "Whether a recall notice that we found is open. Recalled machines come last."
    yield Facet(STATUS, "Recalls", explanation, PURPOSE, "one", STATUSES)


def _facets_of(attributes: Sequence[Attribute]) -> Iterable[Facet]:
    """`unknown` is an option of each, and `na` where the form can rule it out (rule 6)."""
    for one in attributes:
        if one.filter != Filter.OPTIONS:
            continue
        stated = tuple(Option(option["id"], option["label"]) for option in one.options)
        if one.kind == Kind.YES_NO:
            stated = (Option("yes", "Yes"), Option("no", "No"))
        options = (*stated, UNSTATED, *((INAPPLICABLE,) if one.forms else ()))
        kind: FacetKind = "many" if one.kind == Kind.CHOICES else "one"
        yield Facet(one.id, one.label, one.explanation, one.group, kind, options, attribute=True)


def _ranges_of(attributes: Sequence[Attribute]) -> Iterable[Range]:
    for one in attributes:
        if one.filter == Filter.RANGE:
            yield Range(one.id, one.label, one.explanation, one.group, one.unit)


def _price() -> Range:
    explanation = "The latest regular price we saw, in one currency; nothing is converted."
    return Range(PRICE, "Price", explanation, "Buying", None, per=100)


def _score() -> Range:
    explanation = "What the facts known add up to, by the method we publish."
    return Range(SCORE, "Score", explanation, SCORED, "out of 10", per=100)


def _rating() -> Range:
    explanation = "The mean of our readers’ published reviews that count, by the rules we publish."
    return Range(RATING, "Readers’ rating", explanation, SCORED, "out of 5", per=100)


def _fits_of(attributes: Sequence[Attribute]) -> tuple[Fit, ...]:
    """Calf, thigh and foot, always; an attribute that is no length limits nothing."""
    return tuple(
        Fit(
            name,
            label,
            explanation,
            tuple(
                Limit(one.id, "min" if one.fit_bound == "min" else "max", one.unit)
                for one in attributes
                if one.filter == Filter.FIT and one.fit == name and one.unit in CM_PER
            ),
        )
        for name, (label, explanation) in PARTS.items()
    )


def _currencies() -> dict[str, int]:
    machines = sa.func.count(sa.distinct(PriceObservation.product_id))
    rows = db.session.execute(
        sa.select(PriceObservation.currency, machines)
        .join(Product, Product.id == PriceObservation.product_id)
        .where(
            Product.retired_at.is_(None),
            PriceObservation.terms == REGULAR,
            PriceObservation.as_of.is_not(None),
        )
        .group_by(PriceObservation.currency)
    )
    return dict(rows.all())


def _many(name: str, label: str, explanation: str, model: type[MassageType] | type[Area]) -> Facet:
    options = _options(sa.select(model.id, model.label).order_by(model.position))
    return Facet(name, label, explanation, MACHINE, "many", options)


def _options(words: sa.Select[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in db.session.execute(words))
