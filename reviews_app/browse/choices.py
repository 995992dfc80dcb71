"""All that a reader has chosen, as one plain value in canonical order."""

from __future__ import annotations

from dataclasses import dataclass

from reviews_app.browse.facets import Vocabulary
from reviews_app.browse.numbers import Bounds, Measure
from reviews_app.scores.weights import Weights

MOST_VALUES_OF_A_FACET = 10
MOST_VALUES = 60
MOST_SET_ASIDE = 5
"""Machines set aside to be compared: as many as can stand side by side (`product.md` §7)."""

LONGEST_WORDS = 200


@dataclass(frozen=True)
class Choices:
    """What is chosen: no duplicates, no defaults, names in the order of the vocabulary (rule 10).

    values: the sorted options of each facet. sort and currency are None for the default.
    set_aside: slugs of machines to compare, in the order chosen, known or not; they narrow nothing.
    weights: of the parts of the score, None where nothing is scored.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bounds: tuple[tuple[str, Bounds], ...] = ()
    measures: tuple[tuple[str, Measure], ...] = ()
    currency: str | None = None
    words: str = ""
    set_aside: tuple[str, ...] = ()
    weights: Weights | None = None
    sort: str | None = None
    page: int = 1


def canonical_sort(sort: str | None, words: str, vocabulary: Vocabulary) -> str | None:
    """`sort`, or None where it is what the listing does anyway."""
    if sort is None:
        return None
    offered = {sort.name for sort in vocabulary.sorts_offered(with_words=bool(words))}
    default = vocabulary.default_sort(with_words=bool(words))
    return sort if sort in offered and sort != default else None


def canonical_currency(currency: str | None, vocabulary: Vocabulary) -> str | None:
    """`currency`, or None where it is the default."""
    return None if currency == vocabulary.default_currency else currency
