"""The scores that come with the site: anyone can recompute them, and nothing unsound moves them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.vocabulary import Audience
from reviews_app.config import ROOT
from reviews_app.db import db
from reviews_app.guidance.models import Grade, NeedMechanism
from reviews_app.scores.files import record_of
from reviews_app.scores.gathering import background, subjects
from reviews_app.scores.models import Score
from reviews_app.scores.records import FactRule
from reviews_app.scores.scoring import Scored, scored
from reviews_app.scores.spread import rank_correlation, spread
from reviews_app.scores.subjects import Subject
from tests.scores.recomputing import recomputed

METHOD = record_of((ROOT / "seed_data/methods/1.toml").read_text())
READS_HOW_MUCH_IS_STATED = "open"


@pytest.fixture(scope="module")
def machines(real_catalogue: Flask) -> list[Subject]:
    """Every machine, as the method looks at it."""
    with real_catalogue.app_context():
        return subjects(list(db.session.scalars(sa.select(Product.id))), background())


@pytest.fixture
def imported(real_catalogue: Flask) -> Iterator[None]:
    """A context in which the real catalogue can be asked."""
    with real_catalogue.app_context():
        yield


def test_everyone_can_recompute_every_score_from_what_is_published(reader: FlaskClient) -> None:
    slugs = _slugs(reader)
    method = tomllib.loads(reader.get("/methodology/1.toml").text)
    published = {slug: reader.get(f"/massagers/{slug}/score.json").get_json() for slug in slugs}

    assert len(slugs) > 200
    for slug, score in published.items():
        total = recomputed(score, method)
        told = None if score["total"] is None else Decimal(str(score["total"]))
        assert (total is None) == (told is None), slug
        assert total is None or told is None or abs(total - told) < Decimal("0.01"), slug


def _slugs(reader: FlaskClient) -> list[str]:
    with reader.application.app_context():
        return list(db.session.scalars(sa.select(Product.slug)))


@pytest.mark.long
def test_what_is_published_is_what_is_stored_and_what_the_api_says(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        rows = db.session.execute(
            sa.select(Product.slug, Score.total_centi, Score.coverage_percent).join(
                Score, Score.product_id == Product.id
            )
        ).all()
    for slug, total, coverage in rows:
        published = reader.get(f"/massagers/{slug}/score.json").get_json()
        assert reader.get(f"/api/v1/massagers/{slug}/score").get_json() == published
        assert published["coverage_percent"] == coverage
        assert (published["total"] is None) == (total is None)
        assert total is None or round(published["total"] * 100) == total


def test_only_machines_for_use_at_home_are_scored(machines: list[Subject]) -> None:
    for one in machines:
        result = scored(METHOD, one)
        assert bool(result.parts) == (one.audience == Audience.CONSUMER)
        assert one.audience == Audience.CONSUMER or result.total.points_centi is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_fact_nobody_states_neither_raises_nor_lowers_a_part(
    machines: list[Subject], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from([m for m in machines if m.facts and _is_scored(m)]))
    lost = data.draw(st.sampled_from(sorted(one.facts)))
    without = replace(one, facts={k: v for k, v in one.facts.items() if k != lost})
    before, after = scored(METHOD, one), scored(METHOD, without)

    for part, then in zip(before.parts, after.parts, strict=True):
        assert (then.score.coverage_percent or 0) <= (part.score.coverage_percent or 0)
        if part.rule.id == READS_HOW_MUCH_IS_STATED:
            # By design the one part in which less stated is worse, and never better.
            assert (then.score.points_centi or 0) <= (part.score.points_centi or 0)
            continue
        kept = [fact for fact in part.facts if fact.rule.reads != lost]
        known = [(f.rule.weight, f.points_centi) for f in kept if f.points_centi is not None]
        assert [fact.points_centi for fact in then.facts if fact.rule.reads != lost] == [
            fact.points_centi for fact in kept
        ]
        assert then.score.points_centi == _mean(known)


def _is_scored(one: Subject) -> bool:
    return one.audience == Audience.CONSUMER


def _mean(known: list[tuple[int, int]]) -> int | None:
    if not known:
        return None
    total = Decimal(sum(w * points for w, points in known)) / sum(w for w, _ in known)
    return int(total.quantize(Decimal(1), rounding="ROUND_HALF_UP"))


@pytest.mark.usefixtures("imported")
def test_no_machine_has_more_points_for_evidence_than_the_evidence_says(
    machines: list[Subject],
) -> None:
    options = _fact_of("evidence", "grade").maps[0].options
    stored = db.session.execute(sa.select(NeedMechanism.mechanism_id, NeedMechanism.grade)).all()
    for one in machines:
        own = {answered.mechanism for answered in one.needs}
        grades = [Grade(grade) for mechanism, grade in stored if mechanism in own]
        step = _step(scored(METHOD, one), "evidence", "grade")
        if step is not None and grades:
            assert step <= max(round(100 * options[grade.value]) for grade in grades)


def _fact_of(part_id: str, fact_id: str) -> FactRule:
    part = next(part for part in METHOD.parts if part.id == part_id)
    return next(fact for fact in part.facts if fact.id == fact_id)


def _step(result: Scored, part_id: str, fact_id: str) -> int | None:
    return next(
        (
            fact.points_centi
            for part in result.parts
            if part.rule.id == part_id
            for fact in part.facts
            if fact.rule.id == fact_id
        ),
        None,
    )


@pytest.mark.usefixtures("imported")
def test_scores_are_spread_and_most_that_are_reviewed_have_one() -> None:
    found = spread(METHOD)
    totals = [bar for bar in found.bars if bar.count]

    assert found.scored >= 30
    assert len(totals) >= 8, "the totals cluster"
    assert found.highest <= found.scored / 3, "the totals cluster"
    assert sum(bar.count for bar in found.bars) == found.scored
    for one in found.sensitivities:
        assert one.doubled.correlation is not None
        assert -1 <= one.doubled.correlation <= 1


@pytest.mark.parametrize(
    ("ones", "others", "correlation"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 40], 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1),
        ([1, 2, 2, 3], [1, 2, 2, 3], 1),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),
        ([1, 1, 1], [1, 2, 3], None),
        ([], [], None),
    ],
)
def test_likeness_of_orders_is_spearmans(
    ones: list[int], others: list[int], correlation: float | None
) -> None:
    found = rank_correlation(ones, others)
    assert found == (None if correlation is None else pytest.approx(correlation))
