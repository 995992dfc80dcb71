"""How a mail leaves: to a mail server, or in development into a folder."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from reviews_app.outbox.mails import Mail

TIMEOUT_SECONDS = 20
SUBMISSION_PORT = 587
TLS_PORT = 465


class Undelivered(Exception):
    """A mail could not be handed over; says why, without whom it was for."""


class Carrier(Protocol):
    """What takes mails from here."""

    def carry(self, mail: Mail) -> None:
        """Take a mail. Raises Undelivered."""


@dataclass(frozen=True)
class Folder:
    """Writes each mail to a file of its own, which mail programs open."""

    path: Path
    sender: str

    def carry(self, mail: Mail) -> None:
        """Write the mail to `<number>.eml`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = self.path / f"{mail.written_at:%Y%m%d-%H%M%S}-{mail.id}.eml"
            file.write_bytes(message(mail, self.sender).as_bytes())
        except OSError as error:
            raise Undelivered(f"The folder cannot be written: {error.strerror}") from None


@dataclass(frozen=True)
class Smtp:
    """Hands mails to a server: `smtps://` is encrypted from the start, `smtp://` from STARTTLS on.

    Only to this very machine does it speak in the clear.
    """

    url: str
    sender: str

    def carry(self, mail: Mail) -> None:
        """Hand the mail over."""
        try:
            with self._connection() as server:
                server.send_message(message(mail, self.sender))
        except (OSError, smtplib.SMTPException) as error:
            code = getattr(error, "smtp_code", "")
            raise Undelivered(f"The mail server: {type(error).__name__} {code}".strip()) from None

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        host, tls = str(parts.hostname), ssl.create_default_context()
        if parts.scheme == "smtps":
            port = parts.port or TLS_PORT
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=tls
            )
        else:
            server = smtplib.SMTP(host, parts.port or SUBMISSION_PORT, timeout=TIMEOUT_SECONDS)
        with server:
            if parts.scheme == "smtp" and not _is_here(host):
                server.starttls(context=tls)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server


def message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as mail servers take it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, mail.recipient, mail.subject
    made["Date"] = format_datetime(mail.written_at)
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # so that nobody's "I am away" answers
    made.set_content(mail.body)
    return made


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
