"""Answers of makers: by who speaks for them, once a review, read before they are shown."""

from __future__ import annotations

import pytest

from reviews_app.db import db
from reviews_app.errors import BadInput, NotFound, Overtaken, Refused
from reviews_app.reviews.readers import answers, deciding, log, shelf
from reviews_app.reviews.readers.rules import LONGEST_ANSWER, Reason
from tests.factories import a_product
from tests.reviews.readers.conftest import ANN, BEN, MOD, SECOND
from tests.reviews.readers.writing import NOON, TEXT, begin, publish, published, sent

MAKER = BEN


@pytest.fixture
def review(machine: int) -> int:
    """A published review of a machine whose maker BEN speaks for."""
    product_id = a_product("made", brand_id="maker").id
    answers.confirm(MAKER, "maker", NOON)
    db.session.commit()
    return published(product_id, ANN).id


def answered(review: int, account_id: int = MAKER, text: str = TEXT) -> None:
    begin()
    answers.answer(review, account_id, text, NOON)
    db.session.commit()


def test_an_answer_waits_and_is_then_shown_with_its_maker(review: int) -> None:
    answered(review)
    assert shelf.get_public(review).answer is None
    assert [one.review_id for one in answers.waiting_answers()] == [review]

    begin()
    answers.publish(review, MOD, NOON)
    db.session.commit()

    found = shelf.get_public(review).answer
    assert found is not None
    assert (found.brand, found.paragraphs) == ("Maker", (TEXT,))
    assert [one.action for one in log.all_entries()][-2:] == ["answer-received", "answer-published"]


def test_there_is_one_answer_a_review(review: int) -> None:
    answered(review)

    with pytest.raises(Refused):
        answered(review)


def test_an_answer_that_was_withheld_may_be_sent_anew(review: int) -> None:
    answered(review)
    begin()
    answers.withhold(review, Reason.ABUSE, MOD, NOON)
    db.session.commit()
    with pytest.raises(Overtaken):
        answers.publish(review, MOD, NOON)

    answered(review)
    assert len(answers.waiting_answers()) == 1


def test_an_answer_to_a_review_that_was_edited_says_so(review: int) -> None:
    answered(review)
    begin()
    answers.publish(review, MOD, NOON)
    db.session.commit()
    product_id = shelf.get_public(review).product_id
    edited = sent(product_id, ANN, title="Synthetic second thoughts")
    assert not shelf.get_public(review).answer_is_to_earlier, "the edit is not public yet"

    publish(edited)

    assert shelf.get_public(review).answer_is_to_earlier


def test_who_decides_on_an_answer_sees_that_the_review_was_edited(review: int) -> None:
    answered(review)
    assert [one.is_to_earlier for one in answers.waiting_answers()] == [False]

    publish(sent(shelf.get_public(review).product_id, ANN, title="Synthetic second thoughts"))

    assert [one.is_to_earlier for one in answers.waiting_answers()] == [True]


def test_nobody_else_answers(review: int, machine: int) -> None:
    other = published(machine, ANN).id

    for account_id, of in ((ANN, review), (MAKER, other), (MOD, review)):
        with pytest.raises(NotFound):
            answered(of, account_id)
        assert not answers.may_answer(of, account_id)


@pytest.mark.parametrize("text", ["", "too short", "x" * (LONGEST_ANSWER + 1)])
def test_an_answer_has_a_length(review: int, text: str) -> None:
    with pytest.raises(BadInput):
        answered(review, text=text)


def test_who_speaks_for_a_maker_decides_on_nothing_about_it(review: int) -> None:
    answers.confirm(MOD, "maker", NOON)
    db.session.commit()
    product_id = shelf.get_public(review).product_id
    waiting = sent(product_id, SECOND).id
    answered(review)

    for act in (
        lambda: deciding.publish(waiting, 1, MOD, NOON),
        lambda: deciding.propose_takedown(review, Reason.FAKE, MOD, NOON),
        lambda: answers.publish(review, MOD, NOON),
    ):
        begin()
        with pytest.raises(Refused, match="You speak for"):
            act()


def test_only_a_brand_that_is_there_can_be_spoken_for(machine: int) -> None:
    with pytest.raises(NotFound):
        answers.confirm(ANN, "unheard-of", NOON)
    assert answers.speaks_for(ANN) is None
    assert machine
