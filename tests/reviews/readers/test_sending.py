"""What an author does: one review a machine, edits, one appeal a version, and taking it back."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.errors import NotFound, Refused, TooMany
from reviews_app.reviews.readers import deciding, sending, shelf
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.desk import queue
from reviews_app.reviews.readers.models import (
    ModerationEntry,
    ReaderReview,
    ReviewVersion,
    WaitingReview,
)
from reviews_app.reviews.readers.rules import MOST_SENT_A_DAY, Proof, Reason
from reviews_app.reviews.readers.sending import Sender
from reviews_app.reviews.readers.standing import State, standing_of
from tests.factories import a_product
from tests.reviews.readers.conftest import ANN, BEN, MOD, SECOND
from tests.reviews.readers.writing import (
    HOUR,
    NOON,
    begin,
    publish,
    published,
    sent,
    submission,
    withhold,
)


def count(table: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def titles(product_id: int) -> list[str]:
    return [one.title for one in shelf.shelf(product_id, Choice()).reviews]


def test_what_was_sent_waits_and_nobody_reads_it(machine: int) -> None:
    sent(machine, ANN)

    assert titles(machine) == []
    assert [one.title for one in queue()] == ["Synthetic test title"]


def test_sending_the_same_again_changes_nothing(machine: int) -> None:
    first = sent(machine, ANN).id
    again = sent(machine, ANN, NOON + HOUR).id

    assert first == again
    assert (count(ReaderReview), count(ReviewVersion), count(ModerationEntry)) == (1, 1, 1)


def test_a_person_has_one_review_of_a_machine_and_an_edit_is_a_version(machine: int) -> None:
    sent(machine, ANN)
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")
    sent(machine, BEN)

    assert (count(ReaderReview), count(ReviewVersion), count(WaitingReview)) == (2, 3, 2)


def test_an_edit_waits_and_the_last_published_version_stays(machine: int) -> None:
    review = published(machine, ANN)
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts", rating="1")
    assert titles(machine) == ["Synthetic test title"]

    publish(review)
    assert titles(machine) == ["Synthetic second thoughts"]
    assert [one.title for one in review.versions] == [
        "Synthetic test title",
        "Synthetic second thoughts",
    ]


def test_an_edit_that_is_withheld_leaves_the_old_version_public(machine: int) -> None:
    review = published(machine, ANN)
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")
    withhold(review)

    assert titles(machine) == ["Synthetic test title"]
    assert standing_of(review.id).state is State.WITHHELD
    assert standing_of(review.id).public == 1


def test_a_withheld_version_is_appealed_once_and_decided_by_somebody_else(machine: int) -> None:
    review = sent(machine, ANN)
    withhold(review, Reason.FAKE, MOD)
    id_ = review.id

    begin()
    sending.appeal(id_, ANN, NOON)
    db.session.commit()
    with pytest.raises(Refused, match="Another moderator"):
        publish(review, MOD)
    withhold(review, Reason.FAKE, SECOND)

    begin()
    with pytest.raises(Refused, match="appealed this version already"):
        sending.appeal(id_, ANN, NOON)


def test_an_edit_after_a_refused_appeal_may_be_sent_and_appealed_again(machine: int) -> None:
    review = sent(machine, ANN)
    withhold(review)
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")
    withhold(review)
    id_ = review.id

    begin()
    sending.appeal(id_, ANN, NOON)
    db.session.commit()
    publish(review, SECOND)

    assert titles(machine) == ["Synthetic second thoughts"]


@pytest.mark.parametrize("state", ["waiting", "published"])
def test_only_what_was_withheld_can_be_appealed(machine: int, state: str) -> None:
    review = sent(machine, ANN) if state == "waiting" else published(machine, ANN)
    id_ = review.id

    begin()
    with pytest.raises(Refused):
        sending.appeal(id_, ANN, NOON)


def test_nobody_can_touch_the_review_of_another(machine: int) -> None:
    review = sent(machine, ANN)
    withhold(review)
    id_ = review.id

    for act in (sending.appeal, sending.withdraw):
        begin()
        with pytest.raises(NotFound):
            act(id_, BEN, NOON)


def test_taking_it_back_leaves_nothing_but_the_log(machine: int) -> None:
    review = published(machine, ANN, needs=("tired-legs",))
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")
    id_ = review.id

    begin()
    sending.withdraw(id_, ANN, NOON)
    db.session.commit()

    assert (count(ReaderReview), count(ReviewVersion), count(WaitingReview)) == (0, 0, 0)
    assert titles(machine) == []
    assert standing_of(id_).state is State.WITHDRAWN


def test_a_day_has_a_limit(machine: int) -> None:
    others = [a_product(f"other-{n}").id for n in range(MOST_SENT_A_DAY)]
    db.session.commit()
    for n, product_id in enumerate(others):
        sent(product_id, ANN, NOON + n * HOUR)

    with pytest.raises(TooMany) as error:
        sent(machine, ANN, NOON + 10 * HOUR)
    assert error.value.retry_after_seconds == 14 * 3600
    sent(machine, ANN, NOON + dt.timedelta(hours=24))


def test_nothing_published_approves_the_next(machine: int) -> None:
    published(machine, ANN)
    other = a_product("other").id
    db.session.commit()
    sent(other, ANN, NOON + HOUR)

    assert titles(other) == []


def test_what_was_sent_is_read_back_as_it_was(machine: int) -> None:
    one = submission(calf="38cm", fitted="tight", broke="The zip", needs=("a", "b"))
    begin()
    review = sending.send(machine, Sender(ANN, Proof.EMAIL), one, NOON)
    db.session.commit()

    assert sending.submission_of(review.versions[0]) == one


def test_a_decision_names_the_version_it_is_about(machine: int) -> None:
    review = sent(machine, ANN)
    id_ = review.id
    sent(machine, ANN, NOON + HOUR, title="Synthetic second thoughts")

    begin()
    with pytest.raises(Exception, match="changed the review meanwhile"):
        deciding.publish(id_, 1, MOD, NOON)
