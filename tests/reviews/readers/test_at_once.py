"""Many at once: a person has one review, a review one decision, and the log is one chain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.db import db, writing
from reviews_app.errors import Overtaken
from reviews_app.reviews.readers import deciding, log, sending
from reviews_app.reviews.readers.models import PublishedReview, ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import Action, Proof, Reason
from reviews_app.reviews.readers.sending import Sender
from tests.databases import NewDatabase, a_site
from tests.factories import a_product
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, submission, text_by

MANY = 20
DECIDING = 6


@pytest.fixture
def site(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    with a_site(new_database, tmp_path / "at-once.db") as app:
        with app.app_context():
            a_product("boots")
            db.session.commit()
            people(range(1, MANY + 1))
        yield app


def post(app: Flask, account_id: int) -> None:
    with app.app_context():
        writing()
        sending.send(1, Sender(account_id, Proof.EMAIL), submission(text=text_by(account_id)), NOON)
        db.session.commit()


def all_at_once(app: Flask, account_ids: list[int]) -> tuple[int, int, int]:
    """How many reviews, versions and entries there are after all have posted at once."""
    with ThreadPoolExecutor(MANY) as pool:
        for done in [pool.submit(post, app, one) for one in account_ids]:
            done.result()
    with app.app_context():
        entries = log.all_entries()
        assert log.broken_at(entries) is None
        counts = [
            db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (ReaderReview, ReviewVersion)
        ]
        return counts[0], counts[1], len(entries)


def test_one_person_who_posts_twenty_times_at_once_has_one_review(site: Flask) -> None:
    assert all_at_once(site, [1] * MANY) == (1, 1, 1)


def test_twenty_people_at_once_make_one_chain(site: Flask) -> None:
    assert all_at_once(site, list(range(1, MANY + 1))) == (MANY, MANY, MANY)


def test_of_moderators_who_decide_at_the_same_instant_one_is_first_and_the_others_are_told(
    site: Flask,
) -> None:
    post(site, 1)
    moderators, ready = range(2, 2 + DECIDING), threading.Barrier(DECIDING)

    def decide(moderator: int) -> str:
        with site.app_context():
            ready.wait()
            writing()
            try:
                if moderator % 2:
                    deciding.publish(1, 1, moderator, NOON)
                else:
                    deciding.withhold(1, 1, Reason.ABUSE, moderator, NOON)
            except Overtaken:
                return "told"
            db.session.commit()
            return f"decided by {moderator}"

    with ThreadPoolExecutor(DECIDING) as pool:
        said = sorted(pool.map(decide, moderators))

    assert said[1:] == ["told"] * (DECIDING - 1)
    with site.app_context():
        received, decision = log.all_entries()
        assert said[0] == f"decided by {decision.by_id}"
        assert received.action == Action.RECEIVED
        public = db.session.scalars(sa.select(PublishedReview.review_id)).all()
        assert public == ([1] if decision.action == Action.PUBLISHED else [])
