"""Knows how a form that was not accepted comes back with all that was typed into it.

For refusals that come before a page has read its form: a token that is not that of the session,
nobody who is signed in, too many tries, or a database that takes nothing. A form from another site
does not come back.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import TooManyRequests

from reviews_app import log_lines
from reviews_app.db import DatabaseOutOfOrder, DatabaseTrouble, db
from reviews_app.web import rights
from reviews_app.web.errors import RETRY_AFTER_SECONDS, WORDS, database_out_of_order
from reviews_app.web.rights import SAFE, is_public
from reviews_app.web.signed_in import NotSignedIn

TOKEN = "csrf_token"  # noqa: S105  (the name of a field)
SECRET_FIELDS = {
    "password": ("Password", "current-password"),
    "new_password": ("New password", "new-password"),
    "code": ("Code", "one-time-code"),
}
"""What is never sent back: a page asks for it anew, by this label and for this autocompletion."""

BUTTONS = frozenset({"submit"})
CHOOSING = frozenset({"do"})
"""Buttons that say what is wanted: sent again with the rest, and by themselves nothing typed."""
SECONDS_A_MINUTE = 60

Answer = tuple[str, int, dict[str, str]]


@dataclass(frozen=True)
class Typed:
    """One field of the form as it was sent; `value` is None where it is not sent back."""

    name: str
    value: str | None
    label: str
    autocomplete: str


def register(app: Flask) -> None:
    """Answer these refusals of `app` with the form."""
    app.register_error_handler(CSRFError, no_token)
    app.register_error_handler(NotSignedIn, _not_signed_in)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(DatabaseOutOfOrder, not_kept)


def no_token(_error: CSRFError) -> Answer:
    """The form again, with a new token."""
    if rights.wants_sign_in(rights.of(str(request.endpoint))):
        return _signed_out(400), 400, {}
    heading = "Please send this once more"
    sentence = (
        "We could not tell that this form came from our own page: it may have been open for long,"
        " or you signed in or out since. Nothing was changed."
    )
    return _page(400, heading, sentence), 400, {}


def _not_signed_in(_error: NotSignedIn) -> ResponseReturnValue:
    """The form again, to be sent when one is signed in; to sign in, where nothing was typed."""
    if {one.name for one in _typed()} <= CHOOSING:
        return redirect(url_for("security.login"), HTTPStatus.SEE_OTHER)
    return _signed_out(403), 403, {}


def _signed_out(status: int) -> str:
    return _page(status, "You are signed out", "So nothing was changed.", signed_out=True)


def _too_many(error: TooManyRequests) -> Answer:
    seconds = int(error.retry_after) if isinstance(error.retry_after, int) else SECONDS_A_MINUTE
    wait = _in_words(seconds)
    sentence = (
        f"This was tried many times in a short while. Please wait {wait}, then send it again."
    )
    page = _page(429, "Please wait a little", sentence)
    return page, 429, {"Retry-After": str(seconds)}


def not_kept(error: DatabaseTrouble) -> ResponseReturnValue:
    """The form again, where there is one, when the database took nothing of it."""
    db.session.rollback()
    if not _typed():
        return database_out_of_order(error)
    log_lines.write_fault(error)
    words = WORDS[503]
    page = _page(503, words.heading, words.sentence)
    return page, 503, {"Retry-After": str(RETRY_AFTER_SECONDS)}


def _page(status: int, heading: str, sentence: str, *, signed_out: bool = False) -> str:
    return render_template(
        "errors/send_again.html",
        status=status,
        heading=heading,
        sentence=sentence,
        signed_out=signed_out,
        typed=_typed(),
    )


def _typed() -> list[Typed]:
    """What was typed, field by field; nothing of a page that is not one's own."""
    if request.method in SAFE or is_public(request.endpoint):
        return []
    fields = request.form.items(multi=True)
    return [_field(name, value) for name, value in fields if name not in {TOKEN, *BUTTONS}]


def _field(name: str, value: str) -> Typed:
    if name in SECRET_FIELDS:
        label, autocomplete = SECRET_FIELDS[name]
        return Typed(name, None, label, autocomplete)
    return Typed(name, value, name, "")


def _in_words(seconds: int) -> str:
    minutes = -(-seconds // SECONDS_A_MINUTE)
    if seconds < SECONDS_A_MINUTE:
        return "a minute"
    return "one minute" if minutes == 1 else f"{minutes} minutes"
