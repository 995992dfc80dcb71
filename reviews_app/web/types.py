"""Massage types: what each is, what evidence says, who should not use it, which machines do it."""

from flask import Blueprint, render_template

from reviews_app.catalogue import massage_types as catalogue
from reviews_app.guidance import queries as guidance
from reviews_app.reviews import queries as reviews
from reviews_app.web.links import address

bp = Blueprint("types", __name__, url_prefix="/types")

MACHINES_SHOWN = 12


@bp.get("")
def index() -> str:
    """Every massage type in a sentence."""
    return render_template("types/index.html", types=catalogue.massage_types())


@bp.get("/<type_id>")
def show(type_id: str) -> str:
    """One massage type."""
    entry = catalogue.get_massage_type(type_id)
    mechanisms = catalogue.mechanisms_of_type(entry.type)
    ids = [mechanism.id for mechanism in mechanisms]
    machines = catalogue.machines_of_type(type_id, MACHINES_SHOWN)
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
            for other in catalogue.massage_types()
            if other.type.mechanism_id in ids and other.type.id != type_id
        ],
        guides=guidance.articles_mentioning("type", type_id),
        machines=machines,
        verdicts=reviews.verdicts([card.slug for card in machines]),
    )
