"""Machines side by side as JSON: the same parameters and the same cells as the page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.api.errors import failure
from reviews_app.api.shapes import Json, problems_json, source_json, weights_json
from reviews_app.compare import MOST, BadLineup, Cell, Comparison, Group, Lineup, Row, compare
from reviews_app.scores import queries as scores

PATH = "/api/v1/compare"

bp = Blueprint("api_comparisons", __name__, url_prefix=PATH)


@bp.get("")
def show() -> AnyResponse | tuple[Response, int]:
    """Up to five machines side by side; of none an empty table."""
    asked = request.query_string.decode("latin-1")
    try:
        args = parse_qsl(asked, keep_blank_values=True, encoding="utf-8", errors="replace")
        lineup = Lineup.from_args(args, scores.published_weights())
        if address(lineup).partition("?")[2] != asked:
            return redirect(address(lineup), 301)
        return jsonify(_comparison(compare(lineup, browse.Shelves().main_currency)))
    except BadLineup as error:
        return _bad_lineup(error)


def address(lineup: Lineup) -> str:
    """The one path of a Lineup, here."""
    args = lineup.as_args()
    return f"{PATH}?{urlencode(args)}" if args else PATH


def _comparison(comparison: Comparison) -> Json:
    return {
        "machines": [
            {
                "slug": one.slug,
                "url": f"/api/v1/massagers/{one.slug}",
                "name": one.name,
                "brand": one.brand,
                "known": one.known,
                "applicable": one.applicable,
                "recalled": one.is_recalled,
            }
            for one in comparison.columns
        ],
        "currency": comparison.currency,
        "sizes": {part: str(size) for part, size in comparison.lineup.sizes},
        "weights": weights_json(comparison.lineup.weights),
        "only_differences": comparison.lineup.only_differences,
        "hidden": [{"id": row.id, "label": row.label} for row in comparison.hidden],
        "groups": [_group(one) for one in comparison.groups],
        "revision": comparison.revision,
    }


def _group(group: Group) -> Json:
    return {
        "id": group.id,
        "name": group.name,
        "note": group.note,
        "rows": [_row(row) for row in group.rows],
    }


def _row(row: Row) -> Json:
    return {
        "id": row.id,
        "label": row.label,
        "explanation": row.explanation,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> Json:
    """`text` is all that it says, `remarks` what stands beside it, with `best` the first."""
    return {
        "state": cell.state,
        "value": cell.value,
        "words": cell.words,
        "details": [part.words for part in cell.details],
        "text": cell.text,
        "best": cell.best,
        "weak": cell.weak,
        "remarks": list(cell.remarks),
        "sources": [source_json(source) for source in cell.sources],
    }


def _bad_lineup(error: BadLineup) -> tuple[Response, int]:
    """The first problem as the error, all of them beside it, and the ways on."""
    first, kept = error.problems[0], error.kept
    too_many = len(kept.slugs) > MOST
    return failure(
        error.status,
        first.code,
        first.message,
        first.parameter,
        first.value,
        problems=problems_json(error.problems),
        kept_url=address(kept.of(kept.slugs[:MOST])),
        machines=[
            {"slug": slug, "without_url": address(kept.without(slug)) if too_many else None}
            for slug in kept.slugs[: MOST + 1]
        ],
    )
