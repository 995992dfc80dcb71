"""What a listing answers: one page of machines, with everything it can be narrowed by next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reviews_app.browse.facets import FacetKind
from reviews_app.browse.selection import Selection

PER_PAGE = 24


@dataclass(frozen=True)
class OptionResult:
    """An option with how many machines of the context have it (rules 2 and 3).

    followable: whether `toggled` leads anywhere worth going: not from zero, not past ten values.
    """

    value: str
    label: str
    count: int
    selected: bool
    followable: bool
    toggled: Selection


@dataclass(frozen=True)
class FacetResult:
    """A facet with its options.

    Options of an open facet stand chosen first, then largest first, and none at zero.
    """

    name: str
    label: str
    explanation: str
    kind: FacetKind
    group: str
    options: tuple[OptionResult, ...]
    closed: bool
    chosen: bool
    cleared: Selection


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
    with_unstated: Selection
    without_unstated: Selection
    cleared: Selection

    @property
    def chosen(self) -> bool:
        """Whether either end is set."""
        return self.chosen_min is not None or self.chosen_max is not None


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
    with_unstated: Selection
    without_unstated: Selection
    cleared: Selection


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
    selection: Selection


@dataclass(frozen=True)
class CurrencyResult:
    """A currency prices can be shown in, and how many machines of the catalogue have one."""

    code: str
    count: int
    selected: bool
    selection: Selection


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
