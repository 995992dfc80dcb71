"""The log in public: seals are checked page by page, and a month that is over is counted once."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.reviews.readers import history, log
from reviews_app.reviews.readers.history import PER_PAGE, by_month, page_of
from reviews_app.reviews.readers.models import ModerationEntry
from reviews_app.reviews.readers.rules import Action, Reason
from tests.factories import a_product
from tests.reviews.readers.conftest import ANN, BEN
from tests.reviews.readers.writing import NOON, begin, publish, published, sent, withhold

DAY = dt.timedelta(days=1)


def test_a_month_counts_what_happened_in_it_and_how_long_decisions_took(machine: int) -> None:
    others = [a_product(f"machine-{n}").id for n in range(3)]
    db.session.commit()
    late = sent(machine, ANN, NOON - 30 * DAY)
    for n, product_id in enumerate(others):
        withhold(sent(product_id, BEN, NOON - DAY), Reason.ABUSE, at=NOON + n * DAY)
    publish(late, at=NOON)

    november, october = by_month()
    assert (november.month, october.month) == ("2026-11", "2026-10")
    assert november.actions == {Action.RECEIVED: 3, Action.WITHHELD: 3, Action.PUBLISHED: 1}
    assert november.reasons == {Reason.ABUSE: 3}
    assert november.median_days == pytest.approx(2.5)  # of 1, 2, 3 and 30 days
    assert (october.actions, october.median_days) == ({Action.RECEIVED: 1}, None)


def test_a_month_that_is_over_is_not_read_again(machine: int) -> None:
    other = a_product("other").id
    db.session.commit()
    sent(other, ANN, NOON - 60 * DAY)
    sent(machine, ANN, NOON - 30 * DAY)
    sent(machine, BEN, NOON)
    first = by_month()
    sent(machine, BEN, NOON, title="Synthetic second thoughts")
    before = history._month.cache_info()
    second = by_month()
    after = history._month.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (1, 2)
    assert second[2] is first[2]
    assert second[0].actions == {Action.RECEIVED: 1, Action.EDITED: 1}


def test_who_is_entered_later_for_an_earlier_instant_is_counted_at_once(machine: int) -> None:
    sent(machine, ANN, NOON)
    assert by_month()[0].actions == {Action.RECEIVED: 1}
    sent(machine, BEN, NOON - dt.timedelta(milliseconds=5))

    assert by_month()[0].actions == {Action.RECEIVED: 2}


def a_long_log() -> int:
    """More than two pages of entries; gives how many."""
    begin()
    log.alone()
    for _ in range(2 * PER_PAGE + 3):
        log.record(Action.BAN_DROPPED, NOON, log.Subject(account_id=ANN))
    db.session.commit()
    return 2 * PER_PAGE + 3


def test_every_entry_is_on_one_page_and_every_page_is_checked(machine: int) -> None:
    total = a_long_log()
    pages = [history.history(n) for n in (1, 2, 3)]

    assert [one.number for page in pages for one in page.lines] == list(range(total, 0, -1))
    assert {page.broken_at for page in pages} == {None}
    assert all(page_of(one.number) == page.page for page in pages for one in page.lines)
    for wrong in (0, 4):
        with pytest.raises(NotFound):
            history.history(wrong)
    assert machine


@pytest.mark.parametrize("number", [1, PER_PAGE, PER_PAGE + 1, 2 * PER_PAGE + 3])
def test_a_page_tells_of_an_entry_that_was_changed(machine: int, number: int) -> None:
    a_long_log()
    _as_somebody_who_owns_the_database(number)

    broken = [history.history(n).broken_at for n in (1, 2, 3)]

    assert number in broken
    assert machine


def _as_somebody_who_owns_the_database(number: int) -> None:
    """Take the guard away and change an entry, as only who has the whole database can."""
    table = "moderation_entry"
    on = f" ON {table}" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(sa.text(f"DROP TRIGGER {table}_no_update{on}"))
    changed = sa.update(ModerationEntry).where(ModerationEntry.id == number)
    db.session.execute(changed.values(reason=Reason.ILLEGAL.value))
    db.session.commit()


def test_the_head_of_an_empty_log_is_no_entry(machine: int) -> None:
    assert by_month() == ()
    assert history.history(1).lines == ()
    published(machine, ANN)
    assert log.broken_at(log.entries_after(1, 9), after=log.Head(1, log.seal_before(2))) is None
