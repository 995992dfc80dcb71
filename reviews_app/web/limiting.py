"""Knows how often each form may be sent, by whom it is counted, and what is said past that.

Counted before a form is read, in a transaction of its own: also what fails counts. A mail is
counted once the form that asks for it is understood, so a mistake costs none. Somebody who has
signed in here before is counted apart, so that strangers who try the password lock nobody out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, g, request, session
from werkzeug.exceptions import TooManyRequests

from reviews_app import limits
from reviews_app.db import apart, at_rest, db, writing
from reviews_app.limits import Limit
from reviews_app.web import devices
from reviews_app.web.signed_in import current_account

MINUTES = 60
HOUR = 60 * MINUTES

Whose = Callable[[], str | None]
"""Who is counted, in a text that is kept as a digest only; None where this request is not."""

EVERYBODY = "everybody"
HOME_NETWORK_BITS = 64
LONGEST_ADDRESS = 320


@dataclass(frozen=True)
class Counted:
    """One limit of a form, and whose uses of it are counted together."""

    limit: Limit
    whose: Whose
    mails: bool = False
    """Whether it counts the mails that are asked for, and not how often the form is sent."""


def client_address() -> str:
    """Where the request comes from: an address, or the network of one home (IPv6)."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  (nothing is bound)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOME_NETWORK_BITS), strict=False))
    return str(address)


def stranger_address() -> str | None:
    """The address of a browser that has not signed in to this account before."""
    return None if devices.known(typed_address()) else client_address()


def stranger_account() -> str | None:
    """The account that is tried by a browser that has not signed in to it before."""
    return None if devices.known(typed_address()) else typed_address()


def stranger() -> str | None:
    """All browsers together that have not signed in to the account they try."""
    return None if devices.known(typed_address()) else EVERYBODY


def known_device() -> str | None:
    """A browser that has signed in to this account before, and the account."""
    device = devices.known(typed_address())
    return f"{typed_address()} {device}" if device else None


def typed_address() -> str:
    """The e-mail address in the form, as accounts are found by it."""
    typed = request.form.get("email", "").strip()[:LONGEST_ADDRESS]
    try:
        address: str = current_app.extensions["security"].mail_util.normalize(typed)
    except ValueError:  # no address; nobody has it, and it is counted as it is
        return typed.lower()
    return address


def second_factor() -> str | None:
    """Who has given a password and now gives a code."""
    who = session.get("tf_user_id") or session.get("_user_id")
    return str(who) if who else client_address()


def own_account() -> str | None:
    """Who is signed in."""
    account = current_account()
    return str(account.id) if account else None


SIGN_IN = (
    Counted(Limit("sign-in by address", 20, 5 * MINUTES), stranger_address),
    Counted(Limit("sign-in by account", 10, 5 * MINUTES), stranger_account),
    Counted(Limit("sign-in by all", 1000, 5 * MINUTES), stranger),
    Counted(Limit("sign-in by known device", 10, 5 * MINUTES), known_device),
)
CODE = (
    Counted(Limit("code by account", 5, 5 * MINUTES), second_factor),
    Counted(Limit("code by address", 20, 5 * MINUTES), client_address),
)
MAIL = (
    Counted(Limit("mail form by address", 60, HOUR), client_address),
    Counted(Limit("mail by address", 10, HOUR), client_address, mails=True),
    Counted(Limit("mail by account", 3, HOUR), typed_address, mails=True),
)
OWN_PASSWORD = (Counted(Limit("own password", 10, 5 * MINUTES), own_account),)

LIMITS: dict[str, tuple[Counted, ...]] = {
    "security.login": SIGN_IN,
    "security.two_factor_token_validation": CODE,
    "security.two_factor_setup_validate": CODE,
    "security.mf_recovery": CODE,
    "security.register": MAIL,
    "security.send_confirmation": MAIL,
    "security.forgot_password": MAIL,
    "security.reset_password": (Counted(Limit("new password", 20, 5 * MINUTES), client_address),),
    "security.change_email": (
        Counted(Limit("new address by own account", 3, HOUR), own_account, mails=True),
        *MAIL,
    ),
    "security.change_password": OWN_PASSWORD,
    "security.verify": OWN_PASSWORD,
    "accounts.leave": OWN_PASSWORD,
}

LIMITS |= {
    "review_form.create": (
        Counted(Limit("review by own account", 30, HOUR), own_account),
        Counted(Limit("review by address", 60, HOUR), client_address),
    ),
    "review_votes.update": (Counted(Limit("vote by own account", 100, HOUR), own_account),),
    "review_answers.create": (Counted(Limit("answer by own account", 30, HOUR), own_account),),
    "review_reports.create": (Counted(Limit("report by address", 20, HOUR), client_address),),
}


class LimitReached(TooManyRequests):
    """A form was sent too often; says by which limit, and when there is room again."""

    def __init__(self, limit: str, seconds: int) -> None:
        super().__init__(retry_after=seconds)
        self.limit = limit


def refuse_too_many(endpoint: str) -> None:
    """Count this use of a form, before it is read. Raises LimitReached.

    What one limit refuses the next does not count: who is too many by themselves takes no room of
    an account, nor of everybody.
    """
    asked = _asked(endpoint, mails=False)
    db.session.rollback()  # what was read to know who asks
    _count(asked)


def refuse_too_many_mails() -> None:
    """Count the mail that the form of this request asks for. Raises LimitReached.

    Say it once all is right that can be seen in the form, whoever has the address: what is counted
    must not tell whether a mail is written. Counts once, also where a view is tried twice.
    """
    if "mail_is_counted" in g:
        return
    g.mail_is_counted = True
    asked = _asked(str(request.endpoint), mails=True)
    with at_rest():
        _count(asked)


Asked = list[tuple[Limit, str]]


def _asked(endpoint: str, *, mails: bool) -> Asked:
    counted = [one for one in LIMITS.get(endpoint, ()) if one.mails == mails]
    asked = [(one.limit, one.whose()) for one in counted]
    return [(limit, whose) for limit, whose in asked if whose is not None]


def _count(asked: Asked) -> None:
    if not asked:
        return
    with apart():
        writing()
        reached = _reached(asked)
        db.session.commit()
    if reached is not None:
        raise reached


def _reached(asked: Asked) -> LimitReached | None:
    secret = str(current_app.config["SECRET_KEY"])
    for limit, whose in asked:
        seconds = limits.use(limit, whose, secret)
        if seconds:
            return LimitReached(limit.name, seconds)
    return None
