"""Recovery codes: each stands in for the second factor once, and only its digest is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import sqlalchemy as sa

from reviews_app.accounts.models import RecoveryCode
from reviews_app.db import db


def replace(account_id: int, codes: Iterable[str]) -> None:
    """Keep these codes, and none that the account had before."""
    forget(account_id)
    db.session.add_all(RecoveryCode(account_id=account_id, digest=_digest(code)) for code in codes)
    db.session.flush()


def use(account_id: int, code: str) -> bool:
    """Whether that was one of the codes left; now it is none any more."""
    taken = db.session.execute(
        sa.delete(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.digest == _digest(code))
        .returning(RecoveryCode.digest)
    )
    return taken.first() is not None


def left(account_id: int) -> int:
    """How many codes an account has left."""
    count = sa.select(sa.func.count()).where(RecoveryCode.account_id == account_id)
    return db.session.scalar(count) or 0


def forget(account_id: int) -> None:
    """Keep no code of an account."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _digest(code: str) -> str:
    """Of the code however it is typed; with 48 random bits a code needs no slow hash against a
    guesser who is let try five times in five minutes."""
    return hashlib.sha256(re.sub(r"[\W_]+", "", code).lower().encode()).hexdigest()
