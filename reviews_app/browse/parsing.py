"""Reads query parameters into Choices, and says in words what cannot be read (rules 10 and 11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from reviews_app.browse.choices import (
    LONGEST_WORDS,
    MOST_SET_ASIDE,
    MOST_VALUES,
    MOST_VALUES_OF_A_FACET,
    Choices,
    canonical_currency,
    canonical_sort,
)
from reviews_app.browse.facets import Facet, Fit, Range, Vocabulary
from reviews_app.browse.given import SET_ASIDE, Given
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.browse.problems import UNREADABLE, Problem, malformed, shortened, unheard_of
from reviews_app.browse.words import canonical_words, words_of
from reviews_app.catalogue.measures import (
    NotUsable,
    Quantity,
    read_price,
    read_quantity,
    read_size,
)
from reviews_app.catalogue.units import unit_words
from reviews_app.scores.weights import Weights

Chosen = TypeVar("Chosen")

WHOLE = re.compile(r"-?[0-9]+")
MOST_PAGE_DIGITS = 9


def read(args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> tuple[Choices, list[Problem]]:
    """What `args` validly choose, and everything that is wrong with the rest."""
    return _Reader(args, vocabulary).read()


class _Reader(Given):
    def read(self) -> tuple[Choices, list[Problem]]:
        total = sum(len(values) for values in self.given.values())
        if total > MOST_VALUES:
            message = f"{total} choices at once are more than the {MOST_VALUES} that can be made."
            kept = Choices(weights=self.vocabulary.weights)
            return kept, [malformed("", str(total), message, "too_many_values")]
        vocabulary = self.vocabulary
        words = self._words()
        choices = Choices(
            values=_set((facet.name, self._values(facet)) for facet in vocabulary.facets),
            bounds=_set((name, self._bounds(name)) for name in vocabulary.range),
            measures=_set((fit.name, self._measure(fit)) for fit in vocabulary.fits),
            currency=canonical_currency(self._currency, vocabulary),
            words=words,
            set_aside=self._set_aside(),
            weights=self._weights(),
            sort=canonical_sort(self._sort(), words, vocabulary),
            page=self._page(),
        )
        return choices, self.problems

    def _values(self, facet: Facet) -> tuple[str, ...]:
        values = self.given.get(facet.name, [])
        if len(values) > MOST_VALUES_OF_A_FACET:
            message = (
                f"{len(values)} choices under “{facet.label}” are more than the "
                f"{MOST_VALUES_OF_A_FACET} that can be made."
            )
            self._refuse(malformed(facet.name, str(len(values)), message, "too_many_values"))
            return ()
        for value in values:
            if value not in facet.labels:
                message = f"“{shortened(value)}” is not one of the choices under “{facet.label}”."
                self._refuse(unheard_of(facet.name, value, message))
        return tuple(sorted(value for value in values if value in facet.labels))

    def _bounds(self, name: str) -> Bounds | None:
        declared, include = self.vocabulary.range[name], self._included(name)
        if self._has_wrong_unit(name):
            return None
        low, high = (self._quantity(declared, end) for end in ("min", "max"))
        if low is not None and high is not None and low.exact > high.exact:
            ends = [self.given[f"{name}_{end}"][0] for end in ("min", "max")]
            message = (
                f"“{declared.label}” cannot be from {shortened(ends[0])} to {shortened(ends[1])}: "
                "the lower end is above the upper end."
            )
            self._refuse(malformed(f"{name}_min", ends[0], message, "reversed_range"))
            return None
        if low is None and high is None:
            return None
        return Bounds(low.least if low else None, high.most if high else None, include)

    def _quantity(self, declared: Range, end: str) -> Quantity | None:
        parameter = f"{declared.name}_{end}"
        text = self._single(parameter)
        if text is None:
            return None
        try:
            if declared.is_price:
                offered = [code for code, _ in self.vocabulary.currencies]
                return read_price(text, self._currency or self.vocabulary.default_currency, offered)
            return read_quantity(text, declared.unit, self._unit(declared.name))
        except NotUsable as error:
            message = f"“{shortened(text)}”: {error}."
            self._refuse(malformed(parameter, text, message, "malformed_number"))
            return None

    def _has_wrong_unit(self, name: str) -> bool:
        """Whether what is chosen beside the field of a number is no unit for it."""
        units = self.vocabulary.units_of(name)
        wrong = [one for one in self.units[name] if one not in units] or self.units[name][1:]
        if wrong:
            words = " or ".join(map(unit_words, units))
            message = f"“{shortened(wrong[0])}”: what you type here is in {words}."
            self._refuse(unheard_of(f"{name}_unit", wrong[0], message))
        return bool(wrong)

    def _unit(self, name: str) -> str | None:
        return next(iter(self.units[name]), None)

    def _measure(self, fit: Fit) -> Measure | None:
        include = self._included(fit.name)
        text = None if self._has_wrong_unit(fit.name) else self._single(fit.name)
        if text is None:
            return None
        try:
            size = read_size(text, self._unit(fit.name))
        except NotUsable as error:
            message = f"“{shortened(text)}”: {error}."
            self._refuse(malformed(fit.name, text, message, "malformed_size"))
            return None
        return Measure(size.number, size.unit, include)

    def _included(self, name: str) -> bool:
        parameter = f"{name}_unknown"
        message = "The only choice here is “include”."
        return self._one_of(parameter, ("include",), message, "unknown_value") is not None

    @cached_property
    def _currency(self) -> str | None:
        codes = tuple(code for code, _ in self.vocabulary.currencies)
        message = f"No machine has a price in it here. Prices are in {', '.join(codes) or 'none'}."
        return self._one_of("currency", codes, message, "unknown_value")

    def _sort(self) -> str | None:
        message = "We cannot order the machines by it."
        return self._one_of("sort", self.vocabulary.sort, message, "unknown_sort")

    def _words(self) -> str:
        text = self._single("q")
        if text is None:
            return ""
        words = canonical_words(text)
        fault = _fault_of_words(text, words)
        if fault is None:
            return words
        self._refuse(malformed("q", text, *fault))
        return ""

    def _set_aside(self) -> tuple[str, ...]:
        """Whether there is such a machine is for the comparison to say: here they are carried."""
        slugs = self.given.get(SET_ASIDE, [])
        if len(slugs) > MOST_SET_ASIDE:
            message = (
                f"{len(slugs)} machines to compare are more than the {MOST_SET_ASIDE} that can "
                "stand side by side."
            )
            self._refuse(malformed(SET_ASIDE, str(len(slugs)), message, "too_many_machines"))
        return tuple(slugs[:MOST_SET_ASIDE])

    def _weights(self) -> Weights | None:
        published = self.vocabulary.weights
        if published is None:
            return None
        given = [(name, value) for name, values in self.given.items() for value in values]
        weights, problems = published.read(given)
        self.problems += problems
        return weights

    def _page(self) -> int:
        text = self._single("page") or "1"
        if WHOLE.fullmatch(text) is None:
            message = f"“{shortened(text)}” is not the number of a page."
            self._refuse(malformed("page", text, message, "malformed_number"))
            return 1
        digits = text.lstrip("0")
        if digits.startswith("-") or not digits or len(digits) > MOST_PAGE_DIGITS:
            message = f"There is no page {shortened(text)}."
            self._refuse(unheard_of("page", text, message, "no_such_page"))
            return 1
        return int(digits)


def _fault_of_words(text: str, words: str) -> tuple[str, str] | None:
    """Why these words cannot be looked for, with its code; None where they can."""
    if max(len(text), len(words)) > LONGEST_WORDS:
        return f"Words to look for can have {LONGEST_WORDS} characters at most.", "too_long"
    if any(unicodedata.category(c) in UNREADABLE or c == "�" for c in text):
        return "The words hold a character that is no letter, digit or sign.", "unreadable"
    if not words_of(words):
        return "There is no letter or digit in it to look for.", "no_word"
    return None


def _set(pairs: Iterable[tuple[str, Chosen | None]]) -> tuple[tuple[str, Chosen], ...]:
    return tuple((name, chosen) for name, chosen in pairs if chosen)
