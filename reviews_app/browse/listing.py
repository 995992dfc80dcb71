"""What a listing answers: one page of machines, with everything it can be narrowed by next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reviews_app.browse.options import FacetResult
from reviews_app.browse.selection import Selection

PER_PAGE = 24


@dataclass(frozen=True)
class RangeResult:
    """A range with the bounds of its context (rule 7); prices in whole units of `unit`, like 89.99.

    unstated counts the machines of the context that do not state it, not_applicable those it
    cannot apply to. A range with no end chosen leaves nobody out.
    """

    name: str
    label: str
    explanation: str
    group: str
    unit: str | None
    low: Decimal | None
    high: Decimal | None
    chosen_min: Decimal | None
    chosen_max: Decimal | None
    include_unknown: bool
    unstated: int
    not_applicable: int
    selection: Selection

    @property
    def chosen(self) -> bool:
        """Whether either end is set."""
        return self.chosen_min is not None or self.chosen_max is not None

    @property
    def with_unstated(self) -> Selection:
        """The Selection with those let in that do not state it."""
        return self.selection.with_unstated(self.name)

    @property
    def without_unstated(self) -> Selection:
        """The Selection with those left out that do not state it."""
        return self.selection.with_unstated(self.name, include=False)


@dataclass(frozen=True)
class FitResult:
    """A part of the leg to fit (rule 8); `chosen` is the size as its address has it, or None.

    unstated counts the machines of the context that state no limit for it, and
    passes_not_applicable those it cannot apply to, which are let in.
    """

    name: str
    label: str
    explanation: str
    chosen: str | None
    include_unknown: bool
    unstated: int
    passes_not_applicable: int
    selection: Selection

    @property
    def with_unstated(self) -> Selection:
        """The Selection with those let in that state no limit."""
        return self.selection.with_unstated(self.name)

    @property
    def without_unstated(self) -> Selection:
        """The Selection with those left out that state no limit."""
        return self.selection.with_unstated(self.name, include=False)


@dataclass(frozen=True)
class Chip:
    """One thing chosen, in words, and the Selection without it. value is None but for facets."""

    name: str
    value: str | None
    label: str
    text: str
    without: Selection


@dataclass(frozen=True)
class Drop:
    """How many machines come back when a choice is dropped (rule 12)."""

    label: str
    text: str
    count: int
    without: Selection


@dataclass(frozen=True)
class SortResult:
    """An order the listing can be put in."""

    name: str
    label: str
    selected: bool


@dataclass(frozen=True)
class CurrencyResult:
    """A currency prices can be shown in, and how many machines of the catalogue have one."""

    code: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Listing:
    """The answer to a Selection. `ids` are the products of the page, in order.

    unstated: for every range and fit that is set, how many machines of its context do not state
    it. drops is empty unless total is 0. revision is the catalogue's.
    """

    selection: Selection
    total: int
    page: int
    pages: int
    per_page: int
    ids: tuple[int, ...]
    facets: tuple[FacetResult, ...]
    ranges: tuple[RangeResult, ...]
    fits: tuple[FitResult, ...]
    unstated: Mapping[str, int]
    chips: tuple[Chip, ...]
    currency: str | None
    currencies: tuple[CurrencyResult, ...]
    sort: str
    sorts: tuple[SortResult, ...]
    drops: tuple[Drop, ...]
    revision: int
