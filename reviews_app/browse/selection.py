"""One frozen value for what a reader chose, that survives the trip to the address and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from reviews_app.browse.choices import Choices, canonical_currency, canonical_sort
from reviews_app.browse.facets import Asked, Vocabulary
from reviews_app.browse.given import SET_ASIDE
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.browse.parsing import read
from reviews_app.browse.problems import BadSelection
from reviews_app.catalogue.measures import plain

Chosen = TypeVar("Chosen")

INCLUDE = "include"


@dataclass(frozen=True, kw_only=True)
class Selection(Choices):
    """What a reader chose and the vocabulary it was chosen from.

    Every change of choice gives a new Selection, on its first page.
    """

    vocabulary: Vocabulary = field(compare=False, repr=False)

    @classmethod
    def from_args(cls, args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Selection:
        """The Selection that decoded query parameters spell, in whatever order they come.

        Unknown names and empty values are left out, as a plain form sends them (rules 10 and 11).
        Raises BadSelection naming every value that cannot be answered.
        """
        choices, problems = read(args, vocabulary)
        selection = cls(vocabulary=vocabulary, **vars(choices))
        if problems:
            raise BadSelection(problems, selection)
        return selection

    def as_args(self) -> list[tuple[str, str]]:
        """The one way to spell this Selection in an address (rule 10); inverse of `from_args`."""
        return list(self._args)

    @cached_property
    def _args(self) -> tuple[tuple[str, str], ...]:
        values = [(name, value) for name, values in self.values for value in values]
        bounds = [arg for name, bounds in self.bounds for arg in _spelled_bounds(name, bounds)]
        sizes = [arg for name, size in self.measures for arg in _spelled_measure(name, size)]
        currency = [("currency", self.currency)] if self.currency else []
        words = [("q", self.words)] if self.words else []
        aside = [(SET_ASIDE, slug) for slug in self.set_aside]
        weights = self.weights.as_args() if self.weights is not None else []
        last = {"sort": self.sort, "page": str(self.page) if self.page > 1 else ""}
        rest = [(name, value) for name, value in last.items() if value]
        return (*values, *bounds, *currency, *sizes, *words, *weights, *aside, *rest)

    @cached_property
    def query(self) -> str:
        """The same as a query string."""
        return urlencode(self._args)

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows; order, weights, currency, what is set aside and page do not."""
        return not self.narrowed_by

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """The names of the facets, ranges, fits and "q" that leave something out."""
        chosen = (*self.values, *self.bounds, *self.measures)
        return (*(name for name, _ in chosen), *(("q",) if self.words else ()))

    @property
    def size(self) -> int:
        """How many parameters the choice takes, of which there may be 60."""
        return len(self._args)

    @property
    def sort_name(self) -> str:
        """The order asked for, or the default."""
        return self.sort or self.vocabulary.default_sort(with_words=bool(self.words))

    @property
    def price_currency(self) -> str | None:
        """The currency prices count in (rule 15); None when nothing has a price."""
        return self.currency or self.vocabulary.default_currency

    def asked(self, word_classes: Mapping[int, int] | None = None) -> Asked:
        """What numbers and orders depend on, with how well machines match the words."""
        method = self.vocabulary.method
        return Asked(self.price_currency, method, self.weights, word_classes or {})

    @property
    def has_own_weights(self) -> bool:
        """Whether the parts of the score count otherwise than the method says."""
        return self.weights is not None and not self.weights.is_own

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in a facet, sorted; empty where none is."""
        return dict(self.values).get(facet, ())

    def bounds_of(self, name: str) -> Bounds:
        """The ends set for a range; both open where none is."""
        return dict(self.bounds).get(name, Bounds())

    def measure_of(self, name: str) -> Measure | None:
        """The size to fit, where one is set."""
        return dict(self.measures).get(name)

    def toggled(self, facet: str, value: str) -> Selection:
        """With the value chosen if it was not, without it if it was."""
        values = tuple(sorted(set(self.chosen(facet)) ^ {value}))
        by_name = {**dict(self.values), facet: values}
        placed = ((name, by_name.get(name)) for name in self.vocabulary.facet)
        return self._with(values=tuple((name, kept) for name, kept in placed if kept))

    def without(self, name: str, value: str | None = None) -> Selection:
        """Without one value of a facet, or without the whole facet, range, fit or "q"."""
        if value is not None and value in self.chosen(name):
            return self.toggled(name, value)
        if value is not None:
            return self._with()
        return self._with(
            values=_dropped(self.values, name),
            bounds=_dropped(self.bounds, name),
            measures=_dropped(self.measures, name),
            words="" if name == "q" else self.words,
        )

    def cleared(self) -> Selection:
        """With nothing narrowed; order, weights, currency and what is set aside stay."""
        return self._with(values=(), bounds=(), measures=(), words="")

    def with_unstated(self, name: str, *, include: bool = True) -> Selection:
        """With the machines that do not state a range or fit let in, or left out again."""
        return self._with(
            bounds=tuple(
                (other, replace(bounds, include_unknown=include) if other == name else bounds)
                for other, bounds in self.bounds
            ),
            measures=tuple(
                (other, replace(measure, include_unknown=include) if other == name else measure)
                for other, measure in self.measures
            ),
        )

    def with_currency(self, code: str) -> Selection:
        """With prices in another currency."""
        return self._with(currency=canonical_currency(code, self.vocabulary))

    def with_sort(self, name: str) -> Selection:
        """In another order."""
        return self._with(sort=name)

    def with_published_weights(self) -> Selection:
        """With the parts of the score counting as the method says."""
        return self._with(weights=self.vocabulary.weights)

    def with_set_aside(self, slugs: Iterable[str]) -> Selection:
        """With other machines set aside; what is narrowed, and the page of it, stay."""
        return replace(self, set_aside=tuple(dict.fromkeys(slugs)))

    def with_page(self, page: int) -> Selection:
        """The same choice, another page of it."""
        return replace(self, page=page)

    def _with(self, **changes: Any) -> Selection:
        words = changes.get("words", self.words)
        sort = canonical_sort(changes.get("sort", self.sort), words, self.vocabulary)
        return replace(self, **{**changes, "sort": sort, "page": 1})


def _dropped(chosen: tuple[tuple[str, Chosen], ...], name: str) -> tuple[tuple[str, Chosen], ...]:
    return tuple(pair for pair in chosen if pair[0] != name)


def _spelled_bounds(name: str, bounds: Bounds) -> list[tuple[str, str]]:
    spelled = {
        f"{name}_min": "" if bounds.low is None else plain(bounds.low),
        f"{name}_max": "" if bounds.high is None else plain(bounds.high),
        f"{name}_unknown": INCLUDE if bounds.include_unknown else "",
    }
    return [(parameter, value) for parameter, value in spelled.items() if value]


def _spelled_measure(name: str, measure: Measure) -> list[tuple[str, str]]:
    included = [(f"{name}_unknown", INCLUDE)] if measure.include_unknown else []
    return [(name, str(measure)), *included]
