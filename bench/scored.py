"""Draws scores for synthetic machines: plain random parts, added up as the site adds them up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.synthetic import SEED, Catalogue
from bench.vocabulary import AUDIENCES, SEED_DATA
from reviews_app.catalogue.vocabulary import Audience
from reviews_app.scores.computing import PartScore, total_score
from reviews_app.scores.files import METHODS, record_of
from reviews_app.scores.models import Unscored
from reviews_app.scores.records import MethodRecord

METHOD_FILES = sorted((SEED_DATA / METHODS).glob("*.toml"), key=lambda path: int(path.stem))
NOTHING = -1
SHARE_WITHOUT_POINTS = 0.1
REASONS = {
    Audience.SUPERVISED: Unscored.SUPERVISED,
    Audience.GENERAL: Unscored.GENERAL,
}

Row = dict[str, Any]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """points in hundredths, NOTHING for none, and coverage in percent; shape (machines, parts)."""

    points: Numbers
    coverage: Numbers


@lru_cache(maxsize=1)
def method() -> MethodRecord:
    """The newest method of the seed folder, in force on every site that imports it."""
    return record_of(METHOD_FILES[-1].read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def drawn(n: int) -> Drawn:
    """The parts of `n` machines, the same everywhere."""
    random = np.random.default_rng([SEED, n, len(method().parts)])
    shape = (n, len(method().parts))
    points = random.binomial(1000, random.uniform(0.2, 0.9, shape))
    nothing = random.random(shape) < SHARE_WITHOUT_POINTS
    coverage = random.integers(1, 21, shape) * 5
    return Drawn(np.where(nothing, NOTHING, points), np.where(nothing, 0, coverage))


def scores(catalogue: Catalogue, here: range) -> tuple[list[Row], list[Row]]:
    """The rows of Score and of ScorePart of some machines; without parts where not for home."""
    known = drawn(catalogue.n)
    totals: list[Row] = []
    parts: list[Row] = []
    for at in here:
        reason = REASONS.get(Audience(AUDIENCES[catalogue.audience[at]]))
        found = [] if reason else _parts(known, at)
        totals.append(_total(at, found, reason))
        parts += [
            {
                "product_id": at + 1,
                "method_version": method().version,
                "part_id": part,
                "points_centi": one.points_centi,
                "coverage_percent": one.coverage_percent,
            }
            for part, one in zip(method().weights, found, strict=False)
        ]
    return totals, parts


def _parts(known: Drawn, at: int) -> list[PartScore]:
    pairs = zip(known.points[at].tolist(), known.coverage[at].tolist(), strict=True)
    return [PartScore(None if points == NOTHING else points, share) for points, share in pairs]


def _total(at: int, parts: list[PartScore], reason: Unscored | None) -> Row:
    weights = method().weights.values()
    total = total_score(
        zip(weights, parts, strict=False), floor_percent=method().floor_percent, cap_centi=None
    )
    if reason is None and total.points_centi is None:
        reason = Unscored.TOO_LITTLE_KNOWN
    return {
        "product_id": at + 1,
        "method_version": method().version,
        "total_centi": total.points_centi,
        "coverage_percent": total.coverage_percent,
        "cap_centi": None,
        "reason": reason.value if reason else None,
    }
