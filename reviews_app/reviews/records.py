"""What the front matter of `reviews/<slug>.md` may hold."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviews_app.catalogue.folder import SeedRecord
from reviews_app.guidance.records import Ids, Slug

Line = Annotated[str, StringConstraints(pattern=r"^\S([^\n]*\S)?$", max_length=800)]
Verdict = Annotated[str, StringConstraints(pattern=r"^\S[^\n]*\.$", min_length=60, max_length=130)]
UpToThree = Annotated[list[Line], Field(min_length=1, max_length=3)]
UpToFive = Annotated[list[Line], Field(min_length=1, max_length=5)]


class StatementRecord(SeedRecord):
    """Something good or less good, and what backs it: facts, or that nobody has stated them."""

    text: Line
    facts: Ids
    missing: Annotated[Ids, Field(default_factory=list)]
    studies: Annotated[Ids, Field(default_factory=list)]
    claims: Annotated[Ids, Field(default_factory=list)]


class AlternativeRecord(SeedRecord):
    """Another machine, and how it differs."""

    slug: Slug
    why: Line


class ReviewRecord(SeedRecord):
    """The front matter, in the order an export writes it."""

    verdict: Verdict
    summary: Line
    best_for: UpToThree
    not_for: UpToThree
    unknown: UpToFive
    written_on: datetime.date
    checked_on: datetime.date
    method: Literal["desk"]
    by: Line
    good: Annotated[list[StatementRecord], Field(min_length=1, max_length=8)]
    less_good: Annotated[list[StatementRecord], Field(min_length=1, max_length=8)]
    alternatives: Annotated[list[AlternativeRecord], Field(default_factory=list, max_length=3)]


@dataclass(frozen=True)
class Text:
    """One text of a review, and the statement it is, where it is one."""

    where: str
    words: str
    statement: StatementRecord | None = None


@dataclass(frozen=True)
class Review:
    """A review as its file says it; `body` starts on line `body_line`."""

    slug: str
    record: ReviewRecord
    body: str
    file: str
    body_line: int = 1

    @property
    def statements(self) -> Iterator[tuple[str, StatementRecord]]:
        """Everything good and less good, with where it stands."""
        record = self.record
        for name, listed in (("good", record.good), ("less_good", record.less_good)):
            for number, statement in enumerate(listed, start=1):
                yield f"{name}.{number}", statement

    @property
    def texts(self) -> Iterator[Text]:
        """Everything a reader reads, in order; the body paragraph by paragraph."""
        record = self.record
        yield Text("verdict", record.verdict)
        yield Text("summary", record.summary)
        for where, statement in self.statements:
            yield Text(where, statement.text, statement)
        for name, lines in (
            ("best_for", record.best_for),
            ("not_for", record.not_for),
            ("unknown", record.unknown),
            ("alternatives", [one.why for one in record.alternatives]),
            ("body", [one for one in self.body.split("\n\n") if one.strip()]),
        ):
            yield from (Text(f"{name}.{n}", line) for n, line in enumerate(lines, start=1))

    @property
    def other_machines(self) -> list[str]:
        """The slugs of the alternatives."""
        return [one.slug for one in self.record.alternatives]


def studies_of(reviews: tuple[Review, ...]) -> set[str]:
    """Every study that backs a statement."""
    return set(chain.from_iterable(one.studies for each in reviews for _, one in each.statements))


def claims_of(reviews: tuple[Review, ...]) -> set[str]:
    """Every claim that backs a statement."""
    return set(chain.from_iterable(one.claims for each in reviews for _, one in each.statements))
