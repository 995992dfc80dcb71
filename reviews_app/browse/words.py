"""Knows how words are compared: exact, then a form of the word or its beginning, then typos.

That is rule 16 of `product.md` §3. The catalogue is given; nothing here reads a database.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from reviews_app.browse.stems import stem

EXACT, PREFIX, FUZZY = 0, 1, 2
"""How well a word of the query meets a word of a machine, best first."""


class How(enum.StrEnum):
    """How a word of the query meets a word of a machine, best first.

    stem: another form of it. alias: just so, in another name of the brand. prefix: its beginning.
    """

    EXACT = "exact"
    STEM = "stem"
    ALIAS = "alias"
    PREFIX = "prefix"
    TYPO = "typo"


CLASS = {How.EXACT: EXACT, How.STEM: PREFIX, How.ALIAS: PREFIX, How.PREFIX: PREFIX, How.TYPO: FUZZY}
"""The rank of each. No machine is found exactly by another name than its own."""

Text = tuple[int, str, str]
"""A product id, a field, and what stands in it; several for a product."""

Holders = Mapping[tuple[str, bool], set[int]]
"""The products that hold each word; whether it is of an alias is part of the key."""

ALIAS = "alias"
"""The field of the other names of a brand."""

WORD = re.compile(r"[^\W_]+")


def canonical_words(text: str) -> str:
    """`text` as an address spells it: composed characters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words in `text`, without case and accents, parted by all but letters and digits."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", folded)
    return frozenset(WORD.findall("".join(c for c in parts if not unicodedata.combining(c))))


FILLERS = words_of(
    "a an and at best by can do for from help i in is it me my of on or our the to use with your"
)
"""Words that tell no machine from another: none is left out because it lacks them."""


def asked_words(query: str) -> frozenset[str]:
    """The words of a query that must be met: all but fillers, unless it has nothing else."""
    words = words_of(query)
    return words - FILLERS or words


def typos_forgiven(word: str) -> int:
    """One from four letters, two from eight; none in a model number, where a digit is no typo."""
    if not word.isalpha() or len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def how_met(asked: str, known: str, *, alias: bool = False) -> How | None:
    """How a word asked for meets a known word, which may be of an alias; None where it does not.

    A typo is a letter more, less or other, or two neighbours exchanged.
    """
    if asked == known:
        return How.ALIAS if alias else How.EXACT
    if _are_forms(asked, known):
        return How.STEM
    if known.startswith(asked):
        return How.PREFIX
    typos = typos_forgiven(asked)
    if typos and OSA.distance(asked, known, score_cutoff=typos) <= typos:
        return How.TYPO
    return None


def word_class(asked: str, known: str) -> int | None:
    """How well a word asked for meets a known word: EXACT, PREFIX, FUZZY, or None."""
    how = how_met(asked, known)
    return None if how is None else CLASS[how]


def matches(query: str, texts: Iterable[Text]) -> dict[int, int]:
    """The class of every product that each word asked for meets, by product id.

    The class of a product is that of the word it meets worst.
    """
    holders = holders_of(texts)
    found: dict[int, int] | None = None
    for asked in asked_words(query):
        best = classes_met(asked, holders)
        if found is None:
            found = best
        else:
            found = {i: max(found[i], best[i]) for i in found.keys() & best.keys()}
    return found or {}


def holders_of(texts: Iterable[Text]) -> Holders:
    """The words of texts, each with the products that hold it."""
    holders: dict[tuple[str, bool], set[int]] = {}
    for product_id, field, text in texts:
        for word in words_of(text):
            holders.setdefault((word, field == ALIAS), set()).add(product_id)
    return holders


def classes_met(asked: str, holders: Holders) -> dict[int, int]:
    """The class of every product that one word asked for meets, by product id."""
    best: dict[int, int] = {}
    for (known, alias), products in holders.items():
        how = how_met(asked, known, alias=alias)
        if how is not None:
            for product_id in products:
                best[product_id] = min(CLASS[how], best.get(product_id, FUZZY))
    return best


def _are_forms(asked: str, known: str) -> bool:
    shared = stem(asked)
    return shared is not None and shared == stem(known)
