"""Declares what the listing can be narrowed and ordered by: facets, ranges, fits and sorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlencode

import sqlalchemy as sa

from reviews_app.catalogue.measures import OF_SIZES, units_for
from reviews_app.scores.records import MethodRecord
from reviews_app.scores.weights import Weights

STATUS, RECALLED, NO_NOTICE = "status", "recalled", "no-notice"
"""The facet of recalls and its options: a notice is open, or none was found."""

PRICE = "price"
SCORE = "score"
RATING = "rating"
"""Ranges, and the orders of the same names."""

RELEVANCE = "relevance"

FacetKind = Literal["one", "many"]
Bound = Literal["min", "max"]


@dataclass(frozen=True)
class Option:
    """One of the answers of a facet."""

    value: str
    label: str


@dataclass(frozen=True)
class Facet:
    """A question the listing can be narrowed by.

    kind: "one" when every machine has exactly one of the options, so that their counts add up to
    the context (rule 6), "many" when it may have several. closed: the options are few and all
    listed, also at zero (rule 5). attribute: the facet asks for the attribute of the same name.
    """

    name: str
    label: str
    explanation: str
    group: str
    kind: FacetKind
    options: tuple[Option, ...]
    closed: bool = True
    attribute: bool = False

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of every option, by value."""
        return {option.value: option.label for option in self.options}

    @cached_property
    def alphabetical(self) -> tuple[Option, ...]:
        """The options by label."""
        by_label = sorted(self.options, key=lambda one: (one.label.casefold(), one.value))
        return tuple(by_label)

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Every option as an address has it, by value: `brand=dr.+leg`."""
        return {option.value: urlencode([(self.name, option.value)]) for option in self.options}


@dataclass(frozen=True)
class Range:
    """A number the listing can be narrowed by, with either end open (rule 7).

    unit is None for the price, whose unit is the currency the reader chose. per: how many of what
    is stored make one of what is shown: prices are stored in cents, scores and stars in hundredths.
    """

    name: str
    label: str
    explanation: str
    group: str
    unit: str | None
    per: int = 1

    @property
    def is_price(self) -> bool:
        """Whether this is the price, which no attribute holds (rule 15)."""
        return self.name == PRICE

    @property
    def is_score(self) -> bool:
        """Whether this is the score, which is computed from facts."""
        return self.name == SCORE

    @property
    def is_attribute(self) -> bool:
        """Whether it is a fact that can be stated of a machine."""
        return self.name not in {PRICE, SCORE, RATING}


@dataclass(frozen=True)
class Limit:
    """An attribute that states the smallest or largest size a machine takes, and its unit."""

    attribute_id: str
    bound: Bound
    unit: str


@dataclass(frozen=True)
class Fit:
    """A part of the leg with the limits machines may state for it (rule 8)."""

    name: str
    label: str
    explanation: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What numbers and orders may depend on, beside the machine.

    currency: that of prices. method, weights: by which machines are scored, None where they are
    not. word_classes: how well machines match the words.
    """

    currency: str | None = None
    method: MethodRecord | None = None
    weights: Weights | None = None
    word_classes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sort:
    """An order of the listing (rule 9): its key per product, null where unknown.

    Unknown comes last whichever way; equal keys are ordered by slug. Owners of other numbers
    (scores, ratings) hand theirs to `vocabulary(sorts=…)`.
    """

    name: str
    label: str
    key: Callable[[Asked], sa.ColumnElement[Any]] = field(compare=False, repr=False)
    descending: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Everything a Selection may be made of, each in the order of its parameters (rule 10).

    The first sort is the default without words. method: by which machines are scored, None where
    they are not. currencies are ordered by the number of machines
    priced in each, most first; that number is kept beside the code.
    """

    facets: tuple[Facet, ...]
    ranges: tuple[Range, ...]
    fits: tuple[Fit, ...]
    sorts: tuple[Sort, ...]
    currencies: tuple[tuple[str, int], ...]
    method: MethodRecord | None = None

    @cached_property
    def facet(self) -> Mapping[str, Facet]:
        """Facets by name."""
        return {facet.name: facet for facet in self.facets}

    @cached_property
    def range(self) -> Mapping[str, Range]:
        """Ranges by name."""
        return {declared.name: declared for declared in self.ranges}

    @cached_property
    def fit(self) -> Mapping[str, Fit]:
        """Fits by name."""
        return {fit.name: fit for fit in self.fits}

    @cached_property
    def sort(self) -> Mapping[str, Sort]:
        """Sorts by name."""
        return {sort.name: sort for sort in self.sorts}

    def units_of(self, number: str) -> tuple[str, ...]:
        """The units between which a reader may choose for a range or fit; none where one is enough.

        The first is the one that facts are stated in.
        """
        if number in self.fit:
            return OF_SIZES
        return units_for(self.range[number].unit) if number in self.range else ()

    @property
    def default_currency(self) -> str | None:
        """The currency most machines are priced in (rule 15); None when nothing has a price."""
        return self.currencies[0][0] if self.currencies else None

    @cached_property
    def weights(self) -> Weights | None:
        """The published weights; None where nothing is scored."""
        return None if self.method is None else Weights.of(self.method.weights)

    def default_sort(self, *, with_words: bool) -> str:
        """The order that needs no parameter: how well the words match, or the first sort."""
        return RELEVANCE if with_words else self.sorts[0].name

    def sorts_offered(self, *, with_words: bool) -> tuple[Sort, ...]:
        """The orders that mean something here: relevance needs words."""
        return tuple(sort for sort in self.sorts if with_words or sort.name != RELEVANCE)
