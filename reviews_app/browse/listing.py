"""What a listing answers: one page of machines, with everything it can be narrowed by next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviews_app.browse.facets import RATING, SCORE
from reviews_app.browse.options import FacetResult
from reviews_app.browse.ranges import FitResult, RangeResult
from reviews_app.browse.selection import Selection

PER_PAGE = 24


@dataclass(frozen=True)
class Chip:
    """One thing chosen in a Selection, in words. value is None but for facets."""

    name: str
    value: str | None
    label: str
    text: str
    selection: Selection

    @property
    def without(self) -> Selection:
        """The Selection without it."""
        return self.selection.without(self.name, self.value)

    @property
    def is_measured(self) -> bool:
        """Whether the text holds a number with its unit, of a range or a fit."""
        return self.value is None and self.name != "q"


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

    @property
    def unscored(self) -> int:
        """How many of those found have no score; in the order of scores they come last."""
        return self._without(SCORE)

    @property
    def unrated(self) -> int:
        """How many of those found no reader has rated; in the order of ratings they come last."""
        return self._without(RATING)

    def _without(self, name: str) -> int:
        number = next((one for one in self.ranges if one.name == name), None)
        left_out = number is None or (number.chosen and not number.include_unknown)
        return 0 if number is None or left_out else number.unstated
