"""Knows what a number or a size narrows: the ends of a range, a size with who states none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reviews_app.catalogue.measures import Size, plain


@dataclass(frozen=True)
class Bounds:
    """The ends of a range, either of them open; whether machines that state nothing stay in."""

    low: Decimal | None = None
    high: Decimal | None = None
    include_unknown: bool = False

    def stored(self, per: int) -> tuple[float | None, float | None]:
        """The ends as numbers are stored, `per` to one shown; of whole numbers those within."""
        low = None if self.low is None else self.low * per
        high = None if self.high is None else self.high * per
        if per != 1:
            low = None if low is None else Decimal(math.ceil(low))
            high = None if high is None else Decimal(math.floor(high))
        return (None if low is None else float(low)), (None if high is None else float(high))


@dataclass(frozen=True)
class Measure(Size):
    """A size to fit; whether machines that state nothing stay in."""

    include_unknown: bool = False


@lru_cache(maxsize=4096)
def decimal_of(number: float, *, per: int = 1) -> Decimal:
    """A stored number over `per`, as its shortest decimal spelling without an exponent."""
    return Decimal(plain(Decimal(repr(number)) / per))
