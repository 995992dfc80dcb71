"""The glossary: words with their plain meaning."""

from flask import Blueprint, render_template

from reviews_app.guidance import queries as guidance

bp = Blueprint("glossary", __name__)


@bp.get("/glossary")
def index() -> str:
    """Every term."""
    return render_template("glossary/index.html", entries=guidance.terms())
