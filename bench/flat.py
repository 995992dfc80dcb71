"""The same machines as plain columns, the way the engines of others are given them.

Only what the compared answer needs: ten facets, three numbers, one fit, five orders, the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bench.rows import brand_id
from bench.synthetic import Bools, Catalogue, Floats, Ints
from bench.vocabulary import AUDIENCES, BRANDS, brands, series
from reviews_app.browse.words import words_of

UNKNOWN, NOT_APPLICABLE = "unknown", "na"
CURRENCY = "USD"
OPTIONS = ("heat", "cordless", "power_source", "app")
NUMBERS = ("weight_kg", "noise_db")
CALF_MAX, CALF_MIN = "max_calf_circumference_cm", "min_calf_circumference_cm"


@dataclass(frozen=True)
class One:
    """A facet of which every machine has one option: its place among `values`."""

    values: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True)
class Many:
    """A facet of which a machine may have several options; marks: shape (n, values)."""

    values: tuple[str, ...]
    marks: Bools


@dataclass(frozen=True)
class Span:
    """A number: who states it, to whom it cannot apply, and the ends, 0 where not stated."""

    stated: Bools
    inapplicable: Bools
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Flat:
    """The columns of a catalogue; machine i has id i + 1."""

    catalogue: Catalogue

    @cached_property
    def ids(self) -> Ints:
        """Ids, ascending."""
        return np.arange(1, self.catalogue.n + 1)

    @cached_property
    def one(self) -> Mapping[str, One]:
        """The facets of one option."""
        catalogue = self.catalogue
        makers = (*(str(brand_id(code)) for code in range(BRANDS)), UNKNOWN)
        found = {
            "form": One(catalogue.vocabulary.ids("forms"), catalogue.form),
            "brand": One(makers, np.where(catalogue.brand < 0, BRANDS, catalogue.brand)),
            "audience": One(AUDIENCES, catalogue.audience),
        }
        for name in OPTIONS:
            declared = next(a for a in catalogue.vocabulary.filtered if a["id"] == name)
            stated = catalogue.vocabulary.options(declared)
            codes, applies = catalogue.options[name], catalogue.applies(name)
            absent = np.where(applies, len(stated), len(stated) + 1)
            values = (*stated, UNKNOWN, NOT_APPLICABLE)
            found[name] = One(values, np.where(codes >= 0, codes, absent))
        return found

    @cached_property
    def many(self) -> Mapping[str, Many]:
        """The facets of several options; needs follow from how machines act."""
        catalogue, words = self.catalogue, self.catalogue.vocabulary
        needs = np.zeros((catalogue.n, len(words.needs)), dtype=np.bool_)
        for place, mechanism in enumerate(words.ids("mechanisms")):
            for need in words.needs_of_mechanism.get(mechanism, ()):
                needs[:, words.needs.index(need)] |= catalogue.mechanisms[:, place]
        return {
            "type": Many(words.ids("types"), catalogue.types),
            "area": Many(words.ids("areas"), catalogue.areas),
            "need": Many(words.needs, needs),
        }

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """The numbers a listing can be narrowed by; prices in cents."""
        catalogue = self.catalogue
        found = {}
        for name in NUMBERS:
            numbers = catalogue.numbers[name]
            ends = np.nan_to_num([numbers.low, numbers.high])
            found[name] = Span(numbers.stated, ~catalogue.applies(name), *ends)
        cents = catalogue.prices[CURRENCY].cents
        priced = np.maximum(cents, 0).astype(np.float64)
        found["price"] = Span(cents >= 0, np.zeros(catalogue.n, dtype=np.bool_), priced, priced)
        return found

    @cached_property
    def calf(self) -> Span:
        """The calves that fit: from the lowest to the highest stated, open where not stated."""
        smallest, largest = (self.catalogue.numbers[name] for name in (CALF_MIN, CALF_MAX))
        stated = smallest.stated | largest.stated
        return Span(
            stated,
            ~stated & ~self.catalogue.applies(CALF_MAX) & ~self.catalogue.applies(CALF_MIN),
            np.nan_to_num(smallest.low, nan=0),
            np.nan_to_num(largest.high, nan=1e9),
        )

    @cached_property
    def ranks(self) -> Mapping[str, Ints]:
        """The place of every machine in each order, from 0."""
        catalogue = self.catalogue
        year = catalogue.numbers["release_year"].high
        cents = np.where(self.spans["price"].stated, self.spans["price"].low, np.nan)
        keys = {
            "facts": -catalogue.facts,
            "name": catalogue.series * 10_000_000 + catalogue.number,
            "newest": -year,
            "price": cents,
            "-price": -cents,
        }
        return {name: self._ranked(key) for name, key in keys.items()}

    @cached_property
    def number_words(self) -> list[str]:
        """The number in the name of every machine, a word of its own."""
        return [f"{number:07d}" for number in self.catalogue.number.tolist()]

    def _ranked(self, key: NDArray[np.number]) -> Ints:
        """Unknown last, equal ones by slug, which is by number."""
        order = np.lexsort((self.catalogue.number, np.nan_to_num(key, nan=np.inf)))
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    def words(self) -> Iterator[tuple[str, Ints]]:
        """Words with the rows of the machines that hold them; a word may come twice.

        All but the number every machine has in its name.
        """
        catalogue, known = self.catalogue, self.catalogue.vocabulary
        yield "synthetic", np.arange(catalogue.n)
        for place, name in enumerate(series()):
            yield name.lower(), np.flatnonzero(catalogue.series == place)
        yield "syn", np.flatnonzero(catalogue.model >= 0)
        for model in range(100, 1000):
            yield str(model), np.flatnonzero(catalogue.model == model)
        yield from _of_labels(brands(), catalogue.brand[:, None] == np.arange(BRANDS))
        forms = known.labels("forms")
        yield from _of_labels(forms, catalogue.form[:, None] == np.arange(len(forms)))
        yield from _of_labels(known.labels("types"), catalogue.types)
        yield from _of_labels(known.labels("areas"), catalogue.areas)


def _of_labels(labels: Sequence[str], marks: Bools) -> Iterator[tuple[str, Ints]]:
    """The words of each label with the rows that are marked with it."""
    for label, marked in zip(labels, marks.T, strict=True):
        rows = np.flatnonzero(marked)
        yield from ((word, rows) for word in words_of(label))
