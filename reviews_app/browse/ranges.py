"""A range and a fit in an answer: what is set, who does not state it, and where the bounds lie.

Worked out when asked for: a listing has some thirty of them, and a page prints little of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reviews_app.browse.counts import Span
from reviews_app.browse.facets import Fit, Range
from reviews_app.browse.numbers import Bounds, Measure, decimal_of
from reviews_app.browse.selection import Selection


@dataclass(frozen=True)
class RangeResult:
    """A range with the bounds of its context (rule 7); prices in whole units of `unit`, like 89.99.

    A range with no end chosen leaves nobody out.
    """

    range: Range
    selection: Selection
    span: Span

    @property
    def name(self) -> str:
        """What its parameters begin with."""
        return self.range.name

    @property
    def label(self) -> str:
        """What is measured."""
        return self.range.label

    @property
    def unit(self) -> str | None:
        """In what; the currency for the price."""
        return self.selection.price_currency if self.range.is_price else self.range.unit

    @property
    def low(self) -> Decimal | None:
        """The least that a machine of the context states."""
        return self._decimal(self.span.low)

    @property
    def high(self) -> Decimal | None:
        """The most that one states."""
        return self._decimal(self.span.high)

    @cached_property
    def bounds(self) -> Bounds:
        """The ends that are set."""
        return self.selection.bounds_of(self.range.name)

    @property
    def chosen_min(self) -> Decimal | None:
        """The lower end that is set."""
        return self.bounds.low

    @property
    def chosen_max(self) -> Decimal | None:
        """The upper end that is set."""
        return self.bounds.high

    @property
    def include_unknown(self) -> bool:
        """Whether those are let in that do not state it."""
        return self.bounds.include_unknown

    @property
    def unstated(self) -> int:
        """How many machines of the context do not state it."""
        return self.span.unstated

    @property
    def not_applicable(self) -> int:
        """How many it cannot apply to."""
        return self.span.not_applicable

    @property
    def chosen(self) -> bool:
        """Whether either end is set."""
        return self.chosen_min is not None or self.chosen_max is not None

    @property
    def with_unstated(self) -> Selection:
        """The Selection with those let in that do not state it."""
        return self.selection.with_unstated(self.range.name)

    @property
    def without_unstated(self) -> Selection:
        """The Selection with those left out that do not state it."""
        return self.selection.with_unstated(self.range.name, include=False)

    def _decimal(self, number: float | None) -> Decimal | None:
        return None if number is None else decimal_of(number, per=self.range.per)


@dataclass(frozen=True)
class FitResult:
    """A part of the leg to fit (rule 8)."""

    fit: Fit
    selection: Selection
    span: Span

    @property
    def name(self) -> str:
        """Its parameter."""
        return self.fit.name

    @property
    def label(self) -> str:
        """The part of the leg."""
        return self.fit.label

    @cached_property
    def measure(self) -> Measure | None:
        """The size that is set."""
        return self.selection.measure_of(self.fit.name)

    @property
    def chosen(self) -> str | None:
        """The same as its address has it."""
        return None if self.measure is None else str(self.measure)

    @property
    def include_unknown(self) -> bool:
        """Whether those are let in that state no limit."""
        return self.measure is not None and self.measure.include_unknown

    @property
    def unstated(self) -> int:
        """How many machines of the context state no limit for it."""
        return self.span.unstated

    @property
    def passes_not_applicable(self) -> int:
        """How many it cannot apply to, which are let in."""
        return self.span.not_applicable

    @property
    def with_unstated(self) -> Selection:
        """The Selection with those let in that state no limit."""
        return self.selection.with_unstated(self.fit.name)

    @property
    def without_unstated(self) -> Selection:
        """The Selection with those left out that state no limit."""
        return self.selection.with_unstated(self.fit.name, include=False)
