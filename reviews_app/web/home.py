"""The front page: what this is, and the ways in."""

from collections.abc import Mapping

from flask import Blueprint, render_template, url_for

from reviews_app import browse
from reviews_app.advise import best_of
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.massage_types import areas, massage_types
from reviews_app.guidance import queries as guidance
from reviews_app.reviews import queries as reviews
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.scores import queries as scores
from reviews_app.web.filters import plural

bp = Blueprint("home", __name__)

MACHINES_A_ROW = 3
NEEDS_SHOWN = 8
FIRST_ARTICLE = "benefits-of-leg-massage"


@bp.get("/")
def show() -> str:
    """Ways in by need, by massage type and by the leg; the article; the highest scores."""
    guides = guidance.guides()
    shelves = browse.Shelves()
    forms = shelves.counts("form")
    ids = shelves.first_stating(MACHINES_A_ROW, "score", *browse.FOR_HOME, ("sort", "score"))
    highest = catalogue.cards(ids, shelves.main_currency)
    return render_template(
        "home/show.html",
        machines=sum(forms.values()),
        needs=guidance.needs(),
        needs_shown=NEEDS_SHOWN,
        leg=ways_by_leg(shelves.counts("area")),
        highest=highest,
        verdicts=reviews.verdicts([card.slug for card in highest]),
        scores=scores.scores_of([card.id for card in highest]),
        ratings=ratings_of([card.id for card in highest]),
        ranked=best_of.subjects(),
        article=next((guide for guide in guides if guide.slug == FIRST_ARTICLE), None),
        guides=[guide for guide in guides if guide.slug != FIRST_ARTICLE],
        types=massage_types(shelves.counts("type")),
        reviews=reviews.a_few(MACHINES_A_ROW),
    )


def ways_by_leg(machines: Mapping[str, int]) -> list[tuple[str, str, str, str]]:
    """Every part of the leg, foot first: its id, label, listing, and its number of `machines`."""
    return [
        (
            one.area.id,
            one.area.label,
            url_for("massagers.index", area=one.area.id),
            plural(one.machines, "machine"),
        )
        for one in areas(machines)
    ]
