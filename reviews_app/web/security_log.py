"""Knows which events of security are written down, each as one line, and what they say of whom.

An account stands there by its number, whoever asks by a mark that is another one the next day:
enough to see that many tries came from one place, not enough to follow anybody.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_security import password_reset, tf_profile_changed, user_authenticated
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, HTTPException, UnsupportedMediaType

from reviews_app import limits, log_lines
from reviews_app.accounts.models import Account
from reviews_app.db import DatabaseTrouble, now
from reviews_app.errors import NotFound
from reviews_app.web.limiting import LimitReached, client_address, typed_address
from reviews_app.web.signed_in import NotSignedIn, current_account

LOG = logging.getLogger("reviews_app.security")

MARK_CHARACTERS = 16

SIGN_IN = "security.login"
PROOFS = {
    SIGN_IN: "sign-in",
    "security.two_factor_token_validation": "second factor",
    "security.two_factor_setup_validate": "second factor",
    "security.mf_recovery": "recovery code",
    "security.verify": "identity",
    "security.change_password": "change of password",
    "security.reset_password": "recovery",
    "accounts.leave": "leaving",
}
"""Where somebody shows who they are, and what that is called in the log."""

TOLD_BY_SIGNAL = frozenset(
    {
        SIGN_IN,
        "security.mf_recovery",
        "security.two_factor_token_validation",
        "security.two_factor_setup_validate",
        "security.reset_password",
    }
)
"""Where also what failed ends in a redirect: Flask-Security says by a signal what did not."""

NOT_SIGNED_IN = "not signed in"
WHY: dict[type[HTTPException | NotFound], str] = {
    CSRFError: "not the token of this session",
    Forbidden: "sent from another site",
    UnsupportedMediaType: "no form",
    NotFound: "not for this account",
    NotSignedIn: NOT_SIGNED_IN,
}
BY_A_RULE = "by a rule of the page"


def register(app: Flask) -> None:
    """Write down what is proved, refused and limited in `app`."""
    log_lines.register()
    for signal in (user_authenticated, tf_profile_changed, password_reset):
        signal.connect(_has_proved, app)

    @app.after_request
    def write(response: Response) -> Response:
        _write_proof(response)
        if not g.get("refusal_is_told") and response.status_code in REFUSALS:
            refused(BY_A_RULE, REFUSALS[HTTPStatus(response.status_code)])
        return response


REFUSALS = {HTTPStatus.FORBIDDEN: "refused", HTTPStatus.TOO_MANY_REQUESTS: "limit"}


@contextmanager
def watched() -> Iterator[None]:
    """Within it, what is refused is written down on its way to the page that says so."""
    try:
        yield
        account = current_account()
        g.asks = account.id if account else None
    except LimitReached as error:
        refused(error.limit, "limit")
        raise
    except tuple(WHY) as error:
        refused(next(why for kind, why in WHY.items() if isinstance(error, kind)))
        raise


def refused(why: str, event: str = "refused") -> None:
    """Write down that this request does not get what it asked for."""
    g.refusal_is_told = True
    account = current_account()
    _write(logging.WARNING, event, account.id if account else None, why=why)


def _has_proved(_app: Flask, user: Account, **_: Any) -> None:
    g.has_proved, g.asks = True, user.id


def _write_proof(response: Response) -> None:
    proof = PROOFS.get(str(request.endpoint))
    if proof is None or request.method != "POST":
        return
    outcome = _outcome(response.status_code)
    if outcome is not None:
        level = logging.WARNING if outcome == "failed" else logging.INFO
        _write(level, proof, _whose(), outcome=outcome)


def _outcome(status: int) -> str | None:
    """What became of it; None where nothing was proved: refused before, or signed in already."""
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return "failed"
    if status >= HTTPStatus.BAD_REQUEST:
        return None
    if request.endpoint not in TOLD_BY_SIGNAL or g.get("has_proved"):
        return "succeeded"
    if request.endpoint != SIGN_IN:
        return "failed"
    return None if current_account() else "second factor asked for"


def _whose() -> int | None:
    """The account that was proved or tried, by its number; None where there is none."""
    if g.get("asks") is not None:
        return int(g.asks)
    tried = (
        {"fs_uniquifier": session["tf_user_id"]}
        if "tf_user_id" in session
        else {"email": typed_address()}
    )
    try:
        found = current_app.extensions["security"].datastore.find_user(**tried)
    except DatabaseTrouble:
        return None
    return found.id if isinstance(found, Account) else None


def _write(level: int, event: str, account: int | None, **more: str) -> None:
    said = {"event": event, **more, "account": account, "mark": _mark()}
    LOG.log(level, event, extra={log_lines.SAID: said})


def _mark() -> str:
    """Whoever asks, the same all day and never after."""
    secret = f"log {current_app.config['SECRET_KEY']}"
    return limits.digest(f"{now():%Y-%m-%d} {client_address()}", secret)[:MARK_CHARACTERS]
