"""Says what every engine answers, so that they can be compared: ids, total, and ten facets' counts.

The site's own listing counts some 35 facets, ranges and fits. The others would have to be taught
each of them; ten with about 260 options, 200 of them brands, are enough to see who is quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from reviews_app.browse import Selection, Vocabulary
from reviews_app.browse.counts import Counts
from reviews_app.browse.facets import SCORE

PER_PAGE = 24

FACETS = (
    "type",
    "area",
    "form",
    "brand",
    "need",
    "audience",
    "heat",
    "cordless",
    "power_source",
    "app",
)
RANGES = ("weight_kg", "noise_db", "price")
FITS = ("calf",)
"""Narrowed by, not counted."""


@dataclass(frozen=True)
class Answer:
    """What an engine says to a Selection; counts by facet and value, without those at zero."""

    ids: tuple[int, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]

    def digest(self) -> str:
        """The same for the same answer, whoever gives it."""
        counts = sorted((name, sorted(by.items())) for name, by in self.counts.items())
        text = repr((self.ids, self.total, counts))
        return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def compared(vocabulary: Vocabulary) -> Vocabulary:
    """The part of the site's vocabulary that all engines answer; it has no scores."""
    return replace(
        vocabulary,
        facets=tuple(facet for facet in vocabulary.facets if facet.name in FACETS),
        ranges=tuple(one for one in vocabulary.ranges if one.name in RANGES),
        fits=tuple(fit for fit in vocabulary.fits if fit.name in FITS),
        sorts=tuple(sort for sort in vocabulary.sorts if sort.name != SCORE),
        method=None,
    )


def answer_of(counts: Counts, ids: tuple[int, ...]) -> Answer:
    """What one of the site's own engines counted, as far as it is compared."""
    return Answer(
        ids,
        counts.total,
        {
            name: {value: count for value, count in counts.values[name].items() if count}
            for name in FACETS
        },
    )


def selection_of(query: str, vocabulary: Vocabulary) -> Selection:
    """The Selection that a query string of the workload spells."""
    return Selection.from_args(parse_qsl(query), vocabulary)
