"""Desk reviews: all of them, by massage type."""

from flask import Blueprint, render_template

from reviews_app.reviews import queries as reviews

bp = Blueprint("reviews", __name__)


@bp.get("/reviews")
def index() -> str:
    """Every desk review with its verdict, and what a desk review is."""
    return render_template("reviews/index.html", shelves=reviews.shelves())
