"""The bare numbers of an answer, which SQL or an index counts and `answer` puts into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tally:
    """The facets of one context: how many machines are in it, and per facet and value."""

    total: int = 0
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """A range or fit in its context: who states it, whom it cannot apply to, its bounds.

    low and high are in the unit of the attribute, prices in cents.
    """

    total: int
    stated: int
    not_applicable: int
    low: float | None
    high: float | None

    @property
    def unstated(self) -> int:
        """Who could state it and does not."""
        return self.total - self.stated - self.not_applicable


@dataclass(frozen=True)
class Counts:
    """What is counted for a Selection.

    total: machines that match everything. values and spans: by name, each in its own context; of
    values those that any machine has.
    without: for each name that narrows, how many match without it.
    """

    total: int
    values: Mapping[str, Mapping[str, int]]
    spans: Mapping[str, Span]
    without: Mapping[str, int]
    revision: int
