"""Knows what Flask-Security leaves to each site: which passwords are taken, where mails go, that no
code is used twice and that recovery codes are kept as digests."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any

from flask import current_app, has_request_context
from flask_security import MailUtil, MfRecoveryCodesUtil, PasswordUtil
from flask_security.totp import Totp
from passlib.context import CryptContext
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from reviews_app.accounts import passwords, queries, recovery
from reviews_app.accounts.models import Account
from reviews_app.db import at_rest
from reviews_app.web import mailing


class ChosenPasswords(PasswordUtil):
    """Takes the passwords that `accounts.passwords` does not refuse."""

    def normalize(self, password: str) -> str:
        """The password as it is compared: all that is longer than any that is taken is alike."""
        return str(super().normalize(password))[: passwords.LONGEST + 1]

    def validate(
        self, password: str, is_register: bool, **whose: Any
    ) -> tuple[list[str] | None, str]:
        """What is wrong with a password, if anything; and the password as it is compared."""
        normal = self.normalize(password)
        account = whose.get("user")
        typed = account.__dict__ if isinstance(account, Account) else whose
        own_words = [str(typed.get(name) or "") for name in ("email", "public_name")]
        wrong = passwords.why_refused(normal, [*own_words, str(current_app.config["SITE_NAME"])])
        return ([wrong] if wrong else None), normal


class HashingAtRest:
    """Hashes passwords, which is made to take long and much memory.

    No other form waits for this one meanwhile, and a process hashes one at a time.
    """

    def __init__(self, context: CryptContext) -> None:
        self._context = context

    def hash(self, password: str, **options: Any) -> str:
        """What is stored of a password."""
        with at_rest():
            return str(_in_turn(self._context.hash, password, **options))

    def verify(self, password: str, stored: str) -> bool:
        """Whether that was stored of this password."""
        with at_rest():
            return bool(_in_turn(self._context.verify, password, stored))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


_FINDING = Lock()
"""Of several threads that come first one makes the hasher."""


def _in_turn(work: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """What `work` gives back, done by the one thread of this process that hashes.

    A thread of its own and not a lock, since memory once taken stays with the thread that took it.
    """
    with _FINDING:
        hasher = _hasher(os.getpid())
    return hasher.submit(work, *given, **options).result()


@cache
def _hasher(_process: int) -> ThreadPoolExecutor:
    """One of each process: threads do not come along into a fork."""
    return ThreadPoolExecutor(1, thread_name_prefix="hashing")


class OutboxMail(MailUtil):
    """Puts mails into the outbox, and takes addresses in lower case."""

    def send_mail(  # noqa: PLR0913, PLR0917  (as Flask-Security calls it)
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """Have it sent once the request is through."""
        account = context.get("user")
        account_id = account.id if isinstance(account, Account) else None
        mailing.put(str(recipient), str(subject), str(body), account_id)
        if has_request_context():
            mailing.commit_after_request()

    def normalize(self, email: str) -> str:
        """The address as we compare it."""
        return str(super().normalize(email)).lower()

    def validate(self, email: str) -> str:
        """The address as we keep it."""
        return str(super().validate(email)).lower()


class CodesUsedOnce(Totp):
    """Takes no code of an authenticator a second time; draws its QR code into the page itself."""

    def get_last_counter(self, user: Any) -> int | None:
        """The step of the last code taken."""
        step: int | None = user.tf_last_counter
        return step

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Take a code. Raises UsedTokenError where another request has taken it just before."""
        if not queries.take_step(user.id, tmatch.counter):
            raise UsedTokenError

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The drawing, as markup: our pages load no picture from an address that holds a secret."""
        code = QRCode(image_factory=SvgPathImage, border=4)
        code.add_data(self.get_totp_uri(username, totp))
        drawn: str = code.make_image().to_string(encoding="unicode")
        return drawn.replace("<svg", '<svg aria-hidden="true"', 1)  # the page says what it is


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """Shows codes when they are made and never again."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """New codes in the place of all others."""
        number = int(current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_N"])
        codes: list[str] = current_app.extensions["security"].totp_factory.generate_recovery_codes(
            number
        )
        recovery.replace(user.id, codes)
        return codes

    def get_recovery_codes(self, user: Any) -> list[str]:
        """None: what is kept cannot be shown."""
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Whether it is one of the codes left. It is used up by that."""
        return recovery.use(user.id, code)

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Done already, when it was found to be one."""
        return True
