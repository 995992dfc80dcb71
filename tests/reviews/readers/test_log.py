"""The chain of the log: every entry is as it was added, and anybody can tell when one is not."""

from __future__ import annotations

import datetime as dt
import random
from copy import copy

from reviews_app.db import db
from reviews_app.reviews.readers import log, sending
from reviews_app.reviews.readers.models import ModerationEntry
from reviews_app.reviews.readers.rules import Reason
from tests.factories import a_product
from tests.reviews.readers.conftest import ANN, BEN, MOD
from tests.reviews.readers.writing import HOUR, NOON, begin, publish, published, sent, withhold

COLUMNS = [column.name for column in ModerationEntry.__table__.columns]
TAMPERINGS = 1_000


def detached() -> list[ModerationEntry]:
    """The log as plain copies, to be tampered with."""
    return [
        ModerationEntry(**{name: getattr(entry, name) for name in COLUMNS})
        for entry in log.all_entries()
    ]


def a_log(machine: int) -> list[ModerationEntry]:
    for n in range(4):
        product_id = a_product(f"machine-{n}").id
        db.session.commit()
        published(product_id, BEN, NOON + n * HOUR)
    review = sent(machine, ANN)
    withhold(review, Reason.FAKE)
    sent(machine, ANN, NOON + HOUR, title="Synthetic again")
    publish(review)
    return detached()


def test_a_log_that_nobody_touched_is_whole(machine: int) -> None:
    entries = a_log(machine)

    assert [one.id for one in entries] == list(range(1, len(entries) + 1))
    assert log.broken_at(entries) is None
    assert log.broken_at(entries, log.head()) is None


def test_every_tampering_is_found(machine: int) -> None:
    entries, end, chance = a_log(machine), log.head(), random.Random(24)  # noqa: S311

    missed = [n for n in range(TAMPERINGS) if not found(entries, end, chance)]

    assert missed == []


def found(entries: list[ModerationEntry], end: log.Head, chance: random.Random) -> bool:
    """Whether one random tampering is found by who noted the end of the log before."""
    spoilt = [plain(one) for one in entries]
    place = chance.randrange(len(spoilt))
    chance.choice([drop, cut, double, swap, *[change_one] * 3])(spoilt, place, chance)
    return log.broken_at(spoilt, end) is not None


def drop(spoilt: list[ModerationEntry], place: int, _chance: random.Random) -> None:
    del spoilt[place]


def cut(spoilt: list[ModerationEntry], place: int, _chance: random.Random) -> None:
    del spoilt[place:]


def double(spoilt: list[ModerationEntry], place: int, _chance: random.Random) -> None:
    spoilt.insert(place, plain(spoilt[place]))


def swap(spoilt: list[ModerationEntry], place: int, _chance: random.Random) -> None:
    other = (place + 1) % len(spoilt)
    spoilt[place], spoilt[other] = spoilt[other], spoilt[place]


def change_one(spoilt: list[ModerationEntry], place: int, chance: random.Random) -> None:
    """Change an entry, perhaps seal it anew, and perhaps every entry after it too."""
    name = change(spoilt[place], chance)
    if name != "seal" and chance.random() < 0.7:
        spoilt[place].seal = log.seal_of(spoilt[place])
        if chance.random() < 0.5:
            for before, after in zip(spoilt[place:], spoilt[place + 1 :], strict=False):
                after.before = before.seal
                after.seal = log.seal_of(after)


def change(entry: ModerationEntry, chance: random.Random) -> str:
    name: str = chance.choice([one for one in COLUMNS if one != "before"])
    old = getattr(entry, name)
    new: object = {
        "at": entry.at + dt.timedelta(seconds=chance.randrange(1, 99)),
        "action": "kept",
        "reason": "illegal" if old != "illegal" else "abuse",
        "digest": "0" * 64,
        "seal": "0" * 64,
    }.get(name, (old or 0) + 1 if isinstance(old, int) or old is None else "x")
    setattr(entry, name, new)
    return name


def plain(entry: ModerationEntry) -> ModerationEntry:
    return ModerationEntry(**{name: copy(getattr(entry, name)) for name in COLUMNS})


def test_the_digest_of_a_text_says_nothing_once_the_text_is_gone(machine: int) -> None:
    one, other = sent(machine, ANN), sent(machine, BEN)

    digests = {entry.digest for entry in log.all_entries()}

    assert len(digests) == 2, "the same text has another digest each time"
    assert log.digest_of(one.versions[0]) in digests
    assert log.digest_of(other.versions[0]) in digests


def test_the_log_stays_when_a_review_goes(machine: int) -> None:
    id_ = published(machine, ANN).id
    begin()
    sending.withdraw(id_, ANN, NOON)
    db.session.commit()

    assert [one.action for one in log.all_entries()] == ["received", "published", "withdrawn"]
    assert log.broken_at(log.all_entries()) is None
    assert MOD in {one.by_id for one in log.all_entries()}
    assert ANN not in {one.by_id for one in log.all_entries()}
