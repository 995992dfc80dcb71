"""What a person takes along, and what stays of them: by their choice everything, or nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from reviews_app.db import Base, db
from reviews_app.reviews.readers import leaving, log, numbers, reports, shelf, votes
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.models import ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rating import ratings_of
from reviews_app.reviews.readers.reports import ReviewReport
from reviews_app.reviews.readers.rules import Reason
from reviews_app.reviews.readers.votes import HelpfulVote
from tests.reviews.readers.conftest import ANN, BEN
from tests.reviews.readers.writing import HOUR, NOON, begin, published, sent

ACCOUNTS_OWN = {"account_role", "account_session", "recovery_code", "mail"}


def leave(account_id: int, *, keep: bool) -> None:
    begin()
    for rule in leaving.RULES:
        rule.leave(account_id, keep)
    db.session.commit()


def a_life(machine: int) -> int:
    """A published review with an edit that waits, a vote and a report, all by one person."""
    review = published(machine, ANN, rating="5")
    other = published(machine, BEN, rating="1")
    ids = (review.id, other.id)
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")
    begin()
    votes.vote(ids[1], ANN, NOON)
    reports.report(ids[1], Reason.ABUSE, "Synthetic words of a report", ANN, NOON)
    db.session.commit()
    return ids[0]


def test_every_column_that_points_to_an_account_has_a_rule() -> None:
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        if table.name not in ACCOUNTS_OWN
        for column in table.columns
        if any(key.target_fullname == "account.id" for key in column.foreign_keys)
    }

    assert {(rule.table, rule.column) for rule in leaving.RULES} == pointing


def test_everything_is_taken_along(machine: int) -> None:
    a_life(machine)

    taken = {rule.name: rule.export(ANN) for rule in leaving.RULES}

    (review,) = taken["reviews"]
    assert [one["title"] for one in review["versions"]] == [
        "Synthetic test title",
        "Synthetic second thoughts",
    ]
    assert [one["action"] for one in review["log"]] == ["received", "published", "edited"]
    assert taken["helpful_votes"][0]["at"] == NOON.isoformat()
    assert taken["review_reports"][0]["text"] == "Synthetic words of a report"
    assert taken["review_bans"] == []


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_points_to_who_has_left(machine: int, keep: bool) -> None:
    a_life(machine)
    leave(ANN, keep=keep)

    assert {rule.name: rule.export(ANN) for rule in leaving.RULES} == {
        rule.name: [] for rule in leaving.RULES
    }
    assert db.session.scalars(sa.select(ReviewReport.text)).all() == [""]
    assert db.session.scalars(sa.select(HelpfulVote)).all() == []
    assert ANN not in {one.by_id for one in log.all_entries()}
    assert log.broken_at(log.all_entries()) is None


def test_reviews_stay_as_by_a_former_member(machine: int) -> None:
    id_ = a_life(machine)
    leave(ANN, keep=True)

    review = shelf.get_public(id_)
    assert (review.account_id, review.rating) == (None, 5)
    assert ratings_of([machine])[machine].published == 2


def test_or_they_go_and_every_sum_follows(machine: int) -> None:
    a_life(machine)
    leave(ANN, keep=False)

    assert [one.rating for one in shelf.shelf(machine, Choice()).reviews] == [1]
    assert ratings_of([machine])[machine].mean_centi == 100
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReaderReview)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReviewVersion)) == 1
    assert sum(numbers.fates(NOON, machine).withdrawn.values()) == 1


def test_a_second_former_member_may_have_reviewed_the_same_machine(machine: int) -> None:
    a_life(machine)
    for one in (ANN, BEN):
        leave(one, keep=True)

    assert [one.account_id for one in shelf.shelf(machine, Choice()).reviews] == [None, None]
