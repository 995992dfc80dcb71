"""Knows how often something may be done, and counts exactly, whichever process is asked.

A count is a row and one statement, so that two processes never take the same place. Whose count it
is stands there as a keyed digest, and goes when its time is over.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base, db, now


class LimitUse(Base):
    """How often somebody has done something since `began_at`; `until_at` it is remembered."""

    __tablename__ = "limit_use"

    limit: Mapped[str] = mapped_column(primary_key=True)
    whose: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    began_at: Mapped[datetime]
    until_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Limit:
    """At most so many times in so many seconds, counted from the first time."""

    name: str
    times: int
    seconds: int


def use(limit: Limit, whose: str, secret: str) -> int:
    """Count one use; 0 where it is within the limit, else the seconds until there is room again.

    `whose` is an address or whatever else tells people apart; it is kept as a digest under
    `secret` only. The caller commits, also where the limit was reached.
    """
    moment = now()
    until = moment + timedelta(seconds=limit.seconds)
    row = {
        "limit": limit.name,
        "whose": digest(whose, secret),
        "times": 1,
        "began_at": moment,
        "until_at": until,
    }
    over = LimitUse.until_at <= moment
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    counted = db.session.execute(
        insert(LimitUse)
        .values(row)
        .on_conflict_do_update(
            index_elements=[LimitUse.limit, LimitUse.whose],
            set_={
                "times": sa.case((over, 1), else_=LimitUse.times + 1),
                "began_at": sa.case((over, moment), else_=LimitUse.began_at),
                "until_at": sa.case((over, until), else_=LimitUse.until_at),
            },
        )
        .returning(LimitUse.times, LimitUse.until_at)
    ).one()
    if counted.times <= limit.times:
        return 0
    left: timedelta = counted.until_at - moment
    return max(1, math.ceil(left.total_seconds()))


def sweep() -> None:
    """Forget the counts whose time is over."""
    moment = now()
    db.session.execute(sa.delete(LimitUse).where(LimitUse.until_at <= moment))


def digest(whose: str, secret: str) -> str:
    """What stands for somebody: the same each time, and nothing that can be read back."""
    return hmac.new(secret.encode(), whose.encode(), hashlib.sha256).hexdigest()
