"""Recalls: the register as a page and as a feed."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from reviews_app.catalogue import recalls
from reviews_app.catalogue.recalls import Notice
from reviews_app.catalogue.records import slugified

bp = Blueprint("recalls", __name__)

BEFORE_ANYTHING = "1970-01-01"
"""A feed must say when it changed last, also one in which nothing ever did."""


@bp.app_template_filter()
def recall_anchor(notice: Notice) -> str:
    """The name of a notice within the register, which no later notice takes."""
    one = notice.recall
    return f"{notice.slug}-{slugified(f'{one.regulator} {one.notice_number}')}"


@bp.get("/recalls")
def index() -> str:
    """Every notice, open ones first; or what was read to find none, and when."""
    return render_template(
        "recalls/index.html", notices=recalls.register(), reading=recalls.reading()
    )


@bp.get("/recalls.atom")
def feed() -> Response:
    """The same as an Atom feed (RFC 4287)."""
    notices, reading = recalls.register(), recalls.reading()
    days = [one.last_on.isoformat() for one in notices]
    xml = render_template(
        "recalls/feed.xml",
        notices=notices,
        site_url=current_app.config["SITE_URL"],
        updated_on=max([*days, reading.checked_on or BEFORE_ANYTHING]),
    )
    return Response(xml, content_type="application/atom+xml; charset=utf-8")
