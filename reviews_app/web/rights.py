"""Knows who may do what: one table for every route, asked before any page thinks.

A route that is not in the table answers nobody, and a test wants a row for every route. Public
pages know no visitor: they have no session, so that anybody, a cache among them, may keep them.
All others are asked here for the token of their form, for where a request comes from and for roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from reviews_app.accounts.roles import ADMIN, EDITOR, MODERATOR, READER, ROLES
from reviews_app.db import writing
from reviews_app.errors import NotFound
from reviews_app.web import security_log
from reviews_app.web.limiting import refuse_too_many
from reviews_app.web.signed_in import NotSignedIn, current_account

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
OURS = frozenset({"same-origin", "none"})
"""What a browser says of a request that one of our pages or its own user made."""


@dataclass(frozen=True)
class Right:
    """Who a route answers: people with one of these roles; visitors too; or all alike."""

    roles: frozenset[str]
    visitors: bool = False
    public: bool = False


PUBLIC = Right(frozenset(ROLES), visitors=True, public=True)
ANYONE = Right(frozenset(ROLES), visitors=True)
SIGNED_IN = Right(frozenset(ROLES))
NOBODY = Right(frozenset())


def only(*roles: str) -> Right:
    """For people with one of these roles."""
    return Right(frozenset(roles))


READERS = only(READER)
MODERATORS = only(MODERATOR)
EDITORS = only(EDITOR)
ADMINS = only(ADMIN)

PUBLIC_ROUTES = (
    "about.show",
    "api_comparisons.show",
    "api_guidance.show_claim",
    "api_guidance.show_guide",
    "api_guidance.show_need",
    "api_guidance.show_type",
    "api_massagers.index",
    "api_massagers.score",
    "api_massagers.show",
    "api_moderation_log.index",
    "api_reader_reviews.index",
    "api_recalls.index",
    "api_suggestions.index",
    "assets.show",
    "best.index",
    "best.show",
    "brands.index",
    "brands.show",
    "check.create",
    "check.new",
    "claims.index",
    "claims.show",
    "comparisons.candidates",
    "comparisons.file",
    "comparisons.show",
    "feeds.favicon",
    "feeds.health",
    "feeds.robots",
    "feeds.sitemap",
    "finder.create",
    "finder.new",
    "finder.show",
    "glossary.index",
    "guides.index",
    "guides.show",
    "home.show",
    "massagers.data",
    "massagers.index",
    "massagers.score",
    "massagers.show",
    "methodology.document",
    "methodology.index",
    "methodology.show",
    "moderation_log.index",
    "moderation_log.show",
    "needs.index",
    "needs.show",
    "questions.index",
    "reader_reviews.index",
    "recalls.feed",
    "recalls.index",
    "review_policy.show",
    "reviews.index",
    "safety.show",
    "saved.card",
    "saved.show",
    "sources.index",
    "sources.show",
    "static",
    "styleguide.show",
    "types.index",
    "types.show",
)

ACCOUNT_ROUTES = {
    "accounts.data": SIGNED_IN,
    "accounts.end_session": SIGNED_IN,
    "accounts.end_sessions": SIGNED_IN,
    "accounts.leave": SIGNED_IN,
    "accounts.leaving": SIGNED_IN,
    "accounts.rename": SIGNED_IN,
    "accounts.show": SIGNED_IN,
    "accounts.update_email": ANYONE,
    "security.change_email": SIGNED_IN,
    "security.change_email_confirm": ANYONE,
    "security.change_password": SIGNED_IN,
    "security.confirm_email": ANYONE,
    "security.forgot_password": ANYONE,
    "security.login": ANYONE,
    "security.logout": ANYONE,
    "security.register": ANYONE,
    "security.reset_password": ANYONE,
    "security.send_confirmation": ANYONE,
    "security.verify": SIGNED_IN,
    "security.two_factor_setup": ANYONE,
    "security.two_factor_setup_validate": SIGNED_IN,
    "security.two_factor_token_validation": ANYONE,
    "security.mf_recovery": ANYONE,
    "security.mf_recovery_codes": SIGNED_IN,
    # Made by Flask-Security whether wanted or not.
    "security.tf_select": NOBODY,
    "security.two_factor_rescue": NOBODY,
}

REVIEW_ROUTES = {
    "review_form.new": ANYONE,
    "review_form.create": ANYONE,
    "own_reviews.index": READERS,
    "own_reviews.appeal": READERS,
    "own_reviews.withdrawal": READERS,
    "own_reviews.withdraw": READERS,
    "review_votes.show": READERS,
    "review_votes.update": READERS,
    "review_reports.new": ANYONE,
    "review_reports.create": ANYONE,
    "review_reports.show": ANYONE,
    "review_answers.new": READERS,
    "review_answers.create": READERS,
    "moderation.decide_answer": MODERATORS,
    "moderation.index": MODERATORS,
    "moderation.show": MODERATORS,
    "moderation.decide": MODERATORS,
    "moderation.take_down": MODERATORS,
    "moderation.clear": MODERATORS,
    "moderation.ban": MODERATORS,
    "moderation.decide_ban": MODERATORS,
}

RIGHTS: dict[str, Right] = {
    **dict.fromkeys(PUBLIC_ROUTES, PUBLIC),
    **ACCOUNT_ROUTES,
    **REVIEW_ROUTES,
}


def is_public(endpoint: str | None) -> bool:
    """Whether a route gives everybody the same; where there is no route, so does its error page."""
    return endpoint is None or of(endpoint).public


def of(endpoint: str) -> Right:
    """Who may what of a route; of one without a row nobody may anything."""
    return RIGHTS.get(endpoint, NOBODY)


def wants_sign_in(right: Right) -> bool:
    """Whether nobody is signed in, and has to be."""
    return current_account() is None and bool(right.roles) and not right.visitors


def register(app: Flask) -> None:
    """Ask before every page of `app`, and see that no copy of a personal one is kept."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked here, for personal pages
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a token lives as long as its session
    app.config["WTF_CSRF_SSL_STRICT"] = False  # the browser says where it comes from, see below
    tokens = CSRFProtect(app)

    @app.before_request
    def ask() -> AnyResponse | None:
        if is_public(request.endpoint):
            return None
        _refuse_no_address()
        with security_log.watched():
            if request.method not in SAFE:
                _refuse_other_sites(str(app.config["SITE_URL"]))
                _refuse_no_form()
                tokens.protect()
                refuse_too_many(str(request.endpoint))
                writing()
            return _refuse_who_may_not(of(str(request.endpoint)))

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        if not is_public(request.endpoint):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "same-origin"
        return response


