"""A desk review as JSON: its texts in plain words, and what backs each statement."""

from __future__ import annotations

from reviews_app.api.shapes import Json, source_json
from reviews_app.reviews.queries import ReadingReview, Statement, words

LABEL = "Written from cited facts. We have not tested this machine."


def review_json(review: ReadingReview | None) -> Json | None:
    """The review of one machine; None where it has none."""
    if review is None:
        return None
    return {
        "label": LABEL,
        "verdict": words(review.verdict),
        "summary": words(review.summary),
        "good": [_statement(one) for one in review.good],
        "less_good": [_statement(one) for one in review.less_good],
        "best_for": [words(one) for one in review.best_for],
        "not_for": [words(one) for one in review.not_for],
        "unknown": [words(one) for one in review.unknown],
        "alternatives": [
            {"slug": one.slug, "name": one.name, "why": words(one.why)}
            for one in review.alternatives
        ],
        "body": [words(one) for one in review.body],
        "written_on": review.written_on,
        "checked_on": review.checked_on,
        "method": review.method,
        "by": review.by,
    }


def _statement(statement: Statement) -> Json:
    return {
        "text": words(statement.words),
        "facts": list(statement.facts),
        "missing": list(statement.missing),
        "sources": [source_json(one) for one in statement.sources],
        "claims": [one.id for one in statement.claims],
    }
