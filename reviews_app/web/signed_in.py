"""Knows who is asking, on the pages that may know."""

from __future__ import annotations

from http import HTTPStatus

from flask_login import current_user
from werkzeug.exceptions import HTTPException

from reviews_app.accounts.models import Account


class NotSignedIn(HTTPException):
    """A form came from nobody, and what it asks for is for people with accounts."""

    code = HTTPStatus.FORBIDDEN


def current_account() -> Account | None:
    """Who is signed in; None for a visitor, and on every public page."""
    account = current_user._get_current_object()
    return account if isinstance(account, Account) else None
