"""How reader reviews are handled, in plain words made from the rules that run."""

from flask import Blueprint, render_template

from reviews_app.reviews.readers import rules

bp = Blueprint("review_policy", __name__)


@bp.get("/reviews/policy")
def show() -> str:
    """Everything a reader, an author or a maker may want to know."""
    return render_template("review_policy/show.html", rules=rules)
