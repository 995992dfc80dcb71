"""Knows which requests no page should have to think about: they are answered before any does."""

from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

LONGEST_QUERY_BYTES = 4000
LARGEST_BODY_BYTES = 64 * 1024


def register(app: Flask) -> None:
    """Refuse hostile addresses first, before any other check or page of `app`."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    app.before_request(refuse_hostile)
    app.after_request(lead_by_path)
    proxies = int(app.config["TRUSTED_PROXIES"])
    if proxies:
        # Only what our own servers add is believed, counted from the end of the list.
        believing = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)
        app.wsgi_app = believing  # type: ignore[method-assign]


def refuse_hostile() -> None:
    """Raise BadRequest for an address that is no text, RequestURITooLarge for an endless one."""
    query: str = request.environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY_BYTES:
        raise RequestURITooLarge(
            f"The part of the address after the question mark has {len(query):,} characters."
            f" We read up to {LONGEST_QUERY_BYTES:,}."
        )
    path: str = request.environ.get("PATH_INFO", "")
    for part, raw in (("path", _bytes(path)), ("question", unquote_to_bytes(_bytes(query)))):
        if not _is_text(raw):
            raise BadRequest(
                f"The {part} in this address holds signs that are not text, so we cannot read it."
            )


def lead_by_path(response: Response) -> Response:
    """Take the host out of where a redirect leads: whoever asks says it, and caches keep it."""
    location = response.headers.get("Location", "")
    if location.startswith(request.host_url):
        response.headers["Location"] = f"/{location.removeprefix(request.host_url).lstrip('/')}"
        response.set_data(b"")  # it says the same address
    return response


def _bytes(text: str) -> bytes:
    """The bytes behind a WSGI string, which holds one a character (PEP 3333)."""
    return text.encode("latin-1", "replace")


def _is_text(raw: bytes) -> bool:
    if b"\0" in raw:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
