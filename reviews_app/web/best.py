"""The ranked lists: one a massage type or need, in the order of the published score."""

from flask import Blueprint, render_template, url_for

from reviews_app import browse
from reviews_app.advise import best_of as advice
from reviews_app.advise.best_of import Subject
from reviews_app.catalogue import massage_types as types
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.safety import Rule
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.web.links import address
from reviews_app.web.narrowing import address as listing_address

bp = Blueprint("best", __name__, url_prefix="/best")

NEVER = "do not use"
"""The strictest severity of a contraindication."""


@bp.get("")
def index() -> str:
    """Every ranked list that is published."""
    texts = {guide.slug: guide for guide in guidance.guides("best")}
    return render_template("best/index.html", subjects=advice.subjects(), texts=texts)


@bp.get("/<subject_id>")
def show(subject_id: str) -> str:
    """The ranked list of one massage type or need."""
    best = advice.best_of(subject_id)
    return render_template(
        "best/show.html",
        best=best,
        subject=best.subject,
        text=guidance.find_guide("best", subject_id, address),
        never=[rule for rule in _rules(best.subject) if rule.contraindication.severity == NEVER],
        scores=scores.scores_of([pick.card.id for pick in best.picks]),
        ratings=ratings_of([pick.card.id for pick in best.picks]),
        verdicts=reviews.verdicts([pick.card.slug for pick in best.picks]),
        meanings=guidance.grade_meanings(),
        check=url_for("check.new", type=subject_id if best.subject.kind == "type" else None),
        path_of=listing_address,
    )


def _rules(subject: Subject) -> list[Rule]:
    """The contraindications of the ways that the machines of a list work."""
    if subject.kind == "type":
        massage_type = types.get_massage_type(subject.id, {}).type
        mechanisms = types.mechanisms_of_type(massage_type, browse.Shelves().types_beside)
        return guidance.rules_for([one.id for one in mechanisms])
    return guidance.rules_for(guidance.get_need(subject.id).supported)
