"""Knows the headers every answer carries: what a browser may load, keep and tell others."""

import re

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types legwise",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

EVERY_ANSWER = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

TWO_YEARS_SECONDS = 63_072_000
PAGE_SECONDS = 60
"""How long a public page may be shown without asking again; then its entity tag is compared."""

PUBLIC = f"public, max-age={PAGE_SECONDS}"

LIVE = re.compile(r"(?:/api/v1)?(?:/massagers/[^/]+/reviews|/moderation-log(?:/.*)?)")
"""Public pages that change without a new revision, as when a reader votes."""

ASKED_EACH_TIME = "public, no-cache"
"""Anybody may keep a live page, and asks whether it is still true before it is shown again."""

TAG = "legwise.tag"
"""Where the environment of a request holds the tag of whatever is answered (`web/kept.py`)."""


def register(app: Flask) -> None:
    """Set the headers on every answer of `app`; a page may state a stricter one first."""
    headers = always(app)

    @app.after_request
    def set_headers(response: Response) -> Response:
        stated = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  (a list of pairs)
        for name, value in headers.items():
            if name.lower() not in stated:
                response.headers.add(name, value)
        return _caching(response)


def always(app: Flask) -> dict[str, str]:
    """The headers of every answer of `app`, whatever it is."""
    if not str(app.config["SITE_URL"]).startswith("https://"):
        return EVERY_ANSWER
    strict = f"max-age={TWO_YEARS_SECONDS}; includeSubDomains"
    return {**EVERY_ANSWER, "Strict-Transport-Security": strict}


def _caching(response: Response) -> Response:
    """A found page is kept for a minute and named by its content; anything else is not kept."""
    if "Cache-Control" in response.headers:
        return response
    if response.status_code not in {200, 301, 308}:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = ASKED_EACH_TIME if LIVE.fullmatch(request.path) else PUBLIC
    if response.status_code == 200 and not response.is_streamed:
        _name(response)
        if "HTTP_IF_NONE_MATCH" in request.environ:
            response.make_conditional(request)
    return response


def _name(response: Response) -> None:
    """By what it was made from where that is known, else by its content."""
    tag = request.environ.get(TAG)
    if tag is None:
        response.add_etag(weak=True)
    else:
        response.set_etag(tag, weak=True)
