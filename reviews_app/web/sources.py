"""Sources: where everything on the site comes from, and what rests on each."""

from flask import Blueprint, render_template

from reviews_app.catalogue import bibliography
from reviews_app.guidance import queries as guidance

bp = Blueprint("sources", __name__, url_prefix="/sources")


@bp.get("")
def index() -> str:
    """Every source, strongest standing first."""
    return render_template("sources/index.html", groups=bibliography.sources_by_standing())


@bp.get("/<source_id>")
def show(source_id: str) -> str:
    """One source: what it says, and everything that cites it."""
    return render_template(
        "sources/show.html",
        source=bibliography.get_source(source_id),
        study=guidance.find_study(source_id),
        products=bibliography.product_mentions(source_id),
        mentions=guidance.mentions(source_id),
    )
