"""The work that is timed: 240 listing queries, the same on every machine and at every size.

A mix as readers make it: none to four facets, a range or a size to fit now and then, five orders,
mostly the first page, and in three of ten a word or two, some cut short and some with a typo.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import numpy as np

from bench.compared import FACETS
from bench.synthetic import SEED
from bench.vocabulary import BRANDS, series
from reviews_app.browse import Selection, Vocabulary

QUERIES = 240
FACETS_CHOSEN = ((0, 1, 2, 3, 4), (0.12, 0.30, 0.30, 0.18, 0.10))
SORTS = (("facts", "price", "name", "newest", "-price"), (0.5, 0.2, 0.1, 0.1, 0.1))
PAGES = ((1, 2, 3, 4, 5), (0.6, 0.15, 0.1, 0.08, 0.07))
SHARE_TWO_VALUES = 0.25
SHARE_RANGE = 0.3
SHARE_FIT = 0.12
SHARE_UNKNOWN = 0.2
SHARE_WORDS = 0.3
WORDS_OF_ALL = ("shiatsu", "compression", "calf", "thigh", "boots", "percussion", "vibration")

Args = list[tuple[str, str]]


def queries(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The canonical query strings, in the order they were drawn; the page may be past the last."""
    random = np.random.default_rng(SEED)
    found: dict[str, None] = {}
    while len(found) < QUERIES:
        selection = Selection.from_args(_Draw(random, vocabulary).args(), vocabulary)
        found[urlencode(selection.as_args())] = None
    return tuple(found)


def addresses(vocabulary: Vocabulary, count: int) -> Iterator[Args]:
    """The parameters of many more listings of the same mix, for a server that remembers answers."""
    random = np.random.default_rng(SEED + 1)
    for _ in range(count):
        yield Selection.from_args(_Draw(random, vocabulary).args(), vocabulary).as_args()


class _Draw:
    def __init__(self, random: np.random.Generator, vocabulary: Vocabulary) -> None:
        self.random = random
        self.vocabulary = vocabulary

    def args(self) -> Args:
        """Query parameters of one listing."""
        found = [arg for name in self.facets() for arg in self.values(name)]
        if self.by_chance(SHARE_RANGE):
            found += self.range()
        if self.by_chance(SHARE_FIT):
            found += [("calf", f"{self.random.integers(34, 62)}cm"), *self.unknown("calf")]
        if self.by_chance(SHARE_WORDS):
            found.append(("q", self.words()))
        sort = str(self.random.choice(SORTS[0], p=SORTS[1]))
        page = int(self.random.choice(PAGES[0], p=PAGES[1]))
        return [*found, ("sort", sort), ("page", str(page))]

    def facets(self) -> list[str]:
        """The facets chosen in; type and brand twice as often as the others."""
        count = int(self.random.choice(FACETS_CHOSEN[0], p=FACETS_CHOSEN[1]))
        weights = np.array([2.0 if name in ("type", "brand") else 1.0 for name in FACETS])
        chosen = self.random.choice(FACETS, count, replace=False, p=weights / weights.sum())
        return [str(name) for name in chosen]

    def values(self, name: str) -> Args:
        """One value of a facet, or two; of brands the large ones more often."""
        options = [one.value for one in self.vocabulary.facet[name].options]
        count = 2 if self.by_chance(SHARE_TWO_VALUES) else 1
        if name == "brand":
            places = np.minimum(self.random.geometric(0.03, count), BRANDS)
            options = [f"synthetic-brand-{place}" for place in range(1, BRANDS + 1)]
            return [(name, options[place - 1]) for place in places]
        chosen = self.random.choice(options, count, replace=False)
        return [(name, str(value)) for value in chosen]

    def range(self) -> Args:
        """A weight, a loudness or a price, from, up to, or both."""
        name, low, high, digits = (
            ("weight_kg", 0.2, 9.0, 1),
            ("noise_db", 35, 65, 0),
            ("price", 30, 400, 0),
        )[self.random.integers(3)]
        ends = np.sort(self.random.uniform(low, high, 2)).round(digits)
        from_, to = (f"{end:g}" for end in ends)
        kind = self.random.integers(3)
        bounds = [(f"{name}_min", from_)] if kind != 0 else []
        bounds += [(f"{name}_max", to)] if kind != 1 else []
        return [*bounds, *self.unknown(name)]

    def unknown(self, name: str) -> Args:
        """Now and then the machines that do not state it are let in."""
        return [(f"{name}_unknown", "include")] if self.by_chance(SHARE_UNKNOWN) else []

    def words(self) -> str:
        """A word or two: as they stand, cut short, or with two letters exchanged."""
        known = series()
        first = known[self.random.integers(len(known))].lower()
        kind = self.random.integers(10)
        if kind < 2:
            first = first[:4]
        elif kind < 4:
            first = first[:2] + first[3] + first[2] + first[4:]
        elif kind < 7:
            first = str(self.random.choice(WORDS_OF_ALL))
        if self.by_chance(0.3):
            return f"{first} {self.random.choice(WORDS_OF_ALL)}"
        return first

    def by_chance(self, share: float) -> bool:
        """True that often."""
        return bool(self.random.random() < share)
