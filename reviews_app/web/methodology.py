"""How scores come about: what they are, how they are spread, and every version of the method."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, Response, render_template

from reviews_app.catalogue.directory import forms
from reviews_app.catalogue.queries import all_attributes, current_revision
from reviews_app.catalogue.units import unit_words
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.guidance.models import Grade
from reviews_app.scores import queries as scores
from reviews_app.scores.computing import in_words
from reviews_app.scores.spread import spread
from reviews_app.web.fragments import fragments

bp = Blueprint("methodology", __name__)
bp.add_app_template_filter(in_words, "points")


@bp.get("/methodology")
def index() -> str:
    """What a score is and is not, the spread of totals, and what the order hangs on."""
    rules = scores.current_rules()
    kept = fragments(current_revision())
    return render_template(
        "methodology/index.html",
        rules=rules,
        spread=kept.once("spread", lambda: spread(rules)) if rules else None,
        versions=scores.methods(),
    )


@bp.get("/methodology/<int:version>")
def show(version: int) -> str:
    """One version of the method: every part, fact, map, weight and reason, from its file."""
    method = scores.get_method(version)
    attributes = {one.id: one for one in all_attributes()}
    return render_template(
        "methodology/show.html",
        rules=scores.rules_of(method),
        attributes=attributes,
        forms={one.id: one for one in forms()},
        option_words=partial(_option_words, attributes),
        unit_of=partial(_unit_of, attributes),
    )


@bp.get("/methodology/<int:version>.toml")
def document(version: int) -> Response:
    """The file of that version, to the byte."""
    return Response(scores.get_method(version).document, mimetype="application/toml")


def _unit_of(attributes: Mapping[str, Attribute], reads: str) -> str:
    """What stands behind a number that is read, with its space; "" where it is only counted."""
    if reads == "share-stated":
        return "%"
    unit = attributes[reads].unit if reads in attributes else None
    return f" {unit_words(unit)}" if unit else ""


def _option_words(attributes: Mapping[str, Attribute], reads: str, option: str) -> str:
    """An answer as a reader knows it."""
    if reads == "best-grade":
        return Grade(option).label
    declared = attributes[reads].options if reads in attributes else []
    labels = {one["id"]: one["label"] for one in declared}
    return labels.get(option, option.capitalize())
