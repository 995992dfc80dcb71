"""Every step from facts to a total as plain data, so that anyone can work a score out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.sources import Source
from reviews_app.db import db
from reviews_app.scores.queries import current_rules, steps_of
from reviews_app.scores.records import MethodRecord
from reviews_app.scores.scoring import FactStep, PartStep, Scored

Plain = dict[str, Any]


def workings(product: Product) -> Plain | None:
    """The score of a product with every step; None before a method was published.

    Points are out of ten, with two decimals. A fact that nobody states has the value None. What
    does not apply to a machine of its form is left out.
    """
    rules, steps = current_rules(), steps_of(product)
    if rules is None or steps is None:
        return None
    sources = _sources(steps)
    return {
        "product": product.slug,
        "form": product.form_id,
        "audience": product.audience,
        "method": {
            "version": rules.version,
            "published_on": rules.published_on.isoformat(),
            "url": f"/methodology/{rules.version}",
            "document_url": f"/methodology/{rules.version}.toml",
        },
        "parts": [_part(part, sources) for part in steps.parts],
        **_total(steps, rules),
    }


def _total(steps: Scored, rules: MethodRecord) -> Plain:
    return {
        "coverage_percent": steps.total.coverage_percent,
        "floor_percent": rules.floor_percent,
        "cap": _points(steps.cap_centi),
        "total": _points(steps.total.points_centi),
        "reason": steps.reason.value if steps.reason else None,
    }


def _part(part: PartStep, sources: Mapping[str, Source]) -> Plain:
    return {
        "id": part.rule.id,
        "label": part.rule.label,
        "weight": part.rule.weight,
        "facts": [_fact(step, sources) for step in part.facts],
        "coverage_percent": part.score.coverage_percent,
        "points": _points(part.score.points_centi),
    }


def _fact(step: FactStep, sources: Mapping[str, Source]) -> Plain:
    reading = step.reading
    return {
        "id": step.rule.id,
        "label": step.rule.label,
        "reads": step.rule.reads,
        "weight": step.rule.weight,
        "value": reading.value if reading else None,
        "sources": [
            {"id": one, "standing": sources[one].standing.value}
            for one in (reading.sources if reading else ())
        ],
        "made_from": list(reading.made_from) if reading else [],
        "map": {"points": step.map.points} if step.map.points else {"options": step.map.options},
        "points": _points(step.points_centi),
    }


def _sources(steps: Scored) -> dict[str, Source]:
    ids = {
        one
        for part in steps.parts
        for fact in part.facts
        if fact.reading
        for one in fact.reading.sources
    }
    return {one.id: one for one in db.session.scalars(sa.select(Source).where(Source.id.in_(ids)))}


def _points(centi: int | None) -> float | None:
    return None if centi is None else centi / 100
