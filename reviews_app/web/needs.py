"""Needs: what to do first, which massage may help, and with what care."""

from flask import Blueprint, render_template

from reviews_app import browse
from reviews_app.advise.best_of import find_subject
from reviews_app.guidance import queries as guidance

bp = Blueprint("needs", __name__, url_prefix="/needs")


@bp.get("")
def index() -> str:
    """Every need."""
    return render_template("needs/index.html", needs=guidance.needs())


@bp.get("/<need_id>")
def show(need_id: str) -> str:
    """One need."""
    sheet = guidance.get_need(need_id)
    return render_template(
        "needs/show.html",
        sheet=sheet,
        machines=browse.Shelves().counts("need").get(need_id, 0),
        ranked=find_subject(need_id),
        meanings=guidance.grade_meanings(),
        guides=guidance.articles_mentioning("need", need_id),
    )
