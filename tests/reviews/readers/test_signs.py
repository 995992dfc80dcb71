"""What a text shows a moderator: the same whatever the stars, and nothing of it decides."""

from __future__ import annotations

import pytest

from reviews_app.db import db
from reviews_app.reviews.readers.desk import queue
from reviews_app.reviews.readers.signs import signs, signs_in
from tests.factories import a_product
from tests.reviews.readers.conftest import ANN
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, sent

MAKERS_SITE = "https://www.maker.example/boots"
UNSAID = "Its author has an e-mail address at the maker’s own domain, and states no tie."


@pytest.mark.parametrize(
    ("email", "tie", "told"),
    [
        ("somebody@maker.example", "no-tie", True),
        ("somebody@mail.maker.example", "no-tie", True),
        ("somebody@MAKER.example", "no-tie", True),
        ("somebody@maker.example", "work", False),
        ("somebody@notmaker.example", "no-tie", False),
        ("somebody@maker.example.other.example", "no-tie", False),
        (None, "no-tie", False),
    ],
)
def test_who_writes_from_the_makers_domain_and_states_no_tie_is_looked_at(
    machine: int, email: str | None, tie: str, told: bool
) -> None:
    product_id = a_product("made", manufacturer_url=MAKERS_SITE).id
    db.session.commit()
    review = sent(product_id, ANN, tie=tie)

    assert (UNSAID in signs(review.versions[-1], review, email)) is told
    assert machine


def test_a_machine_whose_makers_site_is_not_stated_says_nothing(machine: int) -> None:
    review = sent(machine, ANN)

    assert signs(review.versions[-1], review, "somebody@maker.example") == []


@pytest.mark.parametrize("link", ["https://x", "www.x", "shop.example.com", "http%3A%2F%2Fx"])
def test_links_are_seen_however_they_are_written(link: str) -> None:
    assert signs_in(f"Synthetic words {link} and more") == ["It holds what looks like a link."]


@pytest.mark.slow
def test_four_hundred_times_the_same_text_is_treated_alike_with_any_stars(machine: int) -> None:
    people(range(1_000, 1_400))
    text = "Synthetic text with a number 0123 456 789 0123 and www.example.com for all of them."
    seen: dict[str, set[tuple[str, ...]]] = {}
    order = []
    for n in range(400):
        stars = str(1 + n % 5)
        # Told apart by their machines: the same text of one machine is the text of a ring.
        product_id = a_product(f"machine-{n}").id
        db.session.commit()
        review = sent(product_id, 1_000 + n, NOON, rating=stars, text=text)
        order.append(review.id)
        found = tuple(one for one in signs(review.versions[-1], review) if "Much like" not in one)
        seen.setdefault(stars, set()).add(found)

    assert len({frozenset(one) for one in seen.values()}) == 1
    assert [one.review_id for one in queue(400)] == order
    assert {one.since for one in queue(400)} == {NOON}
