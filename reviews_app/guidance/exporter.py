"""Writing the stored guidance back as the files it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from reviews_app.catalogue.sources import Source
from reviews_app.db import Base, db
from reviews_app.guidance import models
from reviews_app.guidance.articles import article_text
from reviews_app.guidance.files import FILES, write_file
from reviews_app.guidance.records import FOLDERS, FrontMatter

Cited = Mapping[tuple[str, str, str], list[str]]
"""The ids of the sources behind (subject kind, subject id, part), in order."""

Stated = dict[str, Any]


def write(folder: Path) -> None:
    """Write `evidence/`, `guides/` and `types/` below `folder`, over what is there.

    Importing what was written changes nothing, and exporting that gives the same bytes again.
    """
    cited = _cited()
    for field, rows in {
        "grades": map(_columns, _in_place(models.GradeMeaning)),
        "studies": _studies(),
        "claims": _claims(cited),
        "contraindications": _with_sources(models.Contraindication, "contraindication", cited),
        "red_flags": _with_sources(models.RedFlag, "red_flag", cited),
        "needs": _needs(cited),
        "terms": _with_sources(models.GlossaryTerm, "term", cited),
        "questions": _with_sources(models.Question, "question", cited),
    }.items():
        write_file(FILES[field], [_in_order(field, row) for row in rows], folder)
    for guide in db.session.scalars(sa.select(models.Guide)):
        _write_article(guide, folder)


def _cited() -> Cited:
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in db.session.scalars(sa.select(models.Citation).order_by(models.Citation.position)):
        found[row.subject_kind, row.subject_id, row.part].append(row.source_id)
    return found


def _in_place(model: type[Base]) -> Iterator[Any]:
    """The rows of a table in the order of its file."""
    yield from db.session.scalars(sa.select(model).order_by(sa.column("position")))


def _columns(row: Any) -> Stated:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _studies() -> Iterator[Stated]:
    query = sa.select(models.Study).join(models.Study.source).order_by(Source.position)
    for study in db.session.scalars(query.options(joinedload(models.Study.source))):
        source = study.source
        yield _columns(source) | _columns(study) | {"seen_on": date.fromisoformat(source.seen_on)}


def _claims(cited: Cited) -> Iterator[Stated]:
    query = sa.select(models.Claim).order_by(models.Claim.position)
    for claim in db.session.scalars(query.options(selectinload(models.Claim.mechanisms))):
        yield _columns(claim) | {
            "sources": cited["claim", claim.id, ""],
            "mechanisms": {
                graded.mechanism_id: {
                    "grade": graded.grade,
                    "note": graded.note,
                    "sources": cited["claim", claim.id, graded.mechanism_id],
                }
                for graded in claim.mechanisms
            },
        }


def _needs(cited: Cited) -> Iterator[Stated]:
    query = sa.select(models.Need).order_by(models.Need.position)
    for need in db.session.scalars(query.options(selectinload(models.Need.mechanisms))):
        dose_sources = cited["need", need.id, "typical_use"]
        yield _columns(need) | {
            "do_first_sources": cited["need", need.id, "do_first"],
            "typical_use": need.typical_use | {"sources": dose_sources},
            "mechanisms": [
                {
                    "mechanism": ranked.mechanism_id,
                    "grade": ranked.grade,
                    "why": ranked.why,
                    "sources": cited["need", need.id, ranked.mechanism_id],
                }
                for ranked in need.mechanisms
            ],
        }


def _with_sources(model: type[Base], kind: str, cited: Cited) -> Iterator[Stated]:
    for row in _in_place(model):
        yield _columns(row) | {"sources": cited[kind, row.id, ""]}


def _in_order(field: str, row: Stated) -> Stated:
    """The row with the keys of its record, in their order; what is not stated is left out."""
    record = FILES[field].record
    stated = {name: value for name, value in row.items() if name in record.model_fields}
    return record.model_validate(stated).model_dump(exclude_defaults=True)


def _write_article(guide: models.Guide, folder: Path) -> None:
    front = FrontMatter(
        title=guide.title,
        summary=guide.summary,
        reviewed_on=date.fromisoformat(guide.reviewed_on),
        review_due_on=date.fromisoformat(guide.review_due_on),
    )
    path = folder / FOLDERS[guide.kind] / f"{guide.slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(article_text(front, guide.body), encoding="utf-8", newline="\n")
