"""The mails that wait to be sent, each a row that goes when it has been."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base, db, now
from reviews_app.personal import Rule


class Mail(Base):
    """A mail that was not sent yet, to whom, and how often that was tried.

    `account_id` is whose it is, where it is somebody's who has an account.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None]


TRIES_AFTER = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 60, 6 * 60, 24 * 60))
"""How long is waited after each try that failed; after the last the mail is given up."""


def put(recipient: str, subject: str, body: str, account_id: int | None = None) -> None:
    """Have a mail sent once what it tells of is committed."""
    moment = now()
    db.session.add(
        Mail(
            recipient=recipient,
            subject=" ".join(subject.split()),
            body=body,
            account_id=account_id,
            written_at=moment,
            next_try_at=moment,
        )
    )
    db.session.flush()


def waiting() -> list[Mail]:
    """All mails that were not sent yet, in the order they were written."""
    return list(db.session.scalars(sa.select(Mail).order_by(Mail.id)))


def is_due() -> bool:
    """Whether any mail is to be sent now."""
    return (
        db.session.scalar(sa.select(Mail.id).where(Mail.next_try_at <= now()).limit(1)) is not None
    )


def take_due(most: int = 20) -> list[Mail]:
    """Mails to be sent now, which nobody else takes before the next try is due.

    Committed before they are sent: a process that dies while it sends leaves a mail that is sent
    once more later, never one that is lost.
    """
    moment = now()
    due = list(
        db.session.scalars(
            sa.select(Mail)
            .where(Mail.next_try_at <= moment)
            .order_by(Mail.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )
    for mail in due:
        mail.next_try_at = moment + TRIES_AFTER[min(mail.tries, len(TRIES_AFTER) - 1)]
        mail.tries += 1
    db.session.flush()
    return due


def sent(mail_id: int) -> None:
    """Forget a mail: it is where it belongs."""
    db.session.execute(sa.delete(Mail).where(Mail.id == mail_id))


def failed(mail_id: int, trouble: str) -> bool:
    """Note why a mail could not be sent. Whether it was given up, and so forgotten."""
    mail = db.session.get(Mail, mail_id)
    if mail is None:
        return False
    if mail.tries >= len(TRIES_AFTER):
        sent(mail_id)
        return True
    mail.trouble = trouble
    db.session.flush()
    return False


def forget(account_id: int) -> None:
    """Send nothing more of what waits for that account."""
    db.session.execute(sa.delete(Mail).where(Mail.account_id == account_id))


def _export(account_id: int) -> list[dict[str, Any]]:
    mails = db.session.scalars(
        sa.select(Mail).where(Mail.account_id == account_id).order_by(Mail.id)
    )
    return [
        {"to": one.recipient, "subject": one.subject, "written_at": f"{one.written_at:%FT%TZ}"}
        for one in mails
    ]


RULES = (
    Rule(
        "mail",
        "account_id",
        "mails_not_sent_yet",
        _export,
        lambda account_id, _keep: forget(account_id),
    ),
)
