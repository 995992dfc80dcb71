"""Random catalogues and random choices: SQL must say what the slow, obvious oracle says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews_app import browse
from reviews_app.browse import Listing, Selection
from reviews_app.browse.options import FacetResult
from reviews_app.browse.words import CLASS
from reviews_app.db import db
from tests.browse import world
from tests.browse.drawing import catalogues, choices, store
from tests.browse.oracle import Machine, Oracle, wanted, word_class
from tests.databases import NewSite

PER_PAGE = 3

often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
very_often = settings(often, max_examples=1000)
seldom = settings(often, max_examples=30)


@pytest.fixture(scope="module")
def site(new_site: NewSite) -> Iterator[Flask]:
    """A site that knows the words of `world` and no machine."""
    with new_site() as app:
        with app.app_context():
            world.make()
            db.session.commit()
        yield app


@contextmanager
def catalogue(site: Flask, machines: list[Machine]) -> Iterator[Oracle]:
    """The machines in the database for as long as this lasts, and what is true of them."""
    with site.app_context():
        store(machines)
        yield Oracle(machines)
        db.session.rollback()


def drawn(data: st.DataObject) -> Selection:
    vocabulary = browse.vocabulary()
    return Selection.from_args(data.draw(choices(vocabulary)), vocabulary)


def pages(selection: Selection) -> Iterator[Listing]:
    first = browse.find(selection, per_page=PER_PAGE)
    yield first
    for page in range(2, first.pages + 1):
        yield browse.find(selection.with_page(page), per_page=PER_PAGE)


@often
@given(data=st.data(), machines=catalogues())
def test_an_answer_is_what_the_rules_say(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    check_answer(site, data, machines)


@pytest.mark.slow
@very_often
@given(data=st.data(), machines=catalogues(least=0, most=20))
def test_a_thousand_answers_are_what_the_rules_say(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    check_answer(site, data, machines)


def check_answer(site: Flask, data: st.DataObject, machines: list[Machine]) -> None:
    with catalogue(site, machines) as oracle:
        listing = browse.find(drawn(data))

        ids = oracle.ids(listing.selection)
        assert list(listing.ids) == ids
        assert listing.total == len(ids)
        check_facets(listing, oracle)
        check_ranges(listing, oracle)
        check_fits(listing, oracle)
        for name, count in listing.unstated.items():
            assert count == oracle.number(listing.selection, name).unstated
        for drop in listing.drops:
            assert drop.count == len(oracle.matching(drop.without))


@often
@given(data=st.data(), machines=catalogues())
def test_every_machine_on_a_page_is_explained_as_well_as_it_ranks(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines):
        words = data.draw(st.sampled_from(world.QUERIES))
        listing = browse.find(Selection.from_args([("q", words)], browse.vocabulary()))

        found = browse.explain(words, listing.ids)

        assert set(found) == set(listing.ids)
        for machine in machines:
            if machine.id in found:
                met = found[machine.id]
                assert {one.asked for one in met} == wanted(words)
                assert max(CLASS[one.how] for one in met) == word_class(machine, words)


def check_facets(listing: Listing, oracle: Oracle) -> None:
    for facet in listing.facets:
        counted = {option.value: option.count for option in facet.options}
        for value in listing.selection.vocabulary.facet[facet.name].labels:
            expected = oracle.count(listing.selection, facet.name, value)
            assert counted.get(value, 0) == expected, (facet.name, value)


def check_ranges(listing: Listing, oracle: Oracle) -> None:
    for found in listing.ranges:
        number = oracle.number(listing.selection, found.name)
        per = 100 if found.name in ("price", "score", "rating") else 1
        ends = [None if end is None else float(end * per) for end in (found.low, found.high)]
        assert ends == [number.low, number.high], found.name
        assert found.unstated == number.unstated, found.name
        assert found.not_applicable == number.not_applicable, found.name


def check_fits(listing: Listing, oracle: Oracle) -> None:
    for fit in listing.fits:
        number = oracle.number(listing.selection, fit.name)
        assert fit.unstated == number.unstated, fit.name
        assert fit.passes_not_applicable == number.not_applicable, fit.name


@seldom
@given(data=st.data(), machines=catalogues())
def test_pages_neither_repeat_nor_lose(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines) as oracle:
        selection = drawn(data)

        seen = [one for listing in pages(selection) for one in listing.ids]

        assert seen == oracle.ids(selection)


@seldom
@given(data=st.data(), machines=catalogues())
def test_following_an_option_gives_what_its_count_promised(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines):
        listing = browse.find(drawn(data))
        facet: FacetResult = data.draw(st.sampled_from(listing.facets))
        before = listing.selection.chosen(facet.name)

        for option in facet.options:
            followed = browse.find(option.toggled)
            if not before:
                assert followed.total == option.count
            assert set(option.toggled.chosen(facet.name)) == set(before) ^ {option.value}


@seldom
@given(data=st.data(), machines=catalogues())
def test_the_counts_of_a_one_valued_facet_add_up_to_its_context(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines) as oracle:
        listing = browse.find(drawn(data))

        for facet in listing.facets:
            if facet.kind == "one":
                context = oracle.matching(listing.selection, facet.name)
                assert sum(option.count for option in facet.options) == len(context), facet.name


@often
@given(data=st.data(), machines=catalogues(least=0, most=2))
def test_an_address_and_its_selection_are_inverse(
    site: Flask, data: st.DataObject, machines: list[Machine]
) -> None:
    with catalogue(site, machines):
        selection = drawn(data).with_page(data.draw(st.integers(1, 5)))

        args = selection.as_args()

        assert Selection.from_args(args, selection.vocabulary) == selection
        assert Selection.from_args(reversed(args), selection.vocabulary).as_args() == args
