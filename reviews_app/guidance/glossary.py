"""Words with their plain meaning, and questions with their answers."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.guidance.models import GlossaryTerm, Question
from reviews_app.guidance.references import Reference, references


@dataclass(frozen=True)
class Entry:
    """A term of the glossary with its sources."""

    term: GlossaryTerm
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Answered:
    """A question with its answer and the sources of it."""

    question: Question
    references: tuple[Reference, ...]


def terms() -> list[Entry]:
    """Every term, in order of the alphabet."""
    cited = references("term")
    found = db.session.scalars(sa.select(GlossaryTerm).order_by(sa.func.lower(GlossaryTerm.term)))
    return [Entry(one, cited.get((one.id, ""), ())) for one in found]


def questions() -> list[Answered]:
    """Every question, in the order of the seed file."""
    cited = references("question")
    found = db.session.scalars(sa.select(Question).order_by(Question.position))
    return [Answered(one, cited.get((one.id, ""), ())) for one in found]
