"""Knows the headers every answer carries: what a browser may load, keep and tell others."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
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


def register(app: Flask) -> None:
    """Set the headers on every answer of `app`; a page may state a stricter one first."""
    always = dict(EVERY_ANSWER)
    if str(app.config["SITE_URL"]).startswith("https://"):
        always["Strict-Transport-Security"] = f"max-age={TWO_YEARS_SECONDS}; includeSubDomains"

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        return _caching(response)


def _caching(response: Response) -> Response:
    """A found page is kept for a minute and named by its content; anything else is not kept."""
    if "Cache-Control" in response.headers:
        return response
    if response.status_code not in {200, 301, 308}:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={PAGE_SECONDS}"
    if response.status_code == 200 and not response.is_streamed:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
