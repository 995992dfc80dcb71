"""About: how the facts were gathered, and what is missing, in numbers."""

from flask import Blueprint, render_template

from reviews_app.catalogue import coverage

bp = Blueprint("about", __name__)


@bp.get("/about")
def show() -> str:
    """What we did, what we did not do, and how much is known."""
    found = coverage.coverage()
    return render_template("about/show.html", coverage=found, attributes=found.by_attribute)