def _refuse_other_sites(site_url: str) -> None:
    """Raise Forbidden where a page of another site sent this; the token is asked for besides."""
    comes_from = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign_site = comes_from is not None and comes_from not in OURS
    foreign_origin = origin is not None and origin not in {site_url, request.host_url.rstrip("/")}
    if foreign_site or foreign_origin:
        raise Forbidden("This was sent from a page of another site, so we have done nothing.")


def _refuse_no_address() -> None:
    """Raise BadRequest for a way on that is no address at all; one that is not ours is not gone."""
    try:
        for way_on in request.values.getlist("next"):
            urlsplit(way_on)
    except ValueError:
        raise BadRequest("The page to go on to is no address, so we have done nothing.") from None


def _refuse_no_form() -> None:
    """Raise UnsupportedMediaType for a body that no form of ours sends."""
    if request.content_length and request.mimetype not in FORMS:
        raise UnsupportedMediaType("What was sent is no form, so we have done nothing.")


def _refuse_who_may_not(right: Right) -> AnyResponse | None:
    if wants_sign_in(right):
        return _to_sign_in()
    account = current_account()
    may = right.visitors if account is None else bool(right.roles & account.role_names)
    if may:
        return None
    raise NotFound("The address may be mistyped, or the page is not for your account.")


def _to_sign_in() -> AnyResponse:
    """The way to sign in, and from there back to what was asked for.

    Raises NotSignedIn for a form: what was typed into it would be lost on the way.
    """
    if request.method not in SAFE:
        raise NotSignedIn
    security_log.refused(security_log.NOT_SIGNED_IN)
    back = request.full_path.rstrip("?")
    return redirect(url_for("security.login", next=back), HTTPStatus.SEE_OTHER)
