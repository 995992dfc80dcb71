"""Whether what a review says is so: held against the catalogue and guidance as stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Attribute, Audience, MassageType
from reviews_app.db import db
from reviews_app.guidance.models import (
    Claim,
    Contraindication,
    GlossaryTerm,
    Guide,
    Need,
    RedFlag,
    Study,
)
from reviews_app.reviews.pieces import Token, references_of, tokens_of
from reviews_app.reviews.records import Review, StatementRecord, claims_of, studies_of

FEWEST_FACTS = 6
"""A machine of which fewer facts stand in sources that are not weak gets no review."""

Complaint = tuple[str, str, str]

_TARGETS: Mapping[str, Any] = {
    "claim": Claim.id,
    "type": MassageType.id,
    "need": Need.id,
    "term": GlossaryTerm.id,
    "source": Source.id,
    "guide": Guide.slug,
    "contraindication": Contraindication.id,
    "flag": RedFlag.id,
    "study": Study.source_id,
}
"""The column of the ids that each kind of reference leads to; "massager" is looked up apart."""


@dataclass(frozen=True)
class Machine:
    """What is stated of a machine: its attributes, each with whether it is only weakly stated.

    strong: how many facts stand in sources that are not weak, accepted or not.
    """

    id: int
    audience: str
    form: str
    stated: Mapping[str, bool]
    strong: int


@dataclass(frozen=True)
class Known:
    """All that the reviews at hand may refer to."""

    machines: Mapping[str, Machine]
    attributes: Mapping[str, Attribute]
    ids: Mapping[str, Collection[str]]


def known_to(reviews: tuple[Review, ...]) -> Known:
    """What there is of all that these reviews mention."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for review in reviews:
        wanted["massager"] |= {review.slug, *review.other_machines}
        for text in review.texts:
            wanted["massager"] |= {one.slug for one in tokens_of(text.words) if one.slug}
            for kind, id_ in references_of(text.words):
                wanted[kind].add(id_)
    wanted["study"] |= studies_of(reviews)
    wanted["claim"] |= claims_of(reviews)
    ids = {
        kind: frozenset(db.session.scalars(sa.select(column).where(column.in_(wanted[kind]))))
        for kind, column in _TARGETS.items()
    }
    machines = machines_of(wanted["massager"])
    attributes = {one.id: one for one in db.session.scalars(sa.select(Attribute))}
    return Known(machines, attributes, {**ids, "massager": machines.keys()})


def check_reviews(reviews: tuple[Review, ...], known: Known, faults: Faults) -> None:
    """Note everything a review says that the catalogue or the guidance does not bear out."""
    for review in reviews:
        machine = known.machines.get(review.slug)
        if machine is None:
            faults.add(review.file, "file name", review.slug, "there is no machine with this slug")
            continue
        for where, value, reason in _complaints(review, machine, known):
            faults.add(review.file, where, value, reason)


def machines_of(slugs: Collection[str]) -> dict[str, Machine]:
    """What is stated of each of the machines that are in the catalogue, by slug."""
    products = db.session.execute(
        sa.select(Product.slug, Product.id, Product.audience, Product.form_id).where(
            Product.slug.in_(slugs), Product.retired_at.is_(None)
        )
    ).all()
    stated: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for product_id, attribute_id, weak in db.session.execute(
        sa.select(Fact.product_id, Fact.attribute_id, Fact.weak).where(
            Fact.product_id.in_([row.id for row in products]), Fact.accepted
        )
    ):
        stated[product_id][attribute_id] = weak
    strong = dict[int, int](
        row
        for row in db.session.execute(
            sa.select(Fact.product_id, sa.func.count())
            .where(Fact.product_id.in_([row.id for row in products]), Fact.weak.is_(False))
            .group_by(Fact.product_id)
        )
    )
    return {
        row.slug: Machine(row.id, row.audience, row.form_id, stated[row.id], strong.get(row.id, 0))
        for row in products
    }


def may_be_reviewed(machine: Machine) -> bool:
    """Whether enough is known of a machine that everybody can buy."""
    return machine.audience == Audience.CONSUMER and machine.strong >= FEWEST_FACTS


def _complaints(review: Review, machine: Machine, known: Known) -> Iterator[Complaint]:
    if not may_be_reviewed(machine):
        reason = f"reviews are of consumer machines with {FEWEST_FACTS} facts that are not weak"
        yield "file name", f"{machine.audience}, {machine.strong} facts", reason
    for where, statement in review.statements:
        yield from ((where, *one) for one in _unbacked(statement, machine, known))
    for text in review.texts:
        yield from ((text.where, *one) for one in _dangling(text.words, machine, known))
    for slug in {*review.other_machines} - (known.machines.keys() - {review.slug}):
        yield "alternatives", slug, "is no other machine of the catalogue"


def _dangling(text: str, machine: Machine, known: Known) -> Iterator[tuple[str, str]]:
    for token in tokens_of(text):
        if reason := _unanswered(token, machine, known):
            yield f"{{{_spelled(token)}}}", reason
    for kind, id_ in references_of(text):
        if id_ not in known.ids[kind]:
            yield id_, f"there is no {kind} with this id"


def _unbacked(
    statement: StatementRecord, machine: Machine, known: Known
) -> Iterator[tuple[str, str]]:
    checked = [
        *((one, _unstated(one, machine, known) or _weak(one, machine)) for one in statement.facts),
        *((one, _not_missing(one, machine, known)) for one in statement.missing),
        *((one, _unknown("study", one, known)) for one in statement.studies),
        *((one, _unknown("claim", one, known)) for one in statement.claims),
    ]
    return ((value, reason) for value, reason in checked if reason)


def _weak(id_: str, machine: Machine) -> str:
    weak = machine.stated[id_]
    return "stands in a weak source only, which backs no statement of ours" if weak else ""


def _not_missing(id_: str, machine: Machine, known: Known) -> str:
    if id_ not in known.attributes:
        return "there is no attribute with this id"
    if id_ in machine.stated:
        return "is not missing: some source states it"
    applies = known.attributes[id_].applies_to(machine.form)
    return "" if applies else "is not missing: it cannot apply to a machine of this form"


def _unknown(kind: str, id_: str, known: Known) -> str:
    return "" if id_ in known.ids[kind] else f"there is no {kind} with this id"


def _unanswered(token: Token, machine: Machine, known: Known) -> str:
    other = known.machines.get(token.slug) if token.slug else machine
    if other is None:
        return "there is no machine with this slug"
    return _unstated(token.attribute, other, known)


def _unstated(id_: str, machine: Machine, known: Known) -> str:
    if id_ not in known.attributes:
        return "there is no attribute with this id"
    return "" if id_ in machine.stated else "is not stated: no source we read gives it"


def _spelled(token: Token) -> str:
    return f"{token.slug}:{token.attribute}" if token.slug else token.attribute
