"""The front page: what this is, and the ways in."""

from collections.abc import Mapping

from flask import Blueprint, render_template, url_for

from reviews_app import browse
from reviews_app.advise import best_of
from reviews_app.browse.sorts import RELEASE_YEAR
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.massage_types import areas, massage_types
from reviews_app.guidance import queries as guidance
from reviews_app.reviews import queries as reviews
from reviews_app.scores import queries as scores
from reviews_app.web.filters import plural

bp = Blueprint("home", __name__)

MACHINES_A_ROW = 3
FIRST_ARTICLE = "benefits-of-leg-massage"


@bp.get("/")
def show() -> str:
    """Ways in by need, by massage type and by the leg; the article; a few machines."""
    guides = guidance.guides()
    shelves = browse.Shelves()
    ids = shelves.first_stating(MACHINES_A_ROW, RELEASE_YEAR, *browse.FOR_HOME, ("sort", "newest"))
    newest = catalogue.cards(ids, shelves.main_currency)
    ids = shelves.first(MACHINES_A_ROW, *browse.FOR_HOME, ("sort", "facts"))
    best_documented = catalogue.cards(ids, shelves.main_currency)
    return render_template(
        "home/show.html",
        needs=guidance.needs(),
        types=massage_types(shelves.counts("type")),
        leg=ways_by_leg(shelves.counts("area")),
        article=next((guide for guide in guides if guide.slug == FIRST_ARTICLE), None),
        guides=[guide for guide in guides if guide.slug != FIRST_ARTICLE],
        ranked=best_of.subjects(),
        newest=newest,
        best_documented=best_documented,
        verdicts=reviews.verdicts([card.slug for card in (*newest, *best_documented)]),
        scores=scores.scores_of([card.id for card in (*newest, *best_documented)]),
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
