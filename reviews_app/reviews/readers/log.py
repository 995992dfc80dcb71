"""The log of moderation: how an entry is added, and how anybody can tell that none was changed.

Each entry is sealed with a digest over itself and the seal before it, so that changing, leaving
out or moving one breaks the chain from there on. Who notes the last seal can also tell later
whether entries were taken off the end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.reviews.readers.models import ModerationEntry, ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import Action, Reason

START = "0" * 64
"""What the first entry is sealed with."""

SEALED = (
    *("id", "action", "product_id", "review_id", "version", "rating", "reason"),
    *("digest", "before"),
)
"""What a seal is over and everybody may see, beside the time and who."""

AT_A_TIME = 1_000
"""Entries that are read together."""


@dataclass(frozen=True)
class Head:
    """The end of the log: how many entries there are, and the seal of the last."""

    entries: int
    seal: str


def alone() -> None:
    """Be the only one who adds to the log until this transaction ends; read after it, not before.

    The transaction is one that writes (`db.writing`), which on SQLite says as much already.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text(f"LOCK TABLE {ModerationEntry.__tablename__} IN EXCLUSIVE MODE"))


@dataclass(frozen=True)
class Subject:
    """What an entry is about: a version of a review, or an account."""

    review: ReaderReview | None = None
    version: ReviewVersion | None = None
    account_id: int | None = None


def record(
    action: Action,
    at: dt.datetime,
    about: Subject,
    *,
    reason: Reason | None = None,
    by_id: int | None = None,
) -> ModerationEntry:
    """Add an entry. The caller is `alone` since before it read what it decides on."""
    end, review, version = head(), about.review, about.version
    entry = ModerationEntry(
        id=end.entries + 1,
        at=at,
        action=action.value,
        product_id=review.product_id if review else None,
        review_id=review.id if review else None,
        version=version.number if version else None,
        rating=version.rating if version else None,
        reason=reason.value if reason else None,
        by_id=by_id,
        about_account_id=about.account_id,
        digest=digest_of(version) if version else None,
        salt=secrets.token_hex(16),
        before=end.seal,
    )
    entry.seal = seal_of(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def head() -> Head:
    """The end of the log as this transaction sees it."""
    last = db.session.execute(
        sa.select(ModerationEntry.id, ModerationEntry.seal)
        .order_by(ModerationEntry.id.desc())
        .limit(1)
    ).first()
    return Head(0, START) if last is None else Head(last.id, last.seal)


def broken_at(
    entries: Iterable[ModerationEntry], end: Head | None = None, *, after: Head = Head(0, START)
) -> int | None:
    """The place of the first entry that is not as it was added, counted from 1; None if all are.

    `end`: a head noted before, to tell also whether something was taken off the end since. `after`:
    where the entries go on, if they are not read from the first.
    """
    before, place = after.seal, after.entries
    noted = end is None or end.entries == 0
    for place, entry in enumerate(entries, after.entries + 1):
        if entry.id != place or entry.before != before or entry.seal != seal_of(entry):
            return place
        before = entry.seal
        if end is not None and place == end.entries:
            if before != end.seal:
                return place
            noted = True
    return None if noted else place + 1


def each_entry() -> Iterator[ModerationEntry]:
    """The whole log, in order, a part of it in memory at a time."""
    in_order = sa.select(ModerationEntry).order_by(ModerationEntry.id)
    found = db.session.scalars(in_order.execution_options(yield_per=AT_A_TIME))
    try:
        yield from found
    finally:
        found.close()  # also where somebody stops at the first that is wrong


def all_entries() -> list[ModerationEntry]:
    """The whole log, in order."""
    return list(each_entry())


def entries_after(number: int, most: int) -> list[ModerationEntry]:
    """The entries that follow one by its number, in order, `most` of them."""
    return list(
        db.session.scalars(
            sa.select(ModerationEntry)
            .where(ModerationEntry.id > number)
            .order_by(ModerationEntry.id)
            .limit(most)
        )
    )


def seal_before(number: int) -> str:
    """The seal that the entry with this number was sealed with, as its predecessor holds it."""
    if number <= 1:
        return START
    before = db.session.get(ModerationEntry, number - 1)
    return before.seal if before else ""


def seal_of(entry: ModerationEntry) -> str:
    """The digest over an entry and the seal before it."""
    return _digest(sealed(entry))


def sealed(entry: ModerationEntry) -> dict[str, object]:
    """What the seal of an entry is over. Nobody can be told from `who`: it has a salt.

    Entries of before there were salts are sealed over the numbers of people, and not to be shown.
    """
    told = {name: getattr(entry, name) for name in SEALED} | {"at": entry.at.isoformat()}
    people = {"by_id": entry.by_id, "about_account_id": entry.about_account_id}
    return told | ({"who": _digest({"salt": entry.salt, **people})} if entry.salt else people)


def digest_of(version: ReviewVersion) -> str:
    """The digest of what somebody wrote, with its salt, which goes when the text goes."""
    return _digest(
        {
            "salt": version.salt,
            "rating": version.rating,
            "title": version.title,
            "text": version.text,
            "months_owned": version.months_owned,
            "needs": sorted(one.need_id for one in version.needs),
            "calf": version.calf,
            "fitted": version.fitted,
            "broke": version.broke,
            "broke_after_months": version.broke_after_months,
            "how_got": version.how_got,
            "tie": version.tie,
        }
    )


def _digest(told: dict[str, object]) -> str:
    spelled = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()
