"""Questions readers ask, with short answers and their sources."""

from flask import Blueprint, render_template

from reviews_app.guidance import queries as guidance

bp = Blueprint("questions", __name__)


@bp.get("/questions")
def index() -> str:
    """Every question with its answer."""
    return render_template("questions/index.html", questions=guidance.questions())
