"""Massage types: what each is, what evidence says, who should not use it, which machines do it."""

from flask import Blueprint, render_template

from reviews_app import browse
from reviews_app.advise.best_of import find_subject
from reviews_app.catalogue import massage_types as catalogue
from reviews_app.catalogue.queries import cards
from reviews_app.guidance import queries as guidance
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.web.links import address

bp = Blueprint("types", __name__, url_prefix="/types")

MACHINES_SHOWN = 6


@bp.get("")
def index() -> str:
    """Every massage type in a sentence."""
    machines = browse.Shelves().counts("type")
    return render_template("types/index.html", types=catalogue.massage_types(machines))


@bp.get("/<type_id>")
def show(type_id: str) -> str:
    """One massage type."""
    shelves = browse.Shelves()
    entry = catalogue.get_massage_type(type_id, shelves.counts("type"))
    mechanisms = catalogue.mechanisms_of_type(entry.type, shelves.types_beside)
    ids = [mechanism.id for mechanism in mechanisms]
    best_documented = shelves.first(MACHINES_SHOWN, ("type", type_id), ("sort", "facts"))
    machines = cards(best_documented, shelves.main_currency)
    own = [] if entry.type.mechanism_id is None else ids
    return render_template(
        "types/show.html",
        entry=entry,
        type=entry.type,
        text=guidance.find_guide("type", type_id, address),
        mechanisms=mechanisms,
        findings=guidance.findings_for(own),
        meanings=guidance.grade_meanings(),
        rules=guidance.rules_for(ids),
        needs=guidance.answers_of(own),
        relatives=[
            other
            for other in catalogue.massage_types(shelves.counts("type"))
            if other.type.mechanism_id in ids and other.type.id != type_id
        ],
        guides=guidance.articles_mentioning("type", type_id),
        machines=machines,
        ranked=find_subject(type_id),
        verdicts=reviews.verdicts([card.slug for card in machines]),
        scores=scores.scores_of([card.id for card in machines]),
        ratings=ratings_of([card.id for card in machines]),
    )
