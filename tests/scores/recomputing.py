"""A score worked out again from what the site publishes, by somebody who never saw our code.

In decimals rather than whole hundredths, and from the document of the method for every rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

HUNDREDTH = Decimal("0.01")
ONE = Decimal(1)

Plain = dict[str, Any]
Values = Mapping[tuple[str, str], Any]


def recomputed(score: Plain, method: Plain) -> Decimal | None:
    """The total of a published score, from its raw values and the method's document alone."""
    if score["audience"] != "consumer":
        return None
    values = {
        (part["id"], fact["id"]): fact["value"] for part in score["parts"] for fact in part["facts"]
    }
    parts = [
        (Decimal(part["weight"]), *_part(part, score["form"], values)) for part in method["parts"]
    ]
    applying = [(weight, points, cov) for weight, points, cov in parts if cov is not None]
    pointed = [(weight, points) for weight, points, _ in applying if points is not None]
    coverage = _mean([(weight, cov) for weight, _, cov in applying]).quantize(ONE, ROUND_HALF_UP)
    if not pointed or coverage < method["floor_percent"]:
        return None
    total = _mean(pointed).quantize(HUNDREDTH, ROUND_HALF_UP)
    return total if score["cap"] is None else min(total, Decimal(str(score["cap"])))


def _part(
    part: Plain, form: str, values: Mapping[tuple[str, str], Any]
) -> tuple[Decimal | None, Decimal | None]:
    asked = [(fact, one) for fact in part["facts"] if (one := _map(fact, form)) is not None]
    known = [
        (Decimal(fact["weight"]), _points(one, values[part["id"], fact["id"]]))
        for fact, one in asked
        if values[part["id"], fact["id"]] is not None
    ]
    if not asked:
        return None, None
    share = sum(weight for weight, _ in known) / Decimal(sum(fact["weight"] for fact, _ in asked))
    coverage = (100 * share).quantize(ONE, ROUND_HALF_UP)
    return (_mean(known).quantize(HUNDREDTH, ROUND_HALF_UP) if known else None), coverage


def _map(fact: Plain, form: str) -> Plain | None:
    maps: list[Plain] = fact["maps"]
    named = [one for one in maps if form in one.get("forms", ())]
    return next(iter([*named, *(one for one in maps if "forms" not in one)]), None)


def _points(one: Plain, value: Any) -> Decimal:
    if "options" in one:
        return Decimal(str(one["options"][value]))
    corners = [(Decimal(str(at)), Decimal(str(points))) for at, points in one["points"]]
    at = min(max(Decimal(str(value)), corners[0][0]), corners[-1][0])
    for (x0, y0), (x1, y1) in pairwise(corners):
        if x0 <= at <= x1:
            return (y0 + (y1 - y0) * (at - x0) / (x1 - x0)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return corners[0][1]


def _mean(weighted: list[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((w * v for w, v in weighted), Decimal()) / sum((w for w, _ in weighted), Decimal())
