"""What a file `methods/<version>.toml` may hold."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from reviews_app.catalogue.folder import SeedRecord
from reviews_app.catalogue.records import Slug, Words
from reviews_app.catalogue.records_vocabulary import AttributeId
from reviews_app.scores.computing import Line, as_centi

Weight = Annotated[int, Field(ge=1, le=100)]
Percent = Annotated[int, Field(ge=0, le=100)]
Points = Annotated[int | float, Field(ge=0, le=10)]
Corner = Annotated[list[int | float], Field(min_length=2, max_length=2)]

Derived = Literal["share-stated", "stated", "clearance", "warnings", "best-grade", "needs-answered"]
"""What can be read of a machine beside its attributes.

share-stated: percent of the attributes in `of` that can apply and that a source states; stated:
whether it states any of them; clearance and warnings: whether one is on record; best-grade: of the
mechanisms of its types, over all needs; needs-answered: how many needs they support.
"""

OPTIONS_OF: dict[str, tuple[str, ...]] = {
    "stated": ("yes", "no"),
    "clearance": ("yes", "no"),
    "warnings": ("yes", "no"),
    "best-grade": ("strong", "moderate", "limited", "conflicting", "none", "against"),
}
"""The answers of the derived readings that are no numbers."""

NUMBERS = ("share-stated", "needs-answered")
"""The derived readings that are."""


class MapRecord(SeedRecord):
    """How an answer becomes points: a line through `points`, or `options` by name.

    `forms` are those it is for; left out means every form no other map of the fact names.
    """

    because: Words
    forms: list[str] = Field(default_factory=list)
    points: list[Corner] = Field(default_factory=list)
    options: dict[str, Points] = Field(default_factory=dict)

    @property
    def line(self) -> Line:
        """The corners of the line."""
        return tuple((at, points) for at, points in self.points)


class FactRule(SeedRecord):
    """One thing a part reads, how much it weighs in the part, and the maps to points."""

    id: Slug
    label: Words
    reads: Derived | AttributeId
    of: list[AttributeId] = Field(default_factory=list)
    setting: Literal["lowest", "highest"] = "highest"
    weight: Weight
    because: Words
    maps: list[MapRecord] = Field(min_length=1)

    def map_for(self, form: str) -> MapRecord | None:
        """The map for machines of this form; None where the fact is not read of them."""
        named = next((one for one in self.maps if form in one.forms), None)
        return named or next((one for one in self.maps if not one.forms), None)


class PartRule(SeedRecord):
    """A part of the score."""

    id: Slug
    label: Words
    explanation: Words
    weight: Weight
    facts: list[FactRule] = Field(min_length=1)


class CapRule(SeedRecord):
    """What no good fact can make up for: then the total is no higher than `at`."""

    when: Literal["open-recall"]
    at: Points
    because: Words


class LeftOut(SeedRecord):
    """Something the method does not read, and why."""

    what: Words
    because: Words


class MethodRecord(SeedRecord):
    """One version of the method, whole."""

    version: Annotated[int, Field(ge=1)]
    published_on: datetime.date
    summary: Words
    floor_percent: Percent
    floor_because: Words
    parts: list[PartRule] = Field(min_length=1)
    caps: list[CapRule] = Field(default_factory=list)
    left_out: list[LeftOut] = Field(default_factory=list)

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each part, in order."""
        return {part.id: part.weight for part in self.parts}

    def cap_centi(self, *, is_recalled: bool) -> int | None:
        """The lowest cap that holds, in hundredths."""
        return min((as_centi(cap.at) for cap in self.caps if is_recalled), default=None)
