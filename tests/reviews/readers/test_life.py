"""The life of reviews, drawn at random: whatever happens, the log and every table agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from reviews_app.db import db
from reviews_app.errors import DomainError
from reviews_app.reviews.readers import (
    banning,
    deciding,
    holding,
    leaving,
    log,
    numbers,
    reports,
    sending,
    shelf,
    votes,
)
from reviews_app.reviews.readers.bursts import in_a_burst
from reviews_app.reviews.readers.choice import Choice
from reviews_app.reviews.readers.marks import Mark
from reviews_app.reviews.readers.models import (
    ModerationEntry,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    WaitingReview,
)
from reviews_app.reviews.readers.rating import rating_of, ratings_of
from reviews_app.reviews.readers.rules import Action, Proof, Reason, Shared, disclosures
from reviews_app.reviews.readers.sending import Sender
from reviews_app.reviews.readers.standing import State, fold
from tests.databases import NewSite
from tests.factories import a_product
from tests.reviews.readers.people import people
from tests.reviews.readers.writing import NOON, begin, submission, text_by

READERS = (1, 2, 3, 90)
MODERATORS = (90, 91, 92)
TITLES = ("Synthetic one", "Synthetic two", "Synthetic three")

readers = st.sampled_from(READERS)
moderators = st.sampled_from(MODERATORS)
reasons = st.sampled_from(list(Reason))
places = st.integers(0, 1)
any_review = st.integers(1, 9)
marks_of_a_place = st.sampled_from([(Shared.ADDRESS, 1), (Shared.DEVICE, 2)])


class Life(RuleBasedStateMachine):
    """People, moderators and two machines. Refusals are fine; what is done must add up."""

    new_site: ClassVar[list[NewSite]] = []

    def __init__(self) -> None:
        super().__init__()
        self.around = self.new_site[-1]()
        self.context = self.around.__enter__().app_context()
        self.context.push()
        self.at = NOON

    def teardown(self) -> None:
        db.session.remove()
        self.context.pop()
        self.around.__exit__(None, None, None)

    @initialize()
    def begin_with(self) -> None:
        self.products = [a_product(slug).id for slug in ("one", "two")]
        db.session.commit()
        people({*READERS, *MODERATORS})

    def do(self, act: Callable[[], object]) -> None:
        self.at += dt.timedelta(hours=2)
        before = len(log.all_entries())
        begin()
        try:
            act()
        except DomainError:
            db.session.rollback()
            assert len(log.all_entries()) == before
        else:
            db.session.commit()

    @rule(
        who=readers,
        place=places,
        stars=st.integers(1, 5),
        title=st.sampled_from(TITLES),
        tie=st.sampled_from(["no-tie", "work"]),
        mark=marks_of_a_place,
    )
    def send(  # noqa: PLR0913  (so much is chosen)
        self, *, who: int, place: int, stars: int, title: str, tie: str, mark: Mark
    ) -> None:
        one = submission(rating=str(stars), title=title, tie=tie, text=text_by(who))
        sender = Sender(who, Proof.EMAIL, (mark,))
        self.do(lambda: sending.send(self.products[place], sender, one, self.at))

    @rule(review=any_review, moderator=moderators, version=st.integers(1, 3))
    def publish(self, review: int, moderator: int, version: int) -> None:
        self.do(lambda: deciding.publish(review, version, moderator, self.at))

    @rule(review=any_review, moderator=moderators, version=st.integers(1, 3), reason=reasons)
    def withhold(self, review: int, moderator: int, version: int, reason: Reason) -> None:
        self.do(lambda: deciding.withhold(review, version, reason, moderator, self.at))

    @rule(review=any_review, who=readers)
    def appeal(self, review: int, who: int) -> None:
        self.do(lambda: sending.appeal(review, who, self.at))

    @rule(review=any_review, moderator=moderators, reason=reasons)
    def propose(self, review: int, moderator: int, reason: Reason) -> None:
        self.do(lambda: deciding.propose_takedown(review, reason, moderator, self.at))

    @rule(review=any_review, moderator=moderators)
    def confirm(self, review: int, moderator: int) -> None:
        self.do(lambda: deciding.confirm_takedown(review, moderator, self.at))

    @rule(review=any_review, moderator=moderators)
    def keep(self, review: int, moderator: int) -> None:
        self.do(lambda: deciding.keep(review, moderator, self.at))

    @rule(review=any_review, who=readers)
    def withdraw(self, review: int, who: int) -> None:
        self.do(lambda: sending.withdraw(review, who, self.at))

    @rule(review=any_review, who=st.sampled_from([None, *READERS]), reason=reasons)
    def report(self, review: int, who: int | None, reason: Reason) -> None:
        self.do(lambda: reports.report(review, reason, "Synthetic", who, self.at))

    @rule(review=any_review, moderator=moderators)
    def leave_public(self, review: int, moderator: int) -> None:
        self.do(lambda: deciding.leave(review, moderator, self.at))

    @rule(review=any_review, moderator=moderators)
    def clear(self, review: int, moderator: int) -> None:
        self.do(lambda: deciding.clear(review, moderator, self.at))

    @rule(review=any_review, who=readers)
    def vote(self, review: int, who: int) -> None:
        self.do(lambda: votes.vote(review, who, self.at))

    @rule(who=st.sampled_from(READERS[:3]), moderator=moderators, act=st.integers(0, 2))
    def ban(self, who: int, moderator: int, act: int) -> None:
        acts: list[Callable[[], object]] = [
            lambda: banning.propose(who, Reason.SPAM, moderator, self.at),
            lambda: banning.confirm(who, moderator, self.at),
            lambda: banning.drop(who, moderator, self.at),
        ]
        self.do(acts[act])

    @rule(who=readers, keep=st.booleans())
    def leave(self, who: int, keep: bool) -> None:
        def left() -> None:
            for one in leaving.RULES:
                one.leave(who, keep)

        self.do(left)

    @invariant()
    def the_log_is_whole_and_says_all(self) -> None:
        db.session.rollback()
        entries = log.all_entries()
        assert log.broken_at(entries) is None
        by_review: dict[int, list[ModerationEntry]] = {}
        for entry in entries:
            if entry.review_id is not None:
                by_review.setdefault(entry.review_id, []).append(entry)
        standings = {one: fold(of) for one, of in by_review.items()}
        there = {one for one, standing in standings.items() if standing.state != State.WITHDRAWN}
        assert set(db.session.scalars(sa.select(ReaderReview.id))) == there
        waiting = {one for one in there if standings[one].state is State.WAITING}
        assert set(db.session.scalars(sa.select(WaitingReview.review_id))) == waiting
        public = {one: standings[one].public for one in there if standings[one].public}
        rows = db.session.execute(
            sa.select(PublishedReview.review_id, ReviewVersion.number).join(
                ReviewVersion, ReviewVersion.id == PublishedReview.version_id
            )
        )
        assert dict(rows.all()) == public

    @invariant()
    def what_is_held_is_what_the_log_says(self) -> None:
        said: dict[int | None, str] = {}
        for entry in log.all_entries():
            if entry.action in (Action.HELD, Action.CLEARED, Action.WITHDRAWN):
                said[entry.review_id] = entry.action
        held = {one for one, action in said.items() if action == Action.HELD}
        assert holding.held_among(db.session.scalars(sa.select(ReaderReview.id))) == held

    @invariant()
    def nobody_judged_their_own(self) -> None:
        authors = dict(
            db.session.execute(sa.select(ReaderReview.id, ReaderReview.account_id)).all()
        )
        for entry in log.all_entries():
            assert entry.by_id is None or entry.by_id != authors.get(entry.review_id or 0)

    @invariant()
    def what_is_public_takes_two_to_take_down(self) -> None:
        proposed: dict[int | None, int | None] = {}
        for entry in log.all_entries():
            if entry.action == Action.TAKEDOWN_PROPOSED:
                proposed[entry.review_id] = entry.by_id
            elif entry.action == Action.TAKEN_DOWN:
                assert proposed[entry.review_id] not in (None, entry.by_id)

    @invariant()
    def the_sums_are_a_recount(self) -> None:
        for product_id in getattr(self, "products", ()):
            shown = shelf.shelf(product_id, Choice()).reviews
            burst = in_a_burst([(one.received_at, one.rating) for one in shown])
            for place, one in enumerate(shown):
                assert one.in_burst == (place in burst)
                assert one.in_ring == holding.is_held(one.id)
                assert one.counts == (not (one.in_burst or one.in_ring or one.disclosures))
                assert one.helpful <= len(READERS)
            counted = [one.rating for one in shown if one.counts]
            expected = rating_of(counted, len(shown)) if shown else None
            assert ratings_of([product_id]).get(product_id) == expected

    @invariant()
    def what_became_of_reviews_adds_up(self) -> None:
        for product_id in (None, *getattr(self, "products", ())):
            found = numbers.fates(self.at, product_id)
            received = db.session.scalar(
                sa.select(sa.func.count()).where(
                    ModerationEntry.action == Action.RECEIVED.value,
                    sa.true() if product_id is None else ModerationEntry.product_id == product_id,
                )
            )
            assert sum(found.received.values()) == received
            by_reason = sum(sum(one.values()) for one in found.by_reason.values())
            assert by_reason == len(found.withheld)


def _live(new_site: NewSite, examples: int, steps: int) -> None:
    Life.new_site.append(new_site)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_to_reviews_adds_up(new_site: NewSite) -> None:
    _live(new_site, 8, 20)


@pytest.mark.slow
def test_whatever_happens_to_reviews_adds_up_for_long(new_site: NewSite) -> None:
    _live(new_site, 400, 40)


def test_disclosures_are_what_is_kept_out_of_the_mean() -> None:
    assert disclosures("bought", "no-tie") == ()
    assert len(disclosures("paid", "work")) == 2
