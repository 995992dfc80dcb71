"""What machines ask of the site: where they may go, what there is, and whether it is well."""

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.advise import best_of
from reviews_app.catalogue import directory
from reviews_app.catalogue.massage_types import types as massage_types
from reviews_app.catalogue.queries import current_revision
from reviews_app.guidance import queries as guidance
from reviews_app.reviews.readers.shelf import reviewed_slugs
from reviews_app.scores import queries as scores
from reviews_app.web.links import address

bp = Blueprint("feeds", __name__)

SINGLE_PAGES = (
    "home.show",
    "massagers.index",
    "comparisons.show",
    "reviews.index",
    "review_policy.show",
    "moderation_log.index",
    "best.index",
    "brands.index",
    "types.index",
    "needs.index",
    "guides.index",
    "claims.index",
    "safety.show",
    "check.new",
    "recalls.index",
    "finder.show",
    "glossary.index",
    "questions.index",
    "methodology.index",
    "sources.index",
    "about.show",
)
MOST_ADDRESSES = 50_000
"""A sitemap holds no more (sitemaps.org); the guidance comes first, so machines are cut off."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Pages are for everyone; the endless addresses of filters are not for crawlers."""
    text = render_template("feeds/robots.txt", site_url=current_app.config["SITE_URL"])
    return Response(text, mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page meant to be found: sources and lists of raw facts are reached from those."""
    paths = [url_for(endpoint) for endpoint in SINGLE_PAGES]
    paths += [address("type", one.id) for one in massage_types()]
    paths += [address("need", need.id) for need in guidance.needs()]
    paths += [address("best", subject.id) for subject in best_of.subjects()]
    paths += [address("guide", guide.slug) for guide in guidance.guides()]
    paths += [address("claim", claim.id) for claim in guidance.claims()]
    paths += [url_for("methodology.show", version=one.version) for one in scores.methods()]
    paths += [address("brand", brand_id) for brand_id in directory.brand_ids()]
    paths += [url_for("reader_reviews.index", slug=slug) for slug in reviewed_slugs()]
    room = MOST_ADDRESSES - len(paths)
    paths += [address("massager", slug) for slug in directory.product_slugs(room)]
    site_url = current_app.config["SITE_URL"]
    xml = render_template("feeds/sitemap.xml", addresses=[site_url + path for path in paths])
    return Response(xml, mimetype="application/xml")


@bp.get("/healthz")
def health() -> Response:
    """That the site answers and can read its database; 503 until the browse index is there."""
    state, status = ("ok", 200) if browse.is_ready() else ("not ready: the index is built", 503)
    text = f"{state}, revision {current_revision()}\n"
    response = Response(text, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Where browsers look without having been told."""
    return redirect(url_for("static", filename="images/favicon.svg"), code=301)
