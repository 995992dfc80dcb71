"""Draws a synthetic catalogue as columns: the same for the same size and seed, on any machine.

Nothing in it is real, and it says so: "Synthetic Bavero 0000123" by "Synthetic Brand 17", every
number from "Synthetic source, not real".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bench.vocabulary import (
    AUDIENCES,
    NUMBERS,
    OTHER_TYPES,
    TYPES_OF_FORM,
    Vocabulary,
    brands,
    series,
)

SEED = 20261122
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_BRAND = -1
NOT_STATED = -1
CURRENCIES = ("USD", "GBP", "EUR")
SHARE_PRICED = (0.7, 0.15, 0.15)
FIRST_MONTH, MONTHS = 2024 * 12, 30


@dataclass(frozen=True)
class Numbers:
    """The spans stated of one attribute: low and high, not a number where not stated."""

    low: Floats
    high: Floats

    @cached_property
    def stated(self) -> Bools:
        """Who states it."""
        return ~np.isnan(self.low)


@dataclass(frozen=True)
class Price:
    """The prices in one currency: cents, and the month counted from year 0; -1 where none."""

    cents: Ints
    month: Ints


@dataclass(frozen=True)
class Catalogue:
    """n machines, machine i with id i + 1. Codes index the lists of `vocabulary`.

    numbers: a permutation, in names and slugs. types, areas: booleans, shape (n, words). options:
    the place of what is stated among `vocabulary.options`, -1 where nothing is.
    """

    vocabulary: Vocabulary
    number: Ints
    series: Ints
    model: Ints
    brand: Ints
    form: Ints
    audience: Ints
    types: Bools
    areas: Bools
    options: dict[str, Ints]
    numbers: dict[str, Numbers]
    prices: dict[str, Price]

    @property
    def n(self) -> int:
        """How many machines."""
        return len(self.number)

    @cached_property
    def slugs(self) -> list[str]:
        """The slug of every machine."""
        return [f"synthetic-{number:07d}" for number in self.number.tolist()]

    @cached_property
    def names(self) -> list[str]:
        """The name of every machine."""
        known = series()
        pairs = zip(self.series.tolist(), self.number.tolist(), strict=True)
        return [f"Synthetic {known[code]} {number:07d}" for code, number in pairs]

    @cached_property
    def mechanisms(self) -> Bools:
        """How machines act: by their types, and by heat; shape (n, mechanisms)."""
        known = self.vocabulary.ids("mechanisms")
        found = np.zeros((self.n, len(known)), dtype=np.bool_)
        for place, type_id in enumerate(self.vocabulary.ids("types")):
            mechanism = self.vocabulary.mechanism_of_type[type_id]
            if mechanism is not None:
                found[:, known.index(mechanism)] |= self.types[:, place]
        found[:, known.index("heat")] = self.options["heat"] == 0
        return found

    @cached_property
    def facts(self) -> Ints:
        """How many facts are known of every machine."""
        stated = [codes != NOT_STATED for codes in self.options.values()]
        stated += [numbers.stated for numbers in self.numbers.values()]
        known: Ints = np.sum(stated, axis=0, dtype=np.int64)
        return known

    def applies(self, attribute: str) -> Bools:
        """To which machines an attribute can apply, by their form."""
        declared = next(one for one in self.vocabulary.filtered if one["id"] == attribute)
        return _applies(self.vocabulary, declared)[self.form]


def draw(n: int, seed: int = SEED) -> Catalogue:
    """A catalogue of `n` machines."""
    random = np.random.default_rng([seed, n])
    shares = np.random.default_rng(seed)  # how much is known of an attribute, at every size
    vocabulary = Vocabulary.from_seed()
    form = random.choice(len(vocabulary.ids("forms")), n, p=_falling(len(vocabulary.ids("forms"))))
    numbers, options = {}, {}
    for one in vocabulary.filtered:
        known = _applies(vocabulary, one)[form] & (random.random(n) < shares.uniform(0.25, 0.65))
        if one["kind"] == "number":
            numbers[one["id"]] = _numbers(random, one["id"], known)
        else:
            options[one["id"]] = _options(random, len(vocabulary.options(one)), known)
    return Catalogue(
        vocabulary=vocabulary,
        number=random.permutation(n) + 1,
        series=random.integers(0, len(series()), n),
        model=np.where(random.random(n) < 0.6, random.integers(100, 1000, n), NOT_STATED),
        brand=np.where(
            random.random(n) < 0.92,
            random.choice(len(brands()), n, p=_falling(len(brands()))),
            NO_BRAND,
        ),
        form=form,
        audience=random.choice(len(AUDIENCES), n, p=(0.85, 0.05, 0.1)),
        types=_types(random, vocabulary, form, numbers["amplitude_mm"]),
        areas=_areas(random, n, len(vocabulary.ids("areas"))),
        options=options,
        numbers=numbers,
        prices=_prices(random, n),
    )


def _falling(count: int) -> Floats:
    """Shares that fall like those of words in a language: many of few, few of many."""
    weights = 1 / (np.arange(count) + 3.0)
    shares: Floats = weights / weights.sum()
    return shares


def _applies(vocabulary: Vocabulary, attribute: dict[str, object]) -> Bools:
    forms = attribute.get("forms") or vocabulary.ids("forms")
    assert isinstance(forms, list | tuple)  # noqa: S101  (for the type checker)
    return np.isin(vocabulary.ids("forms"), forms)


def _options(random: np.random.Generator, count: int, known: Bools) -> Ints:
    codes = random.choice(count, len(known), p=_falling(count))
    return np.where(known, codes, NOT_STATED)


def _numbers(random: np.random.Generator, attribute: str, known: Bools) -> Numbers:
    """Single numbers, and for one in ten a span, as machines with several settings have."""
    lowest, highest, step = NUMBERS.get(attribute, (1, 100, 1))
    steps = round((highest - lowest) / step)
    low = random.binomial(steps, random.uniform(0.3, 0.6, len(known)))
    wider = np.where(random.random(len(known)) < 0.1, random.integers(1, 4, len(known)), 0)
    high = np.minimum(low + wider, steps)
    values = np.where(known, [low, high], np.nan) * step + lowest
    return Numbers(*np.round(values, 2))


def _types(
    random: np.random.Generator, vocabulary: Vocabulary, form: Ints, amplitude: Numbers
) -> Bools:
    """One or two types of those a form can have; deep tissue by its rule (a stroke of 10 mm)."""
    known = vocabulary.ids("types")
    found = np.zeros((len(form), len(known)), dtype=np.bool_)
    for place, form_id in enumerate(vocabulary.ids("forms")):
        rows = np.flatnonzero(form == place)
        possible = [known.index(one) for one in TYPES_OF_FORM.get(form_id, OTHER_TYPES)]
        for share in (1.0, 0.3):
            chosen = random.choice(possible, len(rows), p=_falling(len(possible)))
            given = random.random(len(rows)) < share
            found[rows[given], chosen[given]] = True
    deep = found[:, known.index("percussion")] & (np.nan_to_num(amplitude.high) >= 10)
    found[:, known.index("deep-tissue")] = deep
    return found


def _areas(random: np.random.Generator, n: int, count: int) -> Bools:
    """A stretch of the leg."""
    first = random.integers(0, count, n)
    last = np.minimum(first + random.binomial(count - 1, 0.3, n), count - 1)
    places = np.arange(count)
    found: Bools = (first[:, None] <= places) & (places <= last[:, None])
    return found


def _prices(random: np.random.Generator, n: int) -> dict[str, Price]:
    found = {}
    for currency, share in zip(CURRENCIES, SHARE_PRICED, strict=True):
        priced = random.random(n) < share
        whole = np.exp(random.normal(4.8, 0.8, n)).astype(np.int64) + 9
        found[currency] = Price(
            np.where(priced, whole * 100 + 99, NOT_STATED),
            np.where(priced, FIRST_MONTH + random.integers(0, MONTHS, n), NOT_STATED),
        )
    return found
