"""Which reviews came in a burst: many of one direction in a day, whichever direction."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from reviews_app.reviews.readers.bursts import in_a_burst
from reviews_app.reviews.readers.rules import BURST_REVIEWS

START = dt.datetime.fromisoformat("2026-01-01")
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)

ARRIVALS = st.lists(
    st.tuples(
        st.integers(0, 200_000).map(lambda n: START + n * MINUTE), st.sampled_from([1, 2, 3, 4, 5])
    ),
    max_size=60,
)


def test_thirty_of_one_kind_in_a_day_on_a_quiet_machine_are_held() -> None:
    for stars in (1, 5):
        quiet = [(START + n * 10 * DAY, 3 + n % 3) for n in range(6)]
        burst = [(START + 70 * DAY + n * MINUTE, stars) for n in range(30)]

        assert in_a_burst([*quiet, *burst]) == set(range(6, 36))


def test_fewer_than_the_threshold_are_no_burst() -> None:
    few = [(START + n * MINUTE, 5) for n in range(BURST_REVIEWS - 1)]

    assert in_a_burst(few) == set()
    assert len(in_a_burst([*few, (START, 5)])) == BURST_REVIEWS


def test_three_stars_and_a_mix_are_no_burst() -> None:
    middle = [(START + n * MINUTE, 3) for n in range(30)]
    mixed = [(START + n * MINUTE, (1, 5)[n % 2]) for n in range(2 * BURST_REVIEWS - 2)]

    assert in_a_burst(middle) == in_a_burst(mixed) == set()


def test_what_is_usual_for_a_popular_machine_is_no_burst() -> None:
    steady = [(START + n * DAY / 12, 5) for n in range(12 * 90)]
    later = in_a_burst(steady)

    assert all(place < 12 * 30 for place in later), "a steady stream settles"


@given(ARRIVALS)
def test_both_directions_are_treated_alike(arrivals: list[tuple[dt.datetime, int]]) -> None:
    turned = [(at, 6 - stars) for at, stars in arrivals]

    assert in_a_burst(turned) == in_a_burst(arrivals)


@given(ARRIVALS, st.randoms(use_true_random=False))
def test_the_order_they_are_given_in_does_not_matter(
    arrivals: list[tuple[dt.datetime, int]], chance: random.Random
) -> None:
    order = list(range(len(arrivals)))
    chance.shuffle(order)
    shuffled = in_a_burst([arrivals[place] for place in order])

    moved = sorted(arrivals[order[place]] for place in shuffled)
    assert moved == sorted(arrivals[place] for place in in_a_burst(arrivals))
