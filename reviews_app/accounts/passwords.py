"""Which passwords are refused: short ones, and those that a guesser tries first.

There is no rule about capitals, digits or signs: they make passwords hard for people only. What is
asked is length, and that neither a list of breached passwords nor the words of this site and of the
person hold it (NIST SP 800-63B, ASVS 6.2).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

SHORTEST = 12
LONGEST = 512
"""Nobody types more; hashing it would only keep the site busy."""

FEWEST_DIFFERENT = 5
FEWEST_OF_ONES_OWN = 8

WORDS_OF_THE_SITE = ("legwise", "massagers", "massager", "massage", "reviews", "password")
SHORTEST_WORD = 4

LIST = Path(__file__).with_name("common_passwords") / "list.txt.gz"

TOO_SHORT = f"Please use at least {SHORTEST} characters. Three or four plain words make a good one."
TOO_LONG = f"Please use at most {LONGEST} characters."
TOO_ALIKE = "Please use more different characters: this one repeats a few."
COMMON = (
    "This password is on lists of stolen ones that people try first. Please choose another:"
    " three or four words that have nothing to do with each other, for example."
)
TOO_CLOSE = (
    "Apart from the name of this site, your own name or your address there is too little left of"
    " this password. Please choose another."
)


def why_refused(password: str, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with a password, for who chose it; None where nothing is.

    `own_words` are those that somebody who knows the person or the site would try.
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if len(set(password)) < FEWEST_DIFFERENT:
        return TOO_ALIKE
    if password.casefold() in common_passwords():
        return COMMON
    if len(_without(password.casefold(), own_words)) < FEWEST_OF_ONES_OWN:
        return TOO_CLOSE
    return None


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """The passwords of the list, in lower case."""
    return frozenset(_listed())


def commonest(most: int) -> list[str]:
    """The commonest passwords of the list, in lower case."""
    return _listed()[:most]


def _listed() -> list[str]:
    return gzip.decompress(LIST.read_bytes()).decode().split("\n")[:-1]


def _without(password: str, own_words: Iterable[str]) -> str:
    """What is left of a password when the words everybody would try are taken out."""
    words = {part for word in own_words for part in re.split(r"[\W_]+", word.casefold())}
    known = {word for word in words if len(word) >= SHORTEST_WORD} | set(WORDS_OF_THE_SITE)
    for word in sorted(known, key=len, reverse=True):
        password = password.replace(word, "")
    return re.sub(r"[\W_]+", "", password)
