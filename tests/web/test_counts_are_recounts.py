"""Ten thousand things happen: page, listing, API and mark-up say what a recount of the log says."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.db import db
from reviews_app.errors import DomainError
from reviews_app.reviews.readers import deciding, log, sending
from reviews_app.reviews.readers.marks import Mark
from reviews_app.reviews.readers.models import ReviewVersion, WaitingReview
from reviews_app.reviews.readers.rating import Rating, rating_of
from reviews_app.reviews.readers.rules import Action, Proof, Reason, Shared, disclosures
from reviews_app.reviews.readers.sending import Sender
from reviews_app.reviews.readers.standing import fold
from tests.pages import visit, words_of
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, begin, submission, text_by
from tests.web.reviewing import a_machine

OPERATIONS, LOOKS = 10_000, 10
MACHINES = ("one", "two", "three", "four")
READERS, MODERATORS = range(1, 400), range(900, 904)


class Happening:
    """Draws what readers and moderators do; refusals are fine."""

    def __init__(self, products: list[int], seed: int) -> None:
        self.products, self.chance, self.at = products, random.Random(seed), NOON  # noqa: S311

    def once(self) -> None:
        self.at += dt.timedelta(minutes=self.chance.randrange(1, 200))
        begin()
        try:
            self._act()
        except DomainError:
            db.session.rollback()
        else:
            db.session.commit()

    def _act(self) -> None:
        chance, at = self.chance, self.at
        review, by = chance.randrange(1, 500), chance.choice(MODERATORS)
        reason = chance.choice(list(Reason))
        acts: dict[Callable[[], object], int] = {
            self._send: 6,
            lambda: deciding.publish(self._some_waiting() or review, 1, by, at): 3,
            lambda: deciding.publish(self._some_waiting() or review, 2, by, at): 2,
            lambda: deciding.withhold(review, 1, reason, by, at): 2,
            lambda: deciding.propose_takedown(review, reason, by, at): 1,
            lambda: deciding.confirm_takedown(review, by, at): 1,
            lambda: deciding.keep(review, by, at): 1,
            lambda: deciding.clear(review, by, at): 1,
            lambda: sending.withdraw(review, chance.choice(READERS), at): 1,
        }
        (act,) = chance.choices([*acts], weights=[*acts.values()])
        act()

    def _some_waiting(self) -> int | None:
        return db.session.scalar(sa.select(WaitingReview.review_id).limit(1))

    def _send(self) -> None:
        who, chance = self.chance.choice(READERS), self.chance
        places: tuple[Mark, ...] = ((Shared.ADDRESS, who // 4 if who < 40 else who),)
        sending.send(
            chance.choice(self.products),
            Sender(who, Proof.EMAIL, places),
            submission(
                rating=str(chance.randint(1, 5)),
                title=f"Synthetic {chance.randrange(4)}",
                text=text_by(who),
                tie=chance.choice(["no-tie"] * 9 + ["work"]),
            ),
            self.at,
        )


def recounted() -> dict[int, tuple[Rating, dict[int, int]]]:
    """By machine what the log, what was sent and who is held come to; and how many of each star."""
    by_review = defaultdict(list)
    held: dict[int, bool] = {}
    for entry in log.all_entries():
        by_review[entry.review_id].append(entry)
        if entry.action in (Action.HELD, Action.CLEARED):
            held[entry.review_id or 0] = entry.action == Action.HELD
    versions = {
        (one.review_id, one.number): one for one in db.session.scalars(sa.select(ReviewVersion))
    }
    stars: dict[int, list[int]] = defaultdict(list)
    counted: dict[int, list[int]] = defaultdict(list)
    for review_id, entries in by_review.items():
        public = fold(entries).public
        if public is None:
            continue
        version, product_id = versions[review_id or 0, public], entries[0].product_id or 0
        stars[product_id].append(version.rating)
        if not held.get(review_id or 0) and not disclosures(version.how_got, version.tie):
            counted[product_id].append(version.rating)
    return {
        one: (rating_of(counted[one], len(all_)), {n: all_.count(n) for n in range(1, 6)})
        for one, all_ in stars.items()
    }


def look(client: FlaskClient, slug: str, rating: Rating, stars: dict[int, int]) -> None:
    """The same numbers everywhere."""
    mean = None if rating.mean_centi is None else rating.mean_centi / 100
    told = client.get(f"/api/v1/massagers/{slug}").get_json()["readers"]
    assert (told["published"], told["counted"], told["mean"]) == (
        rating.published,
        rating.counted,
        mean,
    )
    listed = client.get("/api/v1/massagers").get_json()["products"]
    assert told == next(one["readers"] for one in listed if one["slug"] == slug)
    api = client.get(f"/api/v1/massagers/{slug}/reviews").get_json()
    assert api["stars"] == {str(n): number for n, number in stars.items()}
    assert api["total"] == rating.published
    page = visit(client, f"/massagers/{slug}/reviews").words
    bars = " ".join(f"{n} star{'s' if n > 1 else ''} {stars[n]}" for n in range(5, 0, -1))
    assert bars in page
    machine = visit(client, f"/massagers/{slug}")
    marked = [
        json.loads(words_of(one)).get("aggregateRating")
        for one in machine.all("script")
        if one.get("type") == "application/ld+json"
    ]
    found = next((one for one in marked if one), None)
    if mean is None:
        assert found is None
    else:
        assert f"{mean:.2f} of 5 on average" in page
        assert found is not None
        assert (found["ratingValue"], found["reviewCount"]) == (mean, rating.counted)


@pytest.mark.slow
def test_after_ten_thousand_operations_every_number_is_a_recount(app: Flask) -> None:
    products = [a_machine(app, slug) for slug in MACHINES]
    with app.app_context():
        people([*READERS, *MODERATORS])
        happening = Happening(products, 4)
    client, seen = app.test_client(), 0
    for _ in range(LOOKS):
        with app.app_context():
            for _ in range(OPERATIONS // LOOKS):
                happening.once()
            found = recounted()
        for product_id, slug in zip(products, MACHINES, strict=True):
            if product_id in found:
                look(client, slug, *found[product_id])
                seen += 1
    assert seen > LOOKS
    print(f"\n{seen} looks; at last {[one[0] for one in found.values()]}")  # noqa: T201
