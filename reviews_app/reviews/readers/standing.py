"""Where a review stands, read from the log alone: the oracle of every table made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.reviews.readers.models import ModerationEntry
from reviews_app.reviews.readers.rules import Action, Reason


class State(StrEnum):
    """What is to become, or has become, of the newest version of a review."""

    WAITING = "waiting"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """Where a review stands after some entries of the log.

    version, state: the newest version, and what was decided on it. public: the version that
    everybody can read. reason, entry: of the last decision against it. not_by: moderators who
    decided against the newest version, of whom none decides an appeal.
    """

    version: int = 0
    state: State = State.WAITING
    since: dt.datetime | None = None
    public: int | None = None
    reason: Reason | None = None
    entry: int | None = None
    is_appeal: bool = False
    has_appealed: bool = False
    proposed: Reason | None = None
    not_by: frozenset[int] = frozenset()


def standing_of(review_id: int) -> Standing:
    """Where one review stands."""
    return fold(entries_of(review_id))


def entries_of(review_id: int) -> list[ModerationEntry]:
    """What the log holds of one review, in order."""
    return list(
        db.session.scalars(
            sa.select(ModerationEntry)
            .where(ModerationEntry.review_id == review_id)
            .order_by(ModerationEntry.id)
        )
    )


def fold(entries: Iterable[ModerationEntry]) -> Standing:
    """Where a review stands after these entries, all of them its own, in order."""
    standing = Standing()
    for entry in entries:
        after = AFTER.get(Action(entry.action))
        standing = after(standing, entry) if after else standing
    return standing


def _sent(now: Standing, entry: ModerationEntry) -> Standing:
    return Standing(entry.version or 0, State.WAITING, entry.at, now.public, proposed=now.proposed)


def _published(_now: Standing, entry: ModerationEntry) -> Standing:
    return Standing(entry.version or 0, State.PUBLISHED, entry.at, entry.version)


def _withheld(now: Standing, entry: ModerationEntry) -> Standing:
    by = {entry.by_id} if entry.by_id is not None else set()
    return replace(
        now,
        state=State.WITHHELD,
        since=entry.at,
        reason=Reason(entry.reason or ""),
        entry=entry.id,
        is_appeal=False,
        not_by=now.not_by | by,
    )


def _taken_down(now: Standing, entry: ModerationEntry) -> Standing:
    """An older version may go while a newer one waits or was withheld."""
    gone = replace(now, public=None, proposed=None)
    return _withheld(gone, entry) if entry.version == now.version else gone


def _appealed(now: Standing, entry: ModerationEntry) -> Standing:
    return replace(now, state=State.WAITING, since=entry.at, is_appeal=True, has_appealed=True)


def _proposed(now: Standing, entry: ModerationEntry) -> Standing:
    newest = entry.version == now.version
    by = {entry.by_id} if newest and entry.by_id is not None else set()
    return replace(now, proposed=Reason(entry.reason or ""), not_by=now.not_by | by)


def _kept(now: Standing, _entry: ModerationEntry) -> Standing:
    return replace(now, proposed=None)


def _withdrawn(_now: Standing, entry: ModerationEntry) -> Standing:
    return Standing(entry.version or 0, State.WITHDRAWN, entry.at)


AFTER: dict[Action, Callable[[Standing, ModerationEntry], Standing]] = {
    Action.RECEIVED: _sent,
    Action.EDITED: _sent,
    Action.PUBLISHED: _published,
    Action.WITHHELD: _withheld,
    Action.TAKEN_DOWN: _taken_down,
    Action.APPEALED: _appealed,
    Action.TAKEDOWN_PROPOSED: _proposed,
    Action.KEPT: _kept,
    Action.WITHDRAWN: _withdrawn,
}
"""What each action changes; others change nothing about where a review stands."""
