"""Who may not review any more: proposed by one moderator, confirmed by a second."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.errors import Overtaken, Refused
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.log import Subject
from reviews_app.reviews.readers.models import ReviewBan
from reviews_app.reviews.readers.rules import Action, Reason


def is_banned(account_id: int) -> bool:
    """Whether two moderators have banned the account from reviewing."""
    ban = db.session.get(ReviewBan, account_id)
    return ban is not None and ban.confirmed_at is not None


def check(account_id: int) -> None:
    """Raise Refused for an account that is banned."""
    if is_banned(account_id):
        raise Refused("Two moderators have banned this account from reviewing.")


def propose(account_id: int, reason: Reason, moderator_id: int, at: dt.datetime) -> None:
    """Ask that an account be banned; nothing changes for it until a second moderator agrees."""
    if account_id == moderator_id:
        raise Refused("This account is your own.")
    log.alone()
    if db.session.get(ReviewBan, account_id) is not None:
        raise Overtaken("Somebody has proposed this already.")
    db.session.add(
        ReviewBan(
            account_id=account_id,
            reason=reason.value,
            by_id=moderator_id,
            proposed_at=at,
            confirmed_at=None,
        )
    )
    _record(Action.BAN_PROPOSED, account_id, reason, moderator_id, at)


def confirm(account_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Ban an account that another moderator proposed. Its published reviews stay as they are."""
    ban = _proposed(account_id, moderator_id)
    ban.confirmed_at = at
    _record(Action.BANNED, account_id, Reason(ban.reason), moderator_id, at)


def drop(account_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Leave an account free that another moderator wanted banned."""
    ban = _proposed(account_id, moderator_id)
    db.session.delete(ban)
    _record(Action.BAN_DROPPED, account_id, Reason(ban.reason), moderator_id, at)


def proposed() -> list[ReviewBan]:
    """The bans that wait for a second moderator, oldest first."""
    return list(
        db.session.scalars(
            sa.select(ReviewBan)
            .where(ReviewBan.confirmed_at.is_(None))
            .order_by(ReviewBan.proposed_at)
        )
    )


def _proposed(account_id: int, moderator_id: int) -> ReviewBan:
    log.alone()
    ban = db.session.get(ReviewBan, account_id)
    if ban is None or ban.confirmed_at is not None:
        raise Overtaken("Nobody asks any more that this account be banned.")
    if ban.by_id == moderator_id:
        raise Refused("You proposed this. A second moderator decides.")
    if account_id == moderator_id:
        raise Refused("This account is your own.")
    return ban


def _record(
    action: Action, account_id: int, reason: Reason, moderator_id: int, at: dt.datetime
) -> None:
    log.record(action, at, Subject(account_id=account_id), reason=reason, by_id=moderator_id)
