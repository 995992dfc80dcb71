"""Which reviews of a machine came in a burst: many of one direction in a day, beyond what is usual.

The rule is published, knows two directions and treats them alike.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

from reviews_app.reviews.readers.rules import (
    BURST_BEFORE,
    BURST_REVIEWS,
    BURST_TIMES,
    BURST_WINDOW,
)

Arrival = tuple[dt.datetime, int]
"""When a review was first received, and its stars."""

DIRECTIONS = ((1, 2), (4, 5))


def in_a_burst(arrivals: Sequence[Arrival]) -> set[int]:
    """The places in `arrivals`, in any order, of the reviews that came in a burst.

    A burst: within BURST_WINDOW at least BURST_REVIEWS of one direction arrived, and more than
    BURST_TIMES as many as in a window on average over the BURST_BEFORE that went before.
    """
    order = sorted(range(len(arrivals)), key=lambda place: arrivals[place][0])
    found: set[int] = set()
    for ratings in DIRECTIONS:
        places = [place for place in order if arrivals[place][1] in ratings]
        times = [arrivals[place][0] for place in places]
        for end in range(len(times)):
            start = bisect_left(times, times[end] - BURST_WINDOW)
            if end - start + 1 >= _fewest(times, start):
                found.update(places[start : end + 1])
    return found


def _fewest(times: Sequence[dt.datetime], start: int) -> int:
    """How many in a window are a burst, after what arrived before the one at `start`."""
    before = start - bisect_left(times, times[start] - BURST_BEFORE)
    usual = before * (BURST_WINDOW / BURST_BEFORE)
    return max(BURST_REVIEWS, int(BURST_TIMES * usual) + 1)
