"""Which names may stand under a review."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 2
LONGEST = 40
OF_THE_SITE = ("moderator", "editor", "admin", "staff", "legwise", "formermember")
SIGNS = " .'’-"


def tidy(name: str) -> str:
    """The name with one space between its words and each letter in its usual form."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def why_refused(name: str, of_the_site: Iterable[str] = ()) -> str | None:
    """What is wrong with a tidied name, for who chose it; None where nothing is."""
    if not SHORTEST <= len(name) <= LONGEST:
        return f"Please use {SHORTEST} to {LONGEST} characters."
    odd = sorted({one for one in name if not (one.isalnum() or one in SIGNS or _joins(one))})
    if odd:
        return f"Please use letters, digits, spaces, dots and dashes only, not {' '.join(odd)}"
    if not any(one.isalpha() for one in name):
        return "Please use at least one letter."
    plain = re.sub(r"[\W_]+", "", name.casefold())
    taken = {re.sub(r"[\W_]+", "", word.casefold()) for word in (*OF_THE_SITE, *of_the_site)}
    if any(word and word in plain for word in taken):
        return "This name could be taken for somebody of the site. Please choose another."
    return None


def _joins(character: str) -> bool:
    """Whether it is part of a letter, as many scripts write them."""
    return unicodedata.category(character).startswith("M")
