"""Knows how words are compared: folded, exact before prefix before a typo or two (rule 16).

The catalogue is given; nothing here reads a database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

EXACT, PREFIX, FUZZY = 0, 1, 2
"""How a word of the query meets a word of a machine, best first."""

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


def typos_forgiven(word: str) -> int:
    """One from four letters, two from eight; none in a model number, where a digit is no typo."""
    if not word.isalpha() or len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def word_class(asked: str, known: str) -> int | None:
    """How a word asked for meets a known word: EXACT, PREFIX, FUZZY, or None where it does not.

    A typo is a letter more, less or other, or two neighbours exchanged.
    """
    if asked == known:
        return EXACT
    if known.startswith(asked):
        return PREFIX
    typos = typos_forgiven(asked)
    if typos and OSA.distance(asked, known, score_cutoff=typos) <= typos:
        return FUZZY
    return None


def matches(query: str, texts: Iterable[tuple[int, str]]) -> dict[int, int]:
    """The class of every product that each word of the query meets, by product id.

    `texts` are (product id, text) pairs, several for a product. The class of a product is that
    of the word it meets worst.
    """
    holders: dict[str, set[int]] = {}
    for product_id, text in texts:
        for word in words_of(text):
            holders.setdefault(word, set()).add(product_id)
    found: dict[int, int] | None = None
    for asked in words_of(query):
        best = _best_classes(asked, holders)
        if found is None:
            found = best
        else:
            found = {i: max(found[i], best[i]) for i in found.keys() & best.keys()}
    return found or {}


def _best_classes(asked: str, holders: Mapping[str, set[int]]) -> dict[int, int]:
    best: dict[int, int] = {}
    for known, products in holders.items():
        met = word_class(asked, known)
        if met is not None:
            for product_id in products:
                best[product_id] = min(met, best.get(product_id, met))
    return best
