"""Guides: the articles, with the evidence standing in them."""

from flask import Blueprint, render_template

from reviews_app.guidance import queries as guidance
from reviews_app.web.links import address

bp = Blueprint("guides", __name__, url_prefix="/guides")


@bp.get("")
def index() -> str:
    """Every guide with its summary."""
    return render_template("guides/index.html", guides=guidance.guides())


@bp.get("/<slug>")
def show(slug: str) -> str:
    """One guide."""
    return render_template(
        "guides/show.html",
        reading=guidance.get_guide(slug, address),
        flags=guidance.red_flags(),
        meanings=guidance.grade_meanings(),
        others=[guide for guide in guidance.guides() if guide.slug != slug],
    )
