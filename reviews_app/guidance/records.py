"""What each file below `evidence/` may hold, and one article of `guides/`, `types/` or `best/`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from reviews_app.catalogue.folder import SeedRecord
from reviews_app.guidance.models import ACTIONS, GROUPS, ON_YOUR_OWN, SEVERITIES, Grade

DESIGNS = (
    "systematic review",
    "meta-analysis",
    "RCT",
    "controlled trial",
    "cohort",
    "uncontrolled study",
    "case report",
    "narrative review",
    "guideline",
    "regulator",
    "health service",
    "labelling",
    "textbook",
    "commentary",
)
"""What a piece of evidence is."""

SELF_USE = (
    ON_YOUR_OWN,
    "ask first",
    "not advised without a clinician",
    "not tested",
)
"""Whether a reader may try it on their own."""


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    def known(word: str) -> str:
        if word not in words:
            raise ValueError(f"must be one of: {', '.join(words)}")
        return word

    return AfterValidator(known)


def _without_doubles(ids: list[str]) -> list[str]:
    doubles = sorted({one for one in ids if ids.count(one) > 1})
    if doubles:
        raise ValueError(f"named twice: {', '.join(doubles)}")
    return ids


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
StudyId = Annotated[str, StringConstraints(pattern=r"^E[1-9][0-9]{0,5}$")]
Text = Annotated[str, StringConstraints(pattern=r"^\S([\s\S]*\S)?$", max_length=5000)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/\\@]+(/\S*)?$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/\S+$")]
Pmid = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,8}$")]
Year = Annotated[int, Field(ge=1800, le=2100)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
PerWeek = Annotated[int, Field(ge=1, le=50)]
Graded = Annotated[Grade, Field(strict=False)]
Ids = Annotated[list[str], Field(max_length=100), AfterValidator(_without_doubles)]
SearchWords = Annotated[
    list[Annotated[Text, StringConstraints(max_length=60)]],
    Field(max_length=100),
    AfterValidator(_without_doubles),
]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]


class GradeRecord(SeedRecord):
    """A grade and its meaning, in `grades.toml`."""

    grade: Graded
    meaning: Text


class StudyRecord(SeedRecord):
    """A piece of evidence, in `studies.toml`; what the source does not show is left out."""

    id: StudyId
    title: Text
    authors: Text
    year: Year | None = None
    publisher: Text
    url: Address
    doi: Doi | None = None
    pmid: Pmid | None = None
    design: Annotated[str, _one_of(DESIGNS)]
    finding: Text
    limits: Text
    read: bool
    read_depth: Text
    seen_on: datetime.date


class MechanismGrade(SeedRecord):
    """The grade of a claim for one mechanism."""

    grade: Graded
    note: Text
    sources: Ids


class ClaimRecord(SeedRecord):
    """One checkable statement, in `claims.toml`, graded for every mechanism."""

    id: Slug
    title: Text
    popular_claim: Text
    what_evidence_says: Text
    takeaway: Text
    grade: Graded
    editor_note: Text
    sources: Ids
    mechanisms: dict[str, MechanismGrade]


class ContraindicationRecord(SeedRecord):
    """Who should not, in `contraindications.toml`; `applies_to` holds mechanisms, or just "all"."""

    id: Slug
    name: Text
    also: Annotated[SearchWords, Field(default_factory=list)]
    group: Annotated[str, _one_of(GROUPS)]
    counts_as: Annotated[Ids, Field(default_factory=list)]
    severity: Annotated[str, _one_of(SEVERITIES)]
    applies_to: Annotated[Ids, Field(min_length=1)]
    why: Text
    signs: list[Text]
    basis: Text
    sources: Ids


class RedFlagRecord(SeedRecord):
    """A sign that wants a doctor, in `red_flags.toml`."""

    id: Slug
    sign: Text
    also: Annotated[SearchWords, Field(default_factory=list)]
    action: Annotated[str, _one_of(ACTIONS)]
    note: Text | Literal[""] = ""
    sources: Ids


class RankedMechanism(SeedRecord):
    """How well one mechanism answers a need."""

    mechanism: str
    grade: Graded
    why: Text
    sources: Ids


class TypicalUse(SeedRecord):
    """The dose that studies used; not a recommendation. Left out where none can be named."""

    minutes: Minutes | None = None
    minutes_range: Span | None = None
    sessions_per_week: PerWeek | None = None
    sessions_range: Span | None = None
    basis: Text
    sources: Ids


class NeedRecord(SeedRecord):
    """What a reader wants help with, in `needs.toml`, its mechanisms ranked best first."""

    id: Slug
    label: Text
    self_use: Annotated[str, _one_of(SELF_USE)]
    do_first: Text
    do_first_sources: Ids
    cautions: Ids
    typical_use: TypicalUse
    mechanisms: list[RankedMechanism]


class TermRecord(SeedRecord):
    """A word and its plain meaning, in `glossary.toml`; the id is the slug of the term."""

    id: Slug
    term: Text
    definition: Text
    sources: Ids


class QuestionRecord(SeedRecord):
    """A question with its answer, in `questions.toml`."""

    id: Slug
    question: Text
    answer: Text
    sources: Ids


class FrontMatter(SeedRecord):
    """What stands between the two lines `+++` of an article."""

    title: Text
    summary: Text
    reviewed_on: datetime.date
    review_due_on: datetime.date


FOLDERS: Mapping[str, str] = {"guide": "guides", "type": "types", "best": "best"}
"""The kinds of articles, and where they stand in a seed folder: guides, the texts of massage types'
pages, and what an editor says above the best-of lists of types and needs."""


@dataclass(frozen=True)
class Article:
    """An article; `body` starts on line `body_line` of `file`."""

    kind: str
    slug: str
    front: FrontMatter
    body: str
    file: str
    body_line: int


@dataclass(frozen=True)
class Guidance:
    """Everything known, as the folder being imported says it, in the order of its files."""

    grades: tuple[GradeRecord, ...]
    studies: tuple[StudyRecord, ...]
    claims: tuple[ClaimRecord, ...]
    contraindications: tuple[ContraindicationRecord, ...]
    red_flags: tuple[RedFlagRecord, ...]
    needs: tuple[NeedRecord, ...]
    terms: tuple[TermRecord, ...]
    questions: tuple[QuestionRecord, ...]
    articles: tuple[Article, ...]
