"""Knows what English words are forms of: "massagers" and "massaging" of the same as "massager"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from Stemmer import Stemmer

LANGUAGE = "english"
"""Snowball's second English stemmer, known as Porter 2."""

IRREGULAR = {"calves": "calf", "feet": "foot", "pregnancy": "pregnant", "swollen": "swell"}
"""Forms that the stemmer does not tell, of words legs are spoken of in, each with another form."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str | None:
    """What the forms of a folded word share; None of what has a digit, as model numbers do."""
    # Made anew, since one stemmer must not be used by two threads: half a microsecond.
    return str(Stemmer(LANGUAGE, 0).stemWord(_regular(word))) if word.isalpha() else None


def stems(words: Sequence[str]) -> list[str]:
    """The stems of many words of letters, without keeping them."""
    found: list[str] = Stemmer(LANGUAGE, 0).stemWords([_regular(one) for one in words])
    return found


def _regular(word: str) -> str:
    return IRREGULAR.get(word, word)
