"""What the words that a reader is typing may mean: a few choices, pages and machines, as JSON."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.api.errors import failure
from reviews_app.api.shapes import Json
from reviews_app.browse import BadSelection, Selection, Topic
from reviews_app.browse.suggestions import Choice
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card

PATH = "/api/v1/suggestions"

PAGES = {
    "red_flag": "/safety#{}",
    "contraindication": "/safety#{}",
    "need": "/needs/{}",
    "question": "/questions#{}",
    "type": "/types/{}",
    "claim": "/claims/{}",
    "guide": "/guides/{}",
    "term": "/glossary#{}",
}
"""Where a topic of each kind is told."""

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
    topics = [_topic(one) for one in found.topics]
    machines = [_machine(one) for one in catalogue.cards(found.machines)]
    suggestions = [*choices, *topics, *machines]
    return jsonify(q=selection.words, suggestions=suggestions, revision=browse.revision())


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


def _topic(one: Topic) -> Json:
    """A page of the guidance, or a place on one; the note says what kind of page."""
    page = PAGES[one.kind].format(one.id)
    return {
        "kind": "page",
        "id": one.id,
        "label": one.label,
        "note": one.note,
        "count": None,
        "url": None if "#" in page else f"/api/v1{page}",
        "page": page,
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
