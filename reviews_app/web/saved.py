"""The page of what a reader saved, which the browser keeps and fills in, and cards for it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from reviews_app.catalogue import queries as catalogue
from reviews_app.compare import MOST
from reviews_app.reviews import queries as reviews
from reviews_app.scores import queries as scores

bp = Blueprint("saved", __name__)


@bp.get("/saved")
def show() -> str:
    """What is kept where, the same for everybody: the server does not know who saved what."""
    return render_template("saved/show.html", most=MOST)


@bp.get("/massagers/<slug>/card")
def card(slug: str) -> Response:
    """A machine as lists show it, by itself, for the page of saved machines to put in.

    Raises NotFound where there never was one, Gone where it left the catalogue.
    """
    product = catalogue.get_product(slug)
    [found] = catalogue.cards([product.id])
    html = render_template(
        "saved/card.html",
        card=found,
        verdict=reviews.verdicts([slug]).get(slug),
        score=scores.scores_of([product.id]).get(product.id),
    )
    return Response(html, mimetype="text/html", headers={"X-Robots-Tag": "noindex"})
