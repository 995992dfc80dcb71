"""Claims: what is said of leg massage, and how strong the evidence is."""

from flask import Blueprint, render_template

from reviews_app import browse
from reviews_app.guidance import queries as guidance

bp = Blueprint("claims", __name__, url_prefix="/claims")


@bp.get("")
def index() -> str:
    """Every claim with its grade."""
    return render_template(
        "claims/index.html", claims=guidance.claims(), meanings=guidance.grade_meanings()
    )


@bp.get("/<claim_id>")
def show(claim_id: str) -> str:
    """One claim with its grade for every mechanism and its studies."""
    sheet = guidance.get_claim(claim_id)
    return render_template(
        "claims/show.html",
        sheet=sheet,
        machines=browse.Shelves().counts("claim").get(claim_id, 0),
        meanings=guidance.grade_meanings(),
        mentions=guidance.articles_mentioning("claim", claim_id),
    )
