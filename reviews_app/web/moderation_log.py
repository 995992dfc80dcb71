"""The moderation log: every decision with its reason and time, and nobody's data."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.errors import NotFound
from reviews_app.reviews.readers import history, log, numbers
from reviews_app.reviews.readers.rules import LATE_AFTER

bp = Blueprint("moderation_log", __name__)


@bp.get("/moderation-log")
def index() -> str:
    """A page of the log, newest first, and what it adds up to."""
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 9):
        raise NotFound("The log has no such page.", parameter="page", value=page)
    found = history.history(int(page))
    return render_template(
        "moderation_log/index.html",
        history=found,
        months=history.by_month() if found.page == 1 else (),
        head=log.head(),
        fates=numbers.fates(accounts.now()) if found.page == 1 else None,
        late_after_days=LATE_AFTER.days,
        path_of_page=lambda number: url_for(
            "moderation_log.index", page=number if number > 1 else None
        ),
    )


@bp.get("/moderation-log/<int:number>")
def show(number: int) -> Response:
    """Lead to an entry, on whichever page it stands now."""
    page = history.page_of(number)
    return redirect(
        url_for("moderation_log.index", page=page if page > 1 else None, _anchor=f"entry-{number}")
    )
