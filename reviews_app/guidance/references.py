"""Which sources stand behind what we say, and what we say rests on a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import raiseload

from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.sources import Source
from reviews_app.db import db
from reviews_app.guidance.models import (
    Citation,
    Claim,
    Contraindication,
    GlossaryTerm,
    Guide,
    GuideLink,
    Need,
    Question,
    RedFlag,
    Study,
)


@dataclass(frozen=True)
class Reference:
    """A source we lean on; `study` says what it found, where it is a study."""

    source: Source
    study: Study | None


References = Mapping[tuple[str, str], tuple[Reference, ...]]
"""References by (subject id, part); a part is a mechanism id, "do_first", "typical_use" or ""."""


@dataclass(frozen=True)
class Mention:
    """Something of ours that cites a source: `kind` as in Citation, or "guide" and "type"."""

    kind: str
    id: str
    words: str
    part: str = ""


def references(kind: str, ids: Collection[str] | None = None) -> References:
    """What stands behind each subject of that kind, or those with one of the ids; one statement."""
    statement = (
        sa.select(Citation.subject_id, Citation.part, Source, Study)
        .join(Source, Citation.source_id == Source.id)
        .outerjoin(Study, Study.source_id == Source.id)
        .where(Citation.subject_kind == kind)
        .order_by(Citation.subject_id, Citation.part, Citation.position)
        .options(raiseload("*"))
    )
    if ids is not None:
        statement = statement.where(Citation.subject_id.in_(ids))
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for subject_id, part, source, study in db.session.execute(statement):
        found[subject_id, part].append(Reference(source, study))
    return {key: tuple(value) for key, value in found.items()}


def distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each source once, in order of first mention."""
    return tuple({one.source.id: one for one in references}.values())


def find_study(source_id: str) -> Study | None:
    """The study of a source, with its source; None for a source that is none."""
    return db.session.get(Study, source_id)


def mentions(source_id: str) -> list[Mention]:
    """Everything in the guidance that rests on a source, guides and type pages last.

    As many statements whatever cites it.
    """
    named: list[tuple[str, sa.ColumnElement[str], sa.ColumnElement[str]]] = [
        ("claim", Claim.id.expression, Claim.title.expression),
        ("need", Need.id.expression, Need.label.expression),
        ("contraindication", Contraindication.id.expression, Contraindication.name.expression),
        ("red_flag", RedFlag.id.expression, RedFlag.sign.expression),
        ("term", GlossaryTerm.id.expression, GlossaryTerm.term.expression),
        ("question", Question.id.expression, Question.question.expression),
    ]
    found: list[Mention] = []
    for kind, id_, words in named:
        rows = db.session.execute(
            sa.select(id_, words, sa.func.min(Citation.part))
            .join(Citation, sa.and_(Citation.subject_id == id_, Citation.subject_kind == kind))
            .where(Citation.source_id == source_id)
            .group_by(id_, words)
            .order_by(words)
        )
        found += [Mention(kind, *row) for row in rows]
    return found + articles_mentioning("source", source_id)


def articles_mentioning(kind: str, target_id: str) -> list[Mention]:
    """The guides and type pages that refer to something; guides first."""
    return list(_articles().get((kind, target_id), ()))


@once_a_revision
def _articles() -> dict[tuple[str, str], list[Mention]]:
    """All that mention something, by its kind and id: articles are few, machines may be many."""
    rows = db.session.execute(
        sa.select(
            *(GuideLink.target_kind, GuideLink.target_id, Guide.kind, Guide.slug, Guide.title)
        )
        .join(
            Guide,
            sa.and_(GuideLink.guide_kind == Guide.kind, GuideLink.guide_slug == Guide.slug),
        )
        .order_by(Guide.kind, Guide.position, Guide.slug)
    )
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for kind, target_id, *article in rows:
        found[kind, target_id].append(Mention(*article))
    return dict(found)
