"""Knows what a reader is told when a page cannot be given, and which way leads on.

Domain errors and HTTP errors become pages here and nowhere else; `api` has a twin for JSON.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response

from reviews_app import log_lines
from reviews_app.db import DatabaseTrouble
from reviews_app.errors import BadInput, DomainError, Gone, NotFound, Overtaken, Refused, TooMany

Answer = tuple[str, int]
AnswerWithHeaders = tuple[str, int, list[tuple[str, str]]]

RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True)
class Words:
    """The heading of an error page, and its sentence where the error brings none of its own."""

    heading: str
    sentence: str


WORDS = {
    400: Words(
        "We could not read that address",
        "Something in the address is not written as we expect it.",
    ),
    403: Words("That was refused", "Nothing was changed."),
    404: Words(
        "There is no page here",
        "The address may be mistyped, or the page may have moved.",
    ),
    405: Words(
        "That cannot be done here",
        "This page can be read, but nothing can be sent to it.",
    ),
    409: Words("Somebody was quicker", "What you wanted to do is no longer open."),
    410: Words("This has left the catalogue", "It was here once and has been taken out."),
    413: Words("That was too much at once", "What was sent is larger than we accept."),
    414: Words("That address is too long", "Please choose fewer things at once."),
    415: Words("That was no form", "Please use the form on the page."),
    429: Words("Too often", "Please wait a little, and try again."),
    500: Words(
        "Something broke on our side",
        "It is our fault, not yours. Please try again in a minute.",
    ),
    503: Words(
        "Our database does not answer just now",
        "It is our fault, not yours. Nothing was changed. Please try again in a minute.",
    ),
}

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Gone: 410,
    BadInput: 400,
    Refused: 403,
    Overtaken: 409,
    TooMany: 429,
}


def register(app: Flask) -> None:
    """Answer every error of `app` with a page."""
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(HTTPException, http_error)


def domain_error(error: DomainError) -> Answer:
    """The page for a feature's error: its own words under the heading of its status."""
    status = STATUS.get(type(error), HTTPStatus.BAD_REQUEST)
    successor = error.successor if isinstance(error, Gone) else None
    return _page(status, sentence=error.message, successor=successor)


def http_error(error: HTTPException) -> AnswerWithHeaders | Response:
    """The page for an HTTP error; a redirect passes as it is."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    # The framework's own descriptions are written for programmers; ours are set by hand.
    own_words = error.description if error.description != type(error).description else None
    kept = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return *_page(status, sentence=own_words), kept  # Allow goes with 405, as HTTP wants it


def database_out_of_order(error: DatabaseTrouble) -> AnswerWithHeaders | Response:
    """The page while the database takes or gives nothing: full, locked or away."""
    log_lines.write_fault(error)
    return http_error(ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS))


def _page(status: int, *, sentence: str | None = None, successor: str | None = None) -> Answer:
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    words = WORDS.get(status) or WORDS[500 if is_ours else 400]
    page = render_template(
        "errors/show.html",
        status=status,
        heading=words.heading,
        sentence=sentence or words.sentence,
        successor=successor,
        number=log_lines.request_number() if is_ours else None,
    )
    return page, status
