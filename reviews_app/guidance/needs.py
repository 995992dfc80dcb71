"""What readers want help with, and which massage answers it how well."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.vocabulary import MassageType, Mechanism
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.guidance.models import (
    SEVERITIES,
    SUPPORTING,
    Contraindication,
    Need,
    NeedMechanism,
)
from reviews_app.guidance.references import Reference, distinct, references


@dataclass(frozen=True)
class Answer:
    """How well one mechanism answers a need; `types` are the massage types that work so."""

    need: Need
    mechanism: Mechanism
    grade: str
    why: str
    types: tuple[MassageType, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class NeedSheet:
    """A need: its answers ranked, its cautions strictest first, the sources of each part."""

    need: Need
    answers: tuple[Answer, ...]
    cautions: tuple[Contraindication, ...]
    do_first: tuple[Reference, ...]
    typical_use: tuple[Reference, ...]
    references: tuple[Reference, ...]

    @property
    def supported(self) -> tuple[str, ...]:
        """The mechanisms with some evidence for the need, or with studies that disagree."""
        return tuple(one.mechanism.id for one in self.answers if one.grade in SUPPORTING)


def needs() -> list[Need]:
    """Every need, in the order of the seed file; without its mechanisms."""
    return list(db.session.scalars(sa.select(Need).order_by(Need.position).options(raiseload("*"))))


def get_need(need_id: str) -> NeedSheet:
    """The sheet of a need. Raises NotFound."""
    need = db.session.scalar(
        sa.select(Need)
        .where(Need.id == need_id)
        .options(selectinload(Need.mechanisms).joinedload(NeedMechanism.mechanism), raiseload("*"))
    )
    if need is None:
        raise NotFound(f"We have no page on “{need_id}”.", parameter="need", value=need_id)
    cited = references("need", [need_id])
    types = db.session.scalars(sa.select(MassageType).order_by(MassageType.position)).all()
    return NeedSheet(
        need,
        tuple(
            Answer(
                need,
                row.mechanism,
                row.grade,
                row.why,
                tuple(one for one in types if one.mechanism_id == row.mechanism_id),
                cited.get((need_id, row.mechanism_id), ()),
            )
            for row in need.mechanisms
        ),
        _cautions(need),
        cited.get((need_id, "do_first"), ()),
        cited.get((need_id, "typical_use"), ()),
        distinct(one for part in cited.values() for one in part),
    )


def answers_of(mechanism_ids: Collection[str]) -> list[Answer]:
    """The needs that any of the mechanisms was ranked for, in the order of needs."""
    return [one for one in _answers() if one.mechanism.id in mechanism_ids]


@once_a_revision
def _answers() -> list[Answer]:
    statement = (
        sa.select(NeedMechanism, Need)
        .join(Need, Need.id == NeedMechanism.need_id)
        .order_by(Need.position, NeedMechanism.position)
        .options(joinedload(NeedMechanism.mechanism), raiseload("*"))
    )
    return [
        Answer(need, row.mechanism, row.grade, row.why)
        for row, need in db.session.execute(statement)
    ]


def _cautions(need: Need) -> tuple[Contraindication, ...]:
    found = db.session.scalars(
        sa.select(Contraindication)
        .where(Contraindication.id.in_(need.cautions))
        .order_by(Contraindication.position)
    )
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))
