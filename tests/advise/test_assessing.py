"""The rule of the check, on random rules and answers and on a few by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.advise import Answers, Conditions, Outcome, assess
from reviews_app.advise.outcomes import OF_ACTION, OF_SEVERITY
from reviews_app.guidance.models import ACTIONS, SEVERITIES
from reviews_app.guidance.safety import Flag, Rule
from tests.advise.drawing import MECHANISMS, a_flag, a_rule, some_mechanisms, ticked_lists

Ticked = tuple[Conditions, Answers]

mechanisms_or_none = st.sets(st.sampled_from(MECHANISMS))


@given(ticked_lists(), mechanisms_or_none)
def test_everything_has_exactly_one_of_four_outcomes(ticked: Ticked, mechanisms: set[str]) -> None:
    listed, answers = ticked

    found = assess(answers, mechanisms, listed)

    assert [found.outcome is one for one in Outcome].count(True) == 1
    assert len(Outcome) == 4
    assert (found.outcome is Outcome.NOT_ASSESSED) == (not mechanisms)
    assert bool(found.reasons) == (found.outcome in (Outcome.STOP, Outcome.ASK))


@given(ticked_lists(), some_mechanisms)
def test_the_strictest_reason_wins_and_every_other_is_kept(
    ticked: Ticked, mechanisms: set[str]
) -> None:
    listed, answers = ticked

    found = assess(answers, mechanisms, listed)

    ranks = [reason.outcome.rank for reason in found.reasons]
    assert ranks == sorted(ranks)
    if found.reasons:
        assert found.outcome.rank == min(ranks)
    spoken = {one.said.contraindication.id for one in found.reasons if isinstance(one.said, Rule)}
    for rule in listed.holding(answers).rules:
        speaks = rule.applies_to_all or mechanisms & set(rule.contraindication.applies_to)
        assert (rule.contraindication.id in spoken) == bool(speaks)


@given(ticked_lists(), mechanisms_or_none)
def test_a_rule_never_speaks_of_a_mechanism_that_is_not_its_own(
    ticked: Ticked, mechanisms: set[str]
) -> None:
    listed, answers = ticked

    for reason in assess(answers, mechanisms, listed).reasons:
        assert reason.mechanisms
        assert reason.mechanisms <= mechanisms
        if isinstance(reason.said, Rule) and not reason.said.applies_to_all:
            assert reason.mechanisms <= set(reason.said.contraindication.applies_to)


@given(ticked_lists(), some_mechanisms, some_mechanisms)
def test_a_part_of_something_is_never_judged_more_strictly_than_the_whole(
    ticked: Ticked, some: set[str], others: set[str]
) -> None:
    listed, answers = ticked

    whole, parts = some | others, (some, others)

    assert assess(answers, whole, listed).outcome.rank == min(
        assess(answers, part, listed).outcome.rank for part in parts
    )


@given(ticked_lists(), some_mechanisms)
def test_what_was_not_ticked_says_nothing(ticked: Ticked, mechanisms: set[str]) -> None:
    listed, _ = ticked

    assert assess(Answers(), mechanisms, listed).outcome is Outcome.NO_CONFLICT


@given(ticked_lists(), some_mechanisms)
def test_a_sign_that_wants_a_doctor_at_once_stops_everything(
    ticked: Ticked, mechanisms: set[str]
) -> None:
    listed, answers = ticked
    flagged = Conditions((*listed.flags, a_flag("now", "see a doctor today")), listed.rules)

    with_it = Answers(answers.keys | {"now"})

    assert assess(with_it, mechanisms, flagged).outcome is Outcome.STOP


def test_every_severity_and_every_action_comes_to_an_outcome() -> None:
    assert set(OF_SEVERITY) == set(SEVERITIES)
    assert set(OF_ACTION) == set(ACTIONS)
    assert {*OF_SEVERITY.values(), *OF_ACTION.values()} == {Outcome.STOP, Outcome.ASK}


@pytest.mark.parametrize(
    ("severity", "outcome"),
    [
        ("do not use", Outcome.STOP),
        ("ask a clinician first", Outcome.ASK),
        ("avoid the area", Outcome.ASK),
        ("use lowest setting", Outcome.ASK),
    ],
)
def test_a_caution_is_never_passed_over(severity: str, outcome: Outcome) -> None:
    listed = Conditions((), (a_rule("c", severity),))

    assert assess(Answers(frozenset({"c"})), ["compression"], listed).outcome is outcome
    assert assess(Answers(frozenset({"c"})), ["heat"], listed).outcome is Outcome.NO_CONFLICT


def test_a_condition_that_counts_as_another_brings_its_rule_along() -> None:
    severe = a_rule("severe", applies_to=["ems"], counts_as=["mild"])
    mild = a_rule("mild", "ask a clinician first", ["heat"], counts_as=["severe"])
    listed = Conditions((), (severe, mild))

    found = assess(Answers(frozenset({"severe"})), ["heat"], listed)

    assert found.outcome is Outcome.ASK
    assert [one.said for one in found.reasons] == [mild]


def test_a_sign_is_among_the_reasons() -> None:
    flag = a_flag("f", "see a doctor")

    found = assess(Answers(frozenset({"f"})), ["heat"], Conditions((flag,), ()))

    assert found.outcome is Outcome.ASK
    assert [isinstance(one.said, Flag) for one in found.reasons] == [True]
