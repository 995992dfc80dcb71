"""Whether a machine takes a leg of a given size, as far as anybody states it (rule 8)."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from reviews_app.catalogue.measures import CM_PER, Size
from reviews_app.catalogue.sheet import Line
from reviews_app.catalogue.values import INAPPLICABLE
from reviews_app.catalogue.vocabulary import Attribute, Filter


class Verdict(enum.StrEnum):
    """What is known of a machine and a size; the value is what a reader is told."""

    FITS = "Fits"
    TOO_SMALL = "Too small"
    TOO_LARGE = "Too large"
    NOT_STATED = "Not stated"
    NOT_APPLICABLE = "Not applicable"


def limits(attribute: Attribute, part: str) -> bool:
    """Whether the attribute states the smallest or largest size of that part a machine takes."""
    return attribute.filter == Filter.FIT and attribute.fit == part and attribute.unit in CM_PER


def verdict(lines: Iterable[Line], part: str, size: Size) -> Verdict:
    """What the lines of a machine say of a size of "calf", "thigh" or "foot".

    One limit that is broken decides. Several settings are a span: a size fits that one of them
    takes. A machine that no limit can apply to, and that states none, is not applicable.
    """
    bounding = [line for line in lines if limits(line.attribute, part)]
    stated = [line for line in bounding if line.accepted is not None]
    for line in stated:
        if _is_broken(line, size):
            at_most = line.attribute.fit_bound == "max"
            return Verdict.TOO_SMALL if at_most else Verdict.TOO_LARGE
    if stated:
        return Verdict.FITS
    inapplicable = bool(bounding) and all(line.state == INAPPLICABLE for line in bounding)
    return Verdict.NOT_APPLICABLE if inapplicable else Verdict.NOT_STATED


def _is_broken(line: Line, size: Size) -> bool:
    fact, unit = line.accepted, line.attribute.unit
    if fact is None or unit is None or fact.number_low is None or fact.number_high is None:
        return False
    length = float(size.within(unit))
    if line.attribute.fit_bound == "max":
        return fact.number_high < length
    return fact.number_low > length
