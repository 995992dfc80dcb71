"""Knows in SQL the total of a machine's score, by the published weights or by a reader's."""

from __future__ import annotations

import sqlalchemy as sa

from reviews_app.browse.facets import Asked
from reviews_app.catalogue.products import Product
from reviews_app.scores.models import Score, ScorePart
from reviews_app.scores.records import MethodRecord
from reviews_app.scores.weights import Weights

Whole = sa.ColumnElement[int]


def total_centi(asked: Asked) -> sa.ScalarSelect[int]:
    """The total of `Product` in hundredths of ten, null where it has none (`product.md` §8)."""
    method, weights = asked.method, asked.weights
    if method is None:
        return sa.select(sa.cast(sa.null(), sa.Integer)).scalar_subquery()
    if weights is None or weights.is_own:
        published = sa.select(Score.total_centi).where(Score.method_version == method.version)
        return published.where(Score.product_id == Product.id).correlate(Product).scalar_subquery()
    return _by_weights(method, weights)


def _by_weights(method: MethodRecord, weights: Weights) -> sa.ScalarSelect[int]:
    """As `scores.computing.total_score` has it, in whole numbers: no database rounds on its own."""
    weight = sa.case(
        *((ScorePart.part_id == part, number) for part, number in weights.chosen), else_=0
    )
    points = sa.func.sum(weight * ScorePart.points_centi)
    weighing = sa.func.sum(sa.case((ScorePart.points_centi.is_not(None), weight), else_=0))
    coverage = sa.func.sum(weight * ScorePart.coverage_percent)
    applying = sa.func.sum(sa.case((ScorePart.coverage_percent.is_not(None), weight), else_=0))
    cap = sa.func.max(Score.cap_centi)
    mean = _rounded(points, weighing)
    known = sa.and_(weighing > 0, _rounded(coverage, applying) >= method.floor_percent)
    return (
        sa.select(sa.case((sa.not_(known), None), (cap < mean, cap), else_=mean))
        .join_from(Score, ScorePart, _same_score())
        .where(Score.product_id == Product.id, Score.method_version == method.version)
        .correlate(Product)
        .scalar_subquery()
    )


def _rounded(numerator: Whole, denominator: Whole) -> Whole:
    """The nearest whole number, half upwards; null for a denominator of 0."""
    numerator, denominator = sa.cast(numerator, sa.Integer), sa.cast(denominator, sa.Integer)
    return (2 * numerator + denominator) // sa.func.nullif(2 * denominator, 0, type_=sa.Integer)


def _same_score() -> sa.ColumnElement[bool]:
    return sa.and_(
        ScorePart.product_id == Score.product_id, ScorePart.method_version == Score.method_version
    )
