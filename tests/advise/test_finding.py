"""The finder on random catalogues: the machines of the listing, each with honest reasons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app import browse
from reviews_app.advise.finding import Finding, Match, finding
from reviews_app.advise.finding_questions import OWN, names_in_order, selection_of, with_own
from reviews_app.advise.finding_standings import Standings
from reviews_app.browse import Selection
from reviews_app.catalogue.vocabulary import NOT_STATED
from reviews_app.db import db
from tests.browse import world
from tests.browse.drawing import catalogues, choices, store
from tests.browse.oracle import Machine, Oracle
from tests.databases import NewSite

often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
very_often = settings(often, max_examples=1000)


@pytest.fixture(scope="module")
def site(new_site: NewSite) -> Iterator[Flask]:
    """A site that knows the words of `world` and no machine."""
    with new_site() as app:
        with app.app_context():
            world.make()
            db.session.commit()
        yield app


@contextmanager
def found(site: Flask, data: st.DataObject, machines: list[Machine]) -> Iterator[Found]:
    """The answer to random preferences on this catalogue, and what is true of it."""
    with site.app_context():
        store(machines)
        vocabulary = browse.vocabulary()
        args = [one for one in data.draw(choices(vocabulary)) if one[0] not in dict(OWN)]
        unstated = data.draw(st.sampled_from([[], ["include"], ["exclude"]]))
        selection = selection_of([*args, *(("unstated", one) for one in unstated)], vocabulary)
        yield Found(finding(selection), Oracle(machines))
        db.session.rollback()


class Found:
    """A Finding beside the oracle of the listing."""

    def __init__(self, answer: Finding, oracle: Oracle) -> None:
        self.answer = answer
        self.oracle = oracle
        self.selection = answer.selection
        self.names = names_in_order(set(self.selection.narrowed_by) - dict(OWN).keys())

    def slugs(self, selection: Selection) -> set[str]:
        return {one.slug for one in self.oracle.matching(selection)}

    def meeting(self, name: str) -> set[str]:
        """The machines for use at home that meet one choice, whatever the others."""
        alone = self.selection
        for other in set(self.names) - {name}:
            alone = alone.without(other)
        return self.slugs(alone)


@pytest.mark.long
@often
@given(data=st.data(), machines=catalogues())
def test_the_finder_gives_the_machines_of_the_listing_in_its_order(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    check_everything(site, data, machines)


@pytest.mark.slow
@very_often
@given(data=st.data(), machines=catalogues(least=0, most=20))
def test_a_thousand_findings_are_honest(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    check_everything(site, data, machines)


def check_everything(site: Flask, data: st.DataObject, machines: list[Machine]) -> None:
    with found(site, data, machines) as one:
        check_is_the_listing(one)
        check_why_not(one)
        check_relaxations(one)
        for match in one.answer.matches:
            check_points(one, match)


def check_is_the_listing(one: Found) -> None:
    by_id = {machine.id: machine.slug for machine in one.oracle.machines}
    expected = [by_id[id_] for id_ in one.oracle.ids(one.selection)]
    everyone = one.slugs(one.answer.everyone)

    assert [match.card.slug for match in one.answer.matches] == expected
    assert [match.place for match in one.answer.matches] == list(range(1, len(expected) + 1))
    assert one.answer.standings.total == len(expected)
    assert one.answer.standings.everyone == len(everyone)
    assert one.answer.standings.stating == len(one.slugs(one.answer.stating))
    assert one.answer.standings.with_unstated == len(one.slugs(one.answer.with_unstated))


def check_why_not(one: Found) -> None:
    """Every other machine is named once, under the first choice that it does not meet."""
    others = one.slugs(one.answer.everyone) - one.slugs(one.selection)
    named = [machine.slug for why in one.answer.why_not for machine in why.named]
    meeting = {name: one.meeting(name) for name in one.names}
    decisive = dict(zip(one.answer.standings.decisive, one.answer.why_not, strict=True))

    assert sorted(named) == sorted(others)
    for name, why in decisive.items():
        assert why.machines == len(why.named)
        before = one.names[: one.names.index(name)]
        for machine in why.named:
            assert machine.slug not in meeting[name]
            assert all(machine.slug in meeting[earlier] for earlier in before)


def check_relaxations(one: Found) -> None:
    """Each keeps its promise, and nothing smaller would have helped."""
    assert not (one.answer.relaxations and one.answer.matches)
    for relaxation in one.answer.relaxations:
        assert relaxation.machines == len(one.slugs(relaxation.selection)) > 0
    dropped = {len(each.labels) for each in one.answer.relaxations} - {0}
    if not one.answer.matches and dropped != {1}:
        assert not any(one.slugs(one.selection.without(name)) for name in one.names)
    if not one.answer.matches:
        singles = [(each.labels, each.machines) for each in one.answer.relaxations]
        for drop in one.answer.listing.drops:
            if drop.count and drop.label not in {"Made for", "Recalls"}:
                assert ((drop.label,), drop.count) in singles


def check_points(one: Found, match: Match) -> None:
    """Every choice is answered; "not stated" is said of those who would else be left out."""
    points = match.points
    said = {each.name for kind in vars(points).values() for each in kind}
    unasked = {name for name, values in one.selection.values if set(values) <= {NOT_STATED, "na"}}
    unstated = {each.name for each in points.unstated} - unasked

    assert said == set(one.names)
    assert {each.name for each in points.unmet} <= {each.name for each in points.met}
    assert (match.card.slug in one.slugs(one.answer.stating)) == (not unstated)


@pytest.mark.long
@often
@given(data=st.data(), machines=catalogues(least=0, most=1))
def test_the_address_of_the_preferences_is_an_address_of_the_listing(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with found(site, data, machines) as one:
        vocabulary = one.selection.vocabulary
        args = one.selection.as_args()

        assert Selection.from_args(args, vocabulary) == one.selection
        assert selection_of(args, vocabulary) == one.selection
        assert with_own(one.selection) == one.selection
        assert set(OWN) <= set(args)


def test_two_choices_are_dropped_only_where_one_is_not_enough() -> None:
    one_helps = Standings({("need", "price"): 3, ("price",): 2}, 0, 0)
    two_help = Standings(
        {("need", "price"): 3, ("area", "price"): 4, ("area", "calf", "heat"): 9}, 0, 0
    )
    none_help = Standings({("need", "area", "calf"): 1}, 0, 0)

    assert one_helps.relaxations() == [(("price",), 2)]
    assert two_help.relaxations() == [(("area", "price"), 4), (("need", "price"), 3)]
    assert none_help.relaxations() == []


def test_the_order_of_the_choices_does_not_depend_on_how_they_come() -> None:
    assert names_in_order(["form", "price", "brand", "need"]) == ["need", "price", "brand", "form"]


def test_the_first_question_decides() -> None:
    standings = Standings({(): 5, ("heat", "price"): 2, ("need", "heat"): 1, ("price",): 4}, 0, 0)

    assert standings.decisive == {"need": 1, "heat": 2, "price": 4}
    assert (standings.total, standings.everyone) == (5, 12)
