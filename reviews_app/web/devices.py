"""Knows a browser that has signed in to an account before, by a cookie that says nothing else.

The cookie holds a random number and a proof that the number and an address belong together. It lets
nobody in. It goes along to the sign-in page only. The number stays when another account signs in.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import Response, current_app, request

LASTS_SECONDS = 400 * 24 * 60 * 60
PATH = "/account/sign-in"
NUMBER = re.compile(r"[0-9a-f]{32}")

SESSION = "device"
"""Where a session keeps the number, so that a review can say what it shares with others."""


def number() -> str:
    """The number of this browser, whoever signed in with it; a new one where it has none."""
    found = request.cookies.get(_name(), "").partition(".")[0]
    return found if NUMBER.fullmatch(found) else secrets.token_hex(16)


def known(email: str) -> str | None:
    """The number of this browser, if it has signed in to the account of that address before."""
    number, _, proof = request.cookies.get(_name(), "").partition(".")
    if number and hmac.compare_digest(proof.encode(), _proof(number, email).encode()):
        return number
    return None


def remember(response: Response, email: str, number: str) -> None:
    """Have this browser known at the next sign-in to the account of that address."""
    response.set_cookie(
        _name(),
        f"{number}.{_proof(number, email)}",
        max_age=LASTS_SECONDS,
        path=PATH,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    """Have this browser known to no account."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.delete_cookie(_name(), path=PATH, secure=secure, httponly=True, samesite="Lax")


def _name() -> str:
    return "__Secure-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _proof(number: str, email: str) -> str:
    secret = f"device {current_app.config['SECRET_KEY']}".encode()
    return hmac.new(secret, f"{number} {email}".encode(), hashlib.sha256).hexdigest()
