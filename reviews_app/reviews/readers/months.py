"""Reads for how long somebody has had a machine, as people write it: 6, 18mo, 1½ years."""

from __future__ import annotations

import re
from decimal import Decimal

from reviews_app.catalogue.measures import NotUsable, read_quantity

MONTHS_A_YEAR = 12
LONGEST = 40
"""Characters of a time that somebody writes."""

FROM_ONE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORDS = {
    **{"half": Decimal("0.5"), "half a": Decimal("0.5"), "a": Decimal(1)},
    **{word: Decimal(n) for n, word in enumerate((*FROM_ONE, "eleven", "twelve"), start=1)},
}
NUMBER = rf"([0-9.,¼-¾][0-9.,/¼-¾ ]*|{'|'.join(WORDS)})"
YEARS = rf"{NUMBER} ?y(?:ears?|rs?)?\.?( and a half)?"
MONTHS = rf"{NUMBER}(?: ?m(?:o(?:nth)?s?|ths?)?\.?)?"
SPAN = re.compile(rf"{YEARS}(?:,? ?(?:and )?{MONTHS})?|{MONTHS}")


def read_months(text: str) -> int | None:
    """The whole months in `text`, rounded down; None where it cannot be read.

    A number alone means months; with years behind it, years, to which months may be added. Digits
    are read as everywhere (`catalogue.measures`).
    """
    found = SPAN.fullmatch(" ".join(text.lower().split())) if len(text) <= LONGEST else None
    if found is None:
        return None
    years, and_a_half, added, alone = found.groups()
    try:
        months = _number(years) * MONTHS_A_YEAR + _number(added or alone)
    except NotUsable:
        return None
    return int(months) + (MONTHS_A_YEAR // 2 if and_a_half else 0)


def _number(text: str | None) -> Decimal:
    if text is None:
        return Decimal(0)
    return WORDS[text] if text in WORDS else read_quantity(text.strip(), None).exact
