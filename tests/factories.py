"""Rows for tests that say only what matters: what is left out is made up, what is missing made.

All functions add to `db.session` and flush; the test commits where it must.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Brand,
    BrandAlias,
    Fact,
    FactOption,
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
    Recall,
)
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import (
    Area,
    Attribute,
    AttributeExclusion,
    Form,
    Kind,
    MassageType,
    Mechanism,
)
from reviews_app.db import Base, db
from reviews_app.guidance.models import Claim, ClaimMechanism, Need, NeedMechanism
from reviews_app.reviews.readers.models import ProductRating
from reviews_app.reviews.readers.rating import rating_of
from reviews_app.scores.models import Method, Score, ScorePart

Row = TypeVar("Row", bound=Base)

_positions = itertools.count(1)

PricesSeen = Iterable[tuple[int, str, str, str | None]]


def a_source(source_id: str = "S1", **given: Any) -> Source:
    """A maker's page, or what is given."""
    made = {
        "title": f"Page {source_id}",
        "publisher": "Maker",
        "kind": "maker",
        "url": f"https://maker.example/{source_id}",
        "seen_on": "2026-11-22",
        "weak": False,
        "position": next(_positions),
    }
    return _found(Source, source_id) or _added(Source(id=source_id, **made | given))


def a_mechanism(mechanism_id: str) -> Mechanism:
    """A way to act on the leg."""
    return _found(Mechanism, mechanism_id) or _added(
        Mechanism(id=mechanism_id, **_labelled(mechanism_id), explanation="Acts on the leg.")
    )


def a_type(type_id: str, *, mechanism: str | None = "") -> MassageType:
    """A massage type; its mechanism has the same id unless given, None for none."""
    found = _found(MassageType, type_id)
    if found is not None:
        return found
    mechanism_id = type_id if mechanism == "" else mechanism
    if mechanism_id is not None:
        a_mechanism(mechanism_id)
    made = _labelled(type_id) | {"summary": "A massage.", "rule": "Set by an editor."}
    return _added(
        MassageType(id=type_id, mechanism_id=mechanism_id, assigned_when=[], words=[], **made)
    )


def an_area(area_id: str) -> Area:
    """A part of the leg."""
    return _found(Area, area_id) or _added(Area(id=area_id, words=[], **_labelled(area_id)))


def a_form(form_id: str) -> Form:
    """A form; attributes made before that are restricted to other forms do not apply to it."""
    found = _found(Form, form_id)
    if found is not None:
        return found
    made = _labelled(form_id)
    form = _added(Form(id=form_id, plural=made["label"], explanation="A shape.", **made))
    for attribute in db.session.query(Attribute).all():
        _exclude(attribute, form_id)
    return form


def a_brand(brand_id: str, name: str | None = None) -> Brand:
    """A maker."""
    return _found(Brand, brand_id) or _added(
        Brand(id=brand_id, name=name or brand_id.replace("-", " ").title())
    )


def an_alias(brand_id: str, name: str) -> BrandAlias:
    """Another name of a brand."""
    alias_id = f"{brand_id}/{name.casefold()}"
    made = {"because": "A shop says so.", "position": next(_positions)}
    return _found(BrandAlias, alias_id) or _added(
        BrandAlias(id=alias_id, brand_id=brand_id, name=name, source_id=a_source().id, **made)
    )


def an_attribute(attribute_id: str, kind: str = Kind.YES_NO, **given: Any) -> Attribute:
    """An attribute; `options` may be plain ids, and `forms` are made where they are missing."""
    found = _found(Attribute, attribute_id)
    if found is not None:
        return found
    for form_id in given.get("forms", ()):
        a_form(form_id)
    options = [
        one if isinstance(one, dict) else {"id": one, "label": one.replace("-", " ").capitalize()}
        for one in given.pop("options", ())
    ]
    made = _labelled(attribute_id) | {
        "explanation": "Something that can be known.",
        "group": "Massage",
        "better": "",
        "filter": "options" if kind in (Kind.YES_NO, Kind.CHOICE) else "none",
        "forms": [],
        "on_card": False,
    }
    attribute = _added(Attribute(id=attribute_id, kind=kind, options=options, **made | given))
    for form in db.session.query(Form).all():
        _exclude(attribute, form.id)
    return attribute


