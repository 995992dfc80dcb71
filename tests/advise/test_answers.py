"""What a form brings, and what is said of it when it is not as it should be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.advise import Answers, BadAnswers
from reviews_app.advise.answers import MOST_TICKS

KNOWN = frozenset({"dvt", "pad", "clot-leg"})


def refused(*ticked: str) -> BadAnswers:
    with pytest.raises(BadAnswers) as caught:
        Answers.from_form(ticked, KNOWN)
    return caught.value


@given(st.sets(st.sampled_from(sorted(KNOWN))))
def test_what_is_known_is_taken_once(ticked: set[str]) -> None:
    assert Answers.from_form([*ticked, *ticked], KNOWN).keys == ticked


@given(st.lists(st.text(), min_size=1).filter(lambda values: not KNOWN & set(values)))
def test_what_is_unknown_is_refused_and_not_repeated(values: list[str]) -> None:
    error = refused("dvt", *values)

    assert error.kept.keys == {"dvt"}
    assert "on our list" in error.message
    assert error.value is None
    assert all(value not in error.message for value in values if len(value) > 9)


def test_one_unknown_answer_is_one() -> None:
    assert refused("x").message.startswith("One answer is not")
    assert refused("x", "y").message.startswith("2 answers are not")


def test_thousands_of_ticks_are_refused_before_any_is_looked_up() -> None:
    error = refused(*["dvt"] * (MOST_TICKS + 1))

    assert error.message.startswith("More than 500 answers")
    assert error.kept.keys == {"dvt"}


def test_answers_do_not_say_what_they_are() -> None:
    answers = Answers(frozenset({"dvt"}))

    assert "dvt" not in repr(answers)
    assert "dvt" not in str(answers)
    assert ("dvt" in answers, len(answers), list(answers)) == (True, 1, ["dvt"])
