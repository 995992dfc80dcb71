"""Safety: signs that want a doctor, and who should not use which massage."""

from flask import Blueprint, render_template

from reviews_app.guidance import queries as guidance

bp = Blueprint("safety", __name__)


@bp.get("/safety")
def show() -> str:
    """Red flags by urgency, then every contraindication, strictest first."""
    return render_template("safety/show.html", flags=guidance.red_flags(), rules=guidance.rules())
