"""The parts that several answers are made of: sources, cards, prices, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reviews_app.catalogue.cards import Card
from reviews_app.catalogue.prices import Price
from reviews_app.catalogue.sources import Source
from reviews_app.errors import Problem
from reviews_app.guidance.claims import Finding
from reviews_app.guidance.references import Reference
from reviews_app.reviews.readers.rating import Rating
from reviews_app.scores.queries import ScoreOfProduct
from reviews_app.scores.weights import Weights

Json = dict[str, Any]


def source_json(source: Source) -> Json:
    """Where something comes from; `seen_on` is the day our copy was read."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "standing": source.standing.value,
        "url": source.url,
        "published": source.published,
        "seen_on": source.seen_on,
    }


def sources_json(references: Iterable[Reference]) -> list[Json]:
    """The sources behind something, with the finding where one is a study."""
    return [
        {**source_json(one.source), "finding": one.study.finding if one.study else None}
        for one in references
    ]


def card_json(card: Card) -> Json:
    """A machine in a list, as its card shows it."""
    return {
        "slug": card.slug,
        "url": f"/api/v1/massagers/{card.slug}",
        "name": card.name,
        "brand": card.brand.label if card.brand else None,
        "brand_id": card.brand.id if card.brand else None,
        "form": card.form.id,
        "types": [one.id for one in card.types],
        "areas": [one.id for one in card.areas],
        "audience": card.audience,
        "recalled": card.is_recalled,
        "facts": [
            {
                "attribute": one.attribute.id,
                "label": one.attribute.label,
                "value": one.value,
                "words": one.words,
                "weak": one.weak,
            }
            for one in card.facts
        ],
        "known": card.known,
        "applicable": card.applicable,
        "price": price_json(card.price),
        "priced_in": list(card.priced_in),
    }


def score_json(score: ScoreOfProduct | None) -> Json | None:
    """A score as its card shows it, in hundredths; None before a method was published."""
    if score is None:
        return None
    total = score.total.points_centi
    return {
        "total": None if total is None else total / 100,
        "coverage_percent": score.total.coverage_percent,
        "method_version": score.version,
        "reason": score.reason.value if score.reason else None,
        "parts": [
            {
                "id": one.rule.id,
                "label": one.rule.label,
                "weight": one.weight,
                "points": None if one.score.points_centi is None else one.score.points_centi / 100,
                "coverage_percent": one.score.coverage_percent,
            }
            for one in score.parts
        ],
    }


def rating_json(rating: Rating | None) -> Json:
    """What readers gave a machine, as its card shows it; nothing is counted where nobody has."""
    if rating is None:
        return {"published": 0, "counted": 0, "mean": None, "mean_with_prior": None}
    mean, shrunk = rating.mean_centi, rating.shrunk_centi
    return {
        "published": rating.published,
        "counted": rating.counted,
        "mean": None if mean is None else mean / 100,
        "mean_with_prior": None if shrunk is None else shrunk / 100,
    }


def weights_json(weights: Weights | None) -> Json | None:
    """The weights that count, by part, and whether they are the method's; None without a method."""
    if weights is None:
        return None
    return {"parts": weights.by_part, "are_published": weights.is_own}


def price_json(price: Price | None) -> Json | None:
    """A price in whole units of its currency, with the month it was seen in."""
    if price is None:
        return None
    return {
        "amount": price.amount_cents / 100,
        "currency": price.currency,
        "as_of": price.as_of,
        "old": price.is_old(),
    }


def finding_json(finding: Finding) -> Json:
    """The grade of a claim for one mechanism, and what it rests on."""
    return {
        "claim": finding.claim.id,
        "title": finding.claim.title,
        "mechanism": finding.mechanism.id,
        "grade": finding.grade,
        "note": finding.note,
        "sources": sources_json(finding.references),
    }


def problems_json(problems: Iterable[Problem]) -> list[Json]:
    """Everything wrong with a question, as `failure` says it of the first."""
    return [
        {
            "code": one.code,
            "message": one.message,
            "parameter": one.parameter,
            "value": one.value,
        }
        for one in problems
    ]


def number(value: Decimal | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
