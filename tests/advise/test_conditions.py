"""The list a reader ticks on, and finding something in it."""

from __future__ import annotations

from flask import Flask

from reviews_app.advise import Answers, Conditions, advise, conditions, subjects
from reviews_app.guidance.models import GROUPS
from tests.advise.drawing import a_flag, a_rule
from tests.listings import statements_of

LISTED = Conditions(
    (a_flag("cold-leg"),),
    (a_rule("dvt", group=GROUPS[0]), a_rule("pad", group=GROUPS[1]), a_rule("pacemaker")),
)


def keys_of(found: Conditions) -> frozenset[str]:
    return found.keys


def test_conditions_stand_under_their_headings_in_order() -> None:
    assert [group.name for group in LISTED.groups] == [GROUPS[0], GROUPS[1]]
    assert [one.contraindication.id for one in LISTED.groups[0].rules] == ["dvt", "pacemaker"]


def test_words_are_found_in_names_signs_and_headings_whatever_their_case() -> None:
    assert keys_of(LISTED.matching("DVT")) == {"dvt"}
    assert keys_of(LISTED.matching("sign of pad")) == {"pad"}
    assert keys_of(LISTED.matching("clots")) == {"dvt", "pacemaker"}
    assert keys_of(LISTED.matching("cold")) == {"cold-leg"}
    assert keys_of(LISTED.matching("dvt pad")) == {"dvt", "pad"}


def test_an_entry_is_found_by_the_other_words_for_it() -> None:
    assert keys_of(LISTED.matching("other pad")) == {"pad"}


def test_a_circle_of_conditions_has_an_end() -> None:
    listed = Conditions((), (a_rule("a", counts_as=["b"]), a_rule("b", counts_as=["a"])))

    assert listed.holding(Answers(frozenset({"a"}))).keys == {"a", "b"}


def test_every_real_condition_has_its_place(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        listed = conditions()

    grouped = [one for group in listed.groups for one in group.rules]
    assert sorted(one.contraindication.id for one in grouped) == sorted(
        one.contraindication.id for one in listed.rules
    )
    assert len(listed.keys) == len(listed.flags) + len(listed.rules) > 50


def test_every_mechanism_is_answered_for(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        found = subjects()

    assert [one.id for one in found if one.kind == "type"][:2] == ["compression", "deep-tissue"]
    assert [one.id for one in found if one.kind == "mechanism"] == ["heat", "manual", "mld"]
    assert all(one.mechanisms for one in found)


def test_no_statement_depends_on_what_was_ticked(real_catalogue: Flask) -> None:
    asked: list[list[str]] = []
    for ticked in (set(), {"dvt", "pacemaker", "clot-leg"}):
        with statements_of(real_catalogue) as statements, real_catalogue.app_context():
            advise(Answers(frozenset(ticked)), conditions())
        asked.append(statements)

    assert asked[0] == asked[1]
