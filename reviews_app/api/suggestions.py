"""What the words that a reader is typing may mean: a few choices and machines, as JSON."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.api.errors import failure
from reviews_app.api.shapes import Json
from reviews_app.browse import BadSelection, Selection
from reviews_app.browse.suggestions import Choice
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card

PATH = "/api/v1/suggestions"

bp = Blueprint("api_suggestions", __name__, url_prefix=PATH)


@bp.get("")
def index() -> AnyResponse | tuple[Response, int]:
    """Where the words `q` may lead, as the listing reads them; without words nowhere."""
    asked = request.query_string.decode("latin-1")
    args = parse_qsl(asked, keep_blank_values=True, encoding="utf-8", errors="replace")
    try:
        words = [("q", value) for name, value in args if name == "q"]
        selection = Selection.from_args(words, browse.vocabulary())
    except BadSelection as error:
        first, *_ = error.problems
        return failure(error.status, first.code, first.message, first.parameter, first.value)
    if selection.query != asked:
        return redirect(f"{PATH}?{selection.query}" if selection.words else PATH, 301)
    found = browse.suggest(selection)
    choices = [_choice(one) for one in found.choices]
    machines = [_machine(one) for one in catalogue.cards(found.machines)]
    return jsonify(q=selection.words, suggestions=[*choices, *machines], revision=browse.revision())


def _choice(one: Choice) -> Json:
    """An option of a facet: its listing has `count` machines."""
    query = urlencode([(one.facet.name, one.option.value)])
    return {
        "kind": one.facet.name,
        "id": one.option.value,
        "label": one.option.label,
        "note": one.facet.label,
        "count": one.count,
        "url": f"/api/v1/massagers?{query}",
        "page": f"/massagers?{query}",
    }


def _machine(card: Card) -> Json:
    """A machine that the words find."""
    return {
        "kind": "massager",
        "id": card.slug,
        "label": card.name,
        "note": ", ".join([card.brand.label, card.form.label] if card.brand else [card.form.label]),
        "count": None,
        "url": f"/api/v1/massagers/{card.slug}",
        "page": f"/massagers/{card.slug}",
    }
