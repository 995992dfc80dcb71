"""Sessions as rows: who is signed in where, and when that ends.

A browser holds a secret of 256 random bits; the row is found by its digest, so that a stolen table
opens nothing. A session ends when it is not used for a while, and at last whether used or not.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from reviews_app.accounts.models import Account, AccountSession
from reviews_app.accounts.queries import now
from reviews_app.db import db

SECRET_BYTES = 32
MOST_SESSIONS = 10
"""Of one account at once; who signs in once more ends the one not used for longest."""

SEEN_AGAIN = timedelta(minutes=1)
"""A session is written down as used at most this often."""


@dataclass(frozen=True)
class Times:
    """How long a session lasts unused, and how long at all."""

    idle: timedelta
    absolute: timedelta


VISITOR = Times(idle=timedelta(days=2), absolute=timedelta(days=2))
"""As long as the link that confirms an address, so that a review waits for who is confirming it."""

READER = Times(idle=timedelta(days=14), absolute=timedelta(days=60))
STAFF = Times(idle=timedelta(hours=1), absolute=timedelta(hours=12))


@dataclass(frozen=True)
class Stored:
    """A session that has not ended: what it holds, whose it is, when it was last used."""

    content: str
    account_id: int | None
    seen_at: datetime


@dataclass(frozen=True)
class Listed:
    """A session as its person sees it; `key` names it and opens nothing."""

    key: str
    started_at: datetime
    seen_at: datetime


def new_secret() -> str:
    """What a browser shows to be known again."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to have it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> Stored | None:
    """The session of that secret, None if there is none or it has ended."""
    row = db.session.get(AccountSession, digest(secret))
    if row is None:
        return None
    times = _times(row.account_id)
    moment = now()
    if row.seen_at <= moment - times.idle or row.started_at <= moment - times.absolute:
        return None
    return Stored(row.content, row.account_id, row.seen_at)


def is_due(seen_at: datetime) -> bool:
    """Whether the use of a session is to be written down again."""
    return seen_at <= now() - SEEN_AGAIN


def begin(content: str, account_id: int | None) -> str:
    """Begin a session now; the secret that opens it."""
    moment, secret = now(), new_secret()
    _make_room(account_id)
    db.session.add(
        AccountSession(
            digest=digest(secret),
            content=content,
            account_id=account_id,
            started_at=moment,
            seen_at=moment,
        )
    )
    db.session.flush()
    return secret


def go_on(secret: str, content: str) -> None:
    """Write a session down as used now. One that was ended meanwhile stays ended."""
    db.session.execute(
        sa.update(AccountSession)
        .where(AccountSession.digest == digest(secret))
        .values(content=content, seen_at=now())
    )


def end(secret: str) -> None:
    """End one session."""
    db.session.execute(sa.delete(AccountSession).where(AccountSession.digest == digest(secret)))


def end_one(account_id: int, key: str) -> None:
    """End the session of an account that `listed` calls `key`, if it is theirs."""
    db.session.execute(
        sa.delete(AccountSession).where(
            AccountSession.account_id == account_id, AccountSession.digest == key
        )
    )


def end_all(account_id: int, *, but: str | None = None) -> None:
    """End every session of an account, but for that of one secret where one is given."""
    spared = digest(but) if but else ""
    db.session.execute(
        sa.delete(AccountSession).where(
            AccountSession.account_id == account_id, AccountSession.digest != spared
        )
    )


def end_everybodys() -> None:
    """End every session there is."""
    db.session.execute(sa.delete(AccountSession))


def listed(account_id: int) -> list[Listed]:
    """The sessions of an account, the one used last first."""
    rows = db.session.scalars(
        sa.select(AccountSession)
        .where(AccountSession.account_id == account_id)
        .order_by(AccountSession.seen_at.desc(), AccountSession.digest)
    )
    return [Listed(row.digest, row.started_at, row.seen_at) for row in rows]


def sweep() -> None:
    """Take away what has ended by itself."""
    moment = now()
    gone = sa.or_(
        AccountSession.seen_at <= moment - READER.idle,
        AccountSession.started_at <= moment - READER.absolute,
        sa.and_(
            AccountSession.account_id.is_(None), AccountSession.seen_at <= moment - VISITOR.idle
        ),
    )
    db.session.execute(sa.delete(AccountSession).where(gone))


def _times(account_id: int | None) -> Times:
    account = db.session.get(Account, account_id) if account_id is not None else None
    if account is None:
        return VISITOR
    return STAFF if account.is_staff else READER


def _make_room(account_id: int | None) -> None:
    if account_id is None:
        return
    for old in listed(account_id)[MOST_SESSIONS - 1 :]:
        end_one(account_id, old.key)
