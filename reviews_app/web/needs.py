"""Needs: what to do first, which massage may help, and with what care."""

from flask import Blueprint, render_template

from reviews_app.catalogue.massage_types import count_acting_by
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
        machines=count_acting_by(sheet.supported),
        meanings=guidance.grade_meanings(),
        guides=guidance.articles_mentioning("need", need_id),
    )
