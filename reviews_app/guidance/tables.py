"""Guidance as the rows of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviews_app.catalogue.folder import SeedRecord
from reviews_app.catalogue.sources import Source
from reviews_app.db import Base
from reviews_app.guidance import markdown, models
from reviews_app.guidance.records import Article, Guidance, StudyRecord
from reviews_app.guidance.storing import Row, Rows, Thing

_SUBJECTS = {
    "claims": "claim",
    "contraindications": "contraindication",
    "red_flags": "red_flag",
    "terms": "term",
    "questions": "question",
}
"""What a record with sources of its own is called in a citation, by its field in Guidance."""


class Cited(NamedTuple):
    """The sources behind one part of something we say."""

    kind: str
    id: str
    part: str
    sources: Sequence[str]


def tables(guidance: Guidance) -> list[Rows]:
    """The rows of every table of guidance, those referred to before those that refer."""
    studies = sa.select(models.Study.source_id)
    return [
        _own(models.GradeMeaning, guidance.grades, _named("grade", "grade")),
        Rows(Source, _sources(guidance.studies), _named("study"), within=Source.id.in_(studies)),
        Rows(models.Study, _studies(guidance.studies), _named("study", "source_id")),
        _own(models.Claim, guidance.claims, _named("claim")),
        Rows(models.ClaimMechanism, _graded(guidance), _named("claim", "claim_id"), whole=False),
        _own(models.Contraindication, guidance.contraindications, _named("contraindication")),
        _own(models.RedFlag, guidance.red_flags, _named("red flag")),
        _own(models.Need, guidance.needs, _named("need")),
        Rows(models.NeedMechanism, _ranked(guidance), _named("need", "need_id"), whole=False),
        _own(models.GlossaryTerm, guidance.terms, _named("term")),
        _own(models.Question, guidance.questions, _named("question")),
        Rows(models.Guide, _guides(guidance.articles), _article_of("kind", "slug")),
        Rows(
            models.GuideLink,
            _links(guidance.articles),
            _article_of("guide_kind", "guide_slug"),
            whole=False,
        ),
        Rows(models.Citation, _citations(guidance), _subject, whole=False),
    ]


def _own(model: type[Base], records: Sequence[SeedRecord], thing: Callable[[Row], Thing]) -> Rows:
    """A row for each record, its columns being those the record states."""
    rows = [
        _row(model, record, position=position) for position, record in enumerate(records, start=1)
    ]
    return Rows(model, rows, thing)


def _row(model: type[Base], record: SeedRecord, **others: Any) -> Row:
    names = set(sa.inspect(model).columns.keys()) - others.keys()
    # What a typical use rests on is cited like everything else.
    stated = record.model_dump(mode="json", include=names, exclude={"typical_use": {"sources"}})
    return {**stated, **others}


def _named(kind: str, column: str = "id") -> Callable[[Row], Thing]:
    return lambda row: (kind, row[column])


_ARTICLES = {"guide": "guide", "type": "type text", "best": "best-of text"}


def _article_of(kind: str, slug: str) -> Callable[[Row], Thing]:
    return lambda row: (_ARTICLES[row[kind]], row[slug])


def _subject(row: Row) -> Thing:
    return str(row["subject_kind"]).replace("_", " "), str(row["subject_id"])


def _sources(studies: Sequence[StudyRecord]) -> list[Row]:
    return [
        {
            "id": study.id,
            "title": study.title,
            "publisher": study.publisher,
            "kind": "study",
            "url": study.url,
            "published": str(study.year) if study.year else None,
            "seen_on": study.seen_on.isoformat(),
            "weak": False,
            "position": position,
        }
        for position, study in enumerate(studies, start=1)
    ]


def _studies(studies: Sequence[StudyRecord]) -> list[Row]:
    return [_row(models.Study, study, source_id=study.id) for study in studies]


def _graded(guidance: Guidance) -> list[Row]:
    return [
        _row(
            models.ClaimMechanism,
            graded,
            claim_id=claim.id,
            mechanism_id=mechanism,
            position=position,
        )
        for claim in guidance.claims
        for position, (mechanism, graded) in enumerate(claim.mechanisms.items(), start=1)
    ]


def _ranked(guidance: Guidance) -> list[Row]:
    return [
        _row(
            models.NeedMechanism,
            ranked,
            need_id=need.id,
            mechanism_id=ranked.mechanism,
            position=position,
        )
        for need in guidance.needs
        for position, ranked in enumerate(need.mechanisms, start=1)
    ]


def _guides(articles: Sequence[Article]) -> list[Row]:
    return [
        _row(
            models.Guide,
            article.front,
            kind=article.kind,
            slug=article.slug,
            body=article.body,
            position=position,
        )
        for position, article in enumerate(articles, start=1)
    ]


def _links(articles: Sequence[Article]) -> list[Row]:
    return [
        {
            "guide_kind": article.kind,
            "guide_slug": article.slug,
            "target_kind": kind,
            "target_id": target,
        }
        for article in articles
        for kind, target in sorted(markdown.references(article.body))
    ]


def _citations(guidance: Guidance) -> list[Row]:
    return [
        {
            "subject_kind": cited.kind,
            "subject_id": cited.id,
            "part": cited.part,
            "source_id": source,
            "position": position,
        }
        for cited in _cited(guidance)
        for position, source in enumerate(cited.sources, start=1)
    ]


def _cited(guidance: Guidance) -> Iterator[Cited]:
    for field, kind in _SUBJECTS.items():
        yield from (Cited(kind, one.id, "", one.sources) for one in getattr(guidance, field))
    for claim in guidance.claims:
        for mechanism, graded in claim.mechanisms.items():
            yield Cited("claim", claim.id, mechanism, graded.sources)
    for need in guidance.needs:
        yield Cited("need", need.id, "do_first", need.do_first_sources)
        yield Cited("need", need.id, "typical_use", need.typical_use.sources)
        for ranked in need.mechanisms:
            yield Cited("need", need.id, ranked.mechanism, ranked.sources)
