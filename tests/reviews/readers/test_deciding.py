"""What moderators decide, on what they may not, and what takes two of them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from reviews_app.catalogue.revision import current_revision
from reviews_app.db import db
from reviews_app.errors import NotFound, Overtaken, Refused
from reviews_app.reviews.readers import banning, deciding, shelf
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.models import ModerationEntry, ReviewVersion
from reviews_app.reviews.readers.rules import Reason
from reviews_app.reviews.readers.standing import State, standing_of
from tests.reviews.readers.conftest import ANN, BEN, MOD, SECOND, THIRD
from tests.reviews.readers.writing import NOON, begin, publish, published, sent, withhold


def is_public(product_id: int) -> bool:
    return bool(shelf.shelf(product_id, Choice()).reviews)


def test_a_decision_is_a_row_with_who_when_why_and_the_text(machine: int) -> None:
    review = sent(machine, ANN)
    withhold(review, Reason.ABUSE)

    entry = db.session.scalars(sa.select(ModerationEntry).order_by(ModerationEntry.id)).all()[-1]
    assert (entry.action, entry.reason, entry.by_id) == ("withheld", "abuse", MOD)
    assert (entry.at, entry.review_id, entry.version) == (NOON, review.id, 1)
    assert entry.digest


def test_moderators_do_not_decide_on_their_own(machine: int) -> None:
    review = sent(machine, MOD)

    with pytest.raises(Refused, match="your own"):
        publish(review, MOD)
    publish(review, SECOND)
    assert is_public(machine)


def test_what_is_decided_cannot_be_decided_again(machine: int) -> None:
    review = published(machine, ANN)

    with pytest.raises(Overtaken):
        withhold(review, moderator=SECOND)


def test_taking_down_needs_a_second_moderator(machine: int) -> None:
    id_ = published(machine, ANN).id
    begin()
    deciding.propose_takedown(id_, Reason.FAKE, MOD, NOON)
    db.session.commit()
    assert is_public(machine)

    for act in (deciding.confirm_takedown, deciding.keep):
        begin()
        with pytest.raises(Refused, match="second"):
            act(id_, MOD, NOON)
    begin()
    deciding.confirm_takedown(id_, SECOND, NOON)
    db.session.commit()

    assert not is_public(machine)
    assert standing_of(id_).state is State.WITHHELD
    assert standing_of(id_).not_by == {MOD, SECOND}
    begin()
    with pytest.raises(NotFound):
        deciding.confirm_takedown(id_, THIRD, NOON)


def test_a_second_moderator_may_keep_it(machine: int) -> None:
    id_ = published(machine, ANN).id
    begin()
    deciding.propose_takedown(id_, Reason.FAKE, MOD, NOON)
    deciding.keep(id_, SECOND, NOON)
    db.session.commit()

    assert is_public(machine)
    begin()
    with pytest.raises(Overtaken):
        deciding.confirm_takedown(id_, SECOND, NOON)


def test_an_author_decides_nothing_on_their_published_review(machine: int) -> None:
    id_ = published(machine, SECOND).id
    begin()
    deciding.propose_takedown(id_, Reason.FAKE, MOD, NOON)
    db.session.commit()

    for act in (deciding.confirm_takedown, deciding.keep):
        begin()
        with pytest.raises(Refused, match="your own"):
            act(id_, SECOND, NOON)


def test_a_ban_needs_two_and_stops_sending(machine: int) -> None:
    begin()
    banning.propose(ANN, Reason.SPAM, MOD, NOON)
    db.session.commit()
    sent(machine, ANN)
    begin()
    with pytest.raises(Refused):
        banning.confirm(ANN, MOD, NOON)
    begin()
    banning.confirm(ANN, SECOND, NOON)
    db.session.commit()

    with pytest.raises(Refused, match="banned"):
        sent(machine, ANN, title="Synthetic again")
    sent(machine, BEN)


def test_a_ban_may_be_dropped_by_the_second(machine: int) -> None:
    begin()
    banning.propose(ANN, Reason.SPAM, MOD, NOON)
    with pytest.raises(Refused):
        banning.drop(ANN, MOD, NOON)
    banning.drop(ANN, SECOND, NOON)
    db.session.commit()

    assert not banning.is_banned(ANN)


def test_every_decision_on_what_is_public_raises_the_revision(machine: int) -> None:
    before = current_revision()
    review = published(machine, ANN)
    assert current_revision() == before + 1
    sent(machine, ANN, title="Synthetic again")
    withhold(review)
    assert current_revision() == before + 1


def test_nobody_can_change_what_a_reader_wrote(machine: int) -> None:
    sent(machine, ANN)

    with pytest.raises(DBAPIError, match="changed by nobody"):
        db.session.execute(sa.update(ReviewVersion).values(rating=5))
    db.session.rollback()
    with pytest.raises(DBAPIError, match="changed by nobody"):
        db.session.execute(sa.text("UPDATE reader_review_version SET text = 'x'"))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_entry SET reason = 'abuse'",
        "DELETE FROM moderation_entry",
        "DELETE FROM moderation_entry WHERE id = 1",
    ],
)
def test_the_database_refuses_to_change_the_log(machine: int, statement: str) -> None:
    sent(machine, ANN)

    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(sa.text(statement))
    db.session.rollback()


def test_postgresql_refuses_to_empty_the_log(machine: int) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    sent(machine, ANN)

    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(sa.text("TRUNCATE moderation_entry"))
    db.session.rollback()
