"""What reviews come to: whole numbers, the published prior, and who is outside the mean."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.reviews.readers.rating import rating_of, ratings_of
from reviews_app.reviews.readers.rules import PRIOR_RATING, PRIOR_REVIEWS
from tests.reviews.readers.conftest import ANN, BEN
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, published

STARS = st.lists(st.integers(1, 5), min_size=1, max_size=200)


def test_without_reviews_there_is_no_rating(machine: int) -> None:
    assert ratings_of([machine]) == {}
    assert rating_of([], 2).mean_centi is None


@given(STARS)
def test_the_means_are_those_of_fractions(stars: list[int]) -> None:
    rating = rating_of(stars, len(stars))
    mean = Fraction(sum(stars), len(stars))
    prior = PRIOR_REVIEWS * PRIOR_RATING
    shrunk = Fraction(sum(stars) + prior, len(stars) + PRIOR_REVIEWS)

    for found, exact in ((rating.mean_centi, mean), (rating.shrunk_centi, shrunk)):
        assert found is not None
        assert abs(Fraction(found, 100) - exact) <= Fraction(1, 200)
    assert min(stars) * 100 <= (rating.mean_centi or 0) <= max(stars) * 100


@given(STARS)
def test_one_review_moves_an_order_less_than_many(stars: list[int]) -> None:
    rating = rating_of(stars, len(stars))

    middle = 100 * PRIOR_RATING
    assert rating.mean_centi is not None
    assert rating.shrunk_centi is not None
    assert abs(rating.shrunk_centi - middle) <= abs(rating.mean_centi - middle)


def test_the_mean_is_of_those_that_count(machine: int) -> None:
    published(machine, ANN, rating="5")
    published(machine, BEN, rating="2")

    found = ratings_of([machine])[machine]
    assert (found.published, found.counted, found.mean_centi) == (2, 2, 350)
    assert found.shrunk_centi == 314  # (5 × 3 + 7) / 7


@pytest.mark.parametrize("told", [{"how_got": "given"}, {"how_got": "paid"}, {"tie": "work"}])
def test_who_has_a_tie_or_was_given_it_is_read_but_not_counted(
    machine: int, told: dict[str, Any]
) -> None:
    published(machine, ANN, rating="5", **told)
    published(machine, BEN, rating="2")

    found = ratings_of([machine])[machine]
    assert (found.published, found.counted, found.mean_centi) == (2, 1, 200)


def test_a_present_from_a_friend_counts(machine: int) -> None:
    published(machine, ANN, rating="5", how_got="present")

    assert ratings_of([machine])[machine].counted == 1


@pytest.mark.parametrize("stars", ["1", "5"])
def test_a_burst_is_held_out_of_the_mean(machine: int, stars: str) -> None:
    crowd = range(200, 210)
    people(crowd)
    published(machine, ANN, NOON - dt.timedelta(days=20), rating="3")
    for n, one in enumerate(crowd):
        published(machine, one, NOON + n * dt.timedelta(minutes=1), rating=stars)

    found = ratings_of([machine])[machine]
    assert (found.published, found.counted, found.mean_centi) == (11, 1, 300)