def a_need(need_id: str, grades: Mapping[str, str]) -> Need:
    """A need with the grade of each mechanism for it, best first."""
    label = _labelled(need_id)
    need = Need(
        id=need_id, do_first="Walk.", self_use="Often fine.", typical_use={}, cautions=[], **label
    )
    need.mechanisms = [
        NeedMechanism(mechanism_id=a_mechanism(one).id, grade=grade, why="Studied.", position=n)
        for n, (one, grade) in enumerate(grades.items())
    ]
    return _added(need)


def a_claim(claim_id: str, grades: Mapping[str, str]) -> Claim:
    """A claim with the grade of each mechanism for it."""
    claim = Claim(
        id=claim_id,
        title=claim_id.replace("-", " ").capitalize(),
        popular_claim="It helps.",
        what_evidence_says="A little.",
        takeaway="It may help a little.",
        grade="limited",
        editor_note="",
        position=next(_positions),
    )
    claim.mechanisms = [
        ClaimMechanism(mechanism_id=a_mechanism(one).id, grade=grade, note="", position=n)
        for n, (one, grade) in enumerate(grades.items())
    ]
    return _added(claim)


def a_product(
    slug: str,
    *,
    types: Sequence[str] = ("compression",),
    areas: Sequence[str] = ("calf",),
    facts: Mapping[str, object] | None = None,
    prices: PricesSeen = (),
    **given: Any,
) -> Product:
    """A machine. `facts` are accepted values by attribute (see `a_fact`); attributes must exist.

    `prices` are (cents, currency, terms, month or None). Mechanisms follow from types and heat.
    """
    made: dict[str, Any] = {
        "name": slug.replace("-", " ").title(),
        "form_id": "boots",
        "brand_id": None,
        "audience": "consumer",
        "audience_because": "Sold to anyone.",
    }
    made |= given
    a_form(made["form_id"])
    if made["brand_id"] is not None:
        a_brand(made["brand_id"])
    product = _added(Product(slug=slug, **made))
    _give_types(product, types, heats=(facts or {}).get("heat") is True)
    for n, one in enumerate(areas):
        _added(ProductArea(product_id=product.id, area_id=an_area(one).id, position=n))
    for attribute_id, value in (facts or {}).items():
        a_fact(product, attribute_id, value)
    for price in prices:
        a_price(product, *price)
    return product


def a_recall(product: Product, number: str = "26-001", **given: Any) -> Recall:
    """A notice on a machine, open unless `closed_on` is given."""
    made: dict[str, Any] = {
        "regulator": "A regulator",
        "hazard": "The battery can catch fire & burn.",
        "models": ["WB-1"],
        "units": "Date codes 2501 to 2512, under the foot",
        "remedy": "Stop using it. Ask the maker for a new one.",
        "issued_on": "2026-03-01",
        "checked_on": "2026-11-22",
        "source_id": a_source("S7", kind="regulator", publisher="Recall list").id,
        "position": 0,
    }
    return _added(Recall(product_id=product.id, notice_number=number, **made | given))


def _give_types(product: Product, types: Sequence[str], *, heats: bool) -> None:
    mechanisms = {a_mechanism("heat").id} if heats else set()
    for n, one in enumerate(types):
        type_ = a_type(one)
        if type_.mechanism_id is not None:
            mechanisms.add(type_.mechanism_id)
        because = {"assigned_by": "editor", "because": "Named so."}
        _added(ProductType(product_id=product.id, type_id=type_.id, position=n, **because))
    for mechanism_id in mechanisms:
        _added(ProductMechanism(product_id=product.id, mechanism_id=mechanism_id))


