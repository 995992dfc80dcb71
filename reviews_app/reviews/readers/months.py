"""Reads for how long somebody has had a machine, as people write it: 6, 18mo, 1.5 years."""

from __future__ import annotations

import re
from decimal import Decimal

MONTHS_A_YEAR = 12
FROM_ONE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORDS = {
    **{"half": Decimal("0.5"), "half a": Decimal("0.5"), "a": Decimal(1)},
    **{word: Decimal(n) for n, word in enumerate((*FROM_ONE, "eleven", "twelve"), start=1)},
}
NUMBER = rf"([0-9]{{1,4}}(?:\.[0-9]{{0,4}}|,[0-9]{{1,2}})?|\.[0-9]{{1,4}}|{'|'.join(WORDS)})"
YEARS = rf"{NUMBER} ?y(?:ears?|rs?)?\.?"
MONTHS = rf"{NUMBER}(?: ?m(?:o(?:nth)?s?|ths?)?\.?)?"
SPAN = re.compile(rf"(?:{YEARS})?(?:,? ?(?:and )?{MONTHS})?")


def read_months(text: str) -> int | None:
    """The whole months in `text`, rounded down; None where it cannot be read.

    A number alone means months; with years behind it, years, to which months may be added.
    """
    found = SPAN.fullmatch(" ".join(text.lower().split()))
    if found is None or not any(found.groups()):
        return None
    years, months = (_number(one) for one in found.groups())
    return int(years * MONTHS_A_YEAR + months)


def _number(text: str | None) -> Decimal:
    return WORDS[text] if text in WORDS else Decimal((text or "0").replace(",", "."))