def a_fact(product: Product, attribute_id: str, value: object, **given: Any) -> Fact:
    """A fact: True or False, a number or (low, high), an option, or a list of options."""
    low, high = _span(value)
    made: dict[str, Any] = {
        "source_id": a_source().id,
        "weak": False,
        "accepted": True,
        "because": "The only one.",
        "position": next(_positions),
    }
    stored = list(value) if isinstance(value, tuple) else value
    fact = Fact(
        product_id=product.id,
        attribute_id=attribute_id,
        value=stored,
        number_low=low,
        number_high=high,
        **made | given,
    )
    fact.options = [FactOption(option=option) for option in _options(value)]
    return _added(fact)


def a_price(
    product: Product,
    cents: int,
    currency: str = "USD",
    terms: str = "regular",
    as_of: str | None = "2026-06",
) -> PriceObservation:
    """A price somebody saw."""
    return _added(
        PriceObservation(
            product_id=product.id,
            amount_cents=cents,
            currency=currency,
            seller="Shop",
            terms=terms,
            as_of=as_of,
            source_id=a_source().id,
            position=next(_positions),
        )
    )


def a_method(weights: Mapping[str, int], version: int = 1, floor_percent: int = 50) -> Method:
    """A method with these parts, published."""
    document = a_method_document(weights, version, floor_percent)
    return _added(Method(version=version, published_on="2026-11-22", document=document))


def a_method_document(weights: Mapping[str, int], version: int = 1, floor_percent: int = 50) -> str:
    """The file of a method; what its parts read does not matter to who reads their points."""
    parts = "".join(_PART.format(id=part, weight=weight) for part, weight in weights.items())
    return _METHOD.format(version=version, floor_percent=floor_percent) + parts


_METHOD = """
version = {version}
published_on = 2026-11-22
summary = "What facts add up to."
floor_percent = {floor_percent}
floor_because = "Less than that says little."
"""

_PART = """
[[parts]]
id = "{id}"
label = "Part {id}"
explanation = "One side of a machine."
weight = {weight}
[[parts.facts]]
id = "fact-of-{id}"
label = "A fact"
reads = "needs-answered"
weight = 1
because = "It matters."
maps = [{{ because = "More is better.", points = [[0, 0], [3, 10]] }}]
"""


def a_rating(product: Product, stars: Sequence[int]) -> ProductRating:
    """What reader reviews with these stars come to, all of which count."""
    found = rating_of(stars, len(stars))
    return _added(ProductRating(product_id=product.id, **vars(found)))


def a_score(
    product: Product,
    total_centi: int | None,
    parts: Mapping[str, tuple[int | None, int | None]] | None = None,
    *,
    cap_centi: int | None = None,
    version: int = 1,
) -> Score:
    """A score as an import stores it; parts are (points in hundredths, coverage in percent)."""
    score = _added(
        Score(
            product_id=product.id,
            method_version=version,
            total_centi=total_centi,
            coverage_percent=100,
            cap_centi=cap_centi,
            reason=None if total_centi is not None else "too-little-known",
        )
    )
    for part, (points, coverage) in (parts or {}).items():
        key = {"product_id": product.id, "method_version": version, "part_id": part}
        _added(ScorePart(**key, points_centi=points, coverage_percent=coverage))
    return score


def retired() -> dt.datetime:
    """A moment for `retired_at`."""
    return dt.datetime(2026, 1, 1)  # noqa: DTZ001 - stored in UTC without saying so


def _span(value: object) -> tuple[float | None, float | None]:
    if isinstance(value, tuple):
        return float(value[0]), float(value[1])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), float(value)
    return None, None


def _options(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list) else []


def _exclude(attribute: Attribute, form_id: str) -> None:
    if not attribute.applies_to(form_id):
        _added(AttributeExclusion(attribute_id=attribute.id, form_id=form_id))


def _labelled(name: str) -> dict[str, Any]:
    return {"label": name.replace("-", " ").capitalize(), "position": next(_positions)}


def _found(model: type[Row], row_id: str) -> Row | None:
    return db.session.get(model, row_id)


def _added(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
