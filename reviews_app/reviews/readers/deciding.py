"""What a moderator decides: publish, withhold, propose to take down, confirm or keep.

Nobody decides on a review of their own, nor on one of a machine whose maker they speak for; an
appeal is decided by somebody else, and so is what is public already. Nothing here changes a text
or its stars. The transaction is one that writes (`db.writing`); the caller commits.
"""

from __future__ import annotations

import datetime as dt

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.errors import NotFound, Overtaken, Refused
from reviews_app.reviews.readers import answers, log, publishing, reports
from reviews_app.reviews.readers.log import Subject
from reviews_app.reviews.readers.models import (
    PublishedReview,
    ReaderReview,
    ReviewVersion,
    RingHold,
    TakedownProposal,
    WaitingReview,
)
from reviews_app.reviews.readers.rules import Action, Reason
from reviews_app.reviews.readers.standing import standing_of


def publish(review_id: int, version: int, moderator_id: int, at: dt.datetime) -> ReaderReview:
    """Let everybody read the version that waits; no other review is published by it."""
    review, waiting = _waiting(review_id, version, moderator_id)
    publishing.stop_waiting(review.id)
    log.record(Action.PUBLISHED, at, Subject(review, waiting), by_id=moderator_id)
    publishing.publish(review, waiting, at)
    return review


def withhold(
    review_id: int, version: int, reason: Reason, moderator_id: int, at: dt.datetime
) -> ReaderReview:
    """Withhold the version that waits; what was public before stays public."""
    review, waiting = _waiting(review_id, version, moderator_id)
    publishing.stop_waiting(review.id)
    log.record(Action.WITHHELD, at, Subject(review, waiting), reason=reason, by_id=moderator_id)
    return review


def propose_takedown(review_id: int, reason: Reason, moderator_id: int, at: dt.datetime) -> None:
    """Ask that a published review be taken down. It stays public until somebody else agrees."""
    review, version = _published(review_id, moderator_id)
    if db.session.get(TakedownProposal, review_id) is not None:
        raise Overtaken("Somebody has proposed this already. A second moderator decides.")
    db.session.add(
        TakedownProposal(review_id=review_id, reason=reason.value, by_id=moderator_id, since=at)
    )
    log.record(
        Action.TAKEDOWN_PROPOSED,
        at,
        Subject(review, version),
        reason=reason,
        by_id=moderator_id,
    )


def confirm_takedown(
    review_id: int, moderator_id: int, at: dt.datetime
) -> tuple[ReaderReview, Reason]:
    """Take down what another moderator proposed, for the reason they gave; gives both."""
    review, version, proposal = _proposed(review_id, moderator_id)
    reason = Reason(proposal.reason)
    log.record(
        Action.TAKEN_DOWN,
        at,
        Subject(review, version),
        reason=reason,
        by_id=moderator_id,
    )
    reports.answer_all(review_id, reports.Outcome.TAKEN_DOWN, at)
    publishing.take_down(review_id)
    publishing.changed(review.product_id)
    return review, reason


def leave(review_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Leave public what readers reported, and answer them so."""
    review, version = _published(review_id, moderator_id)
    if db.session.get(TakedownProposal, review_id) is not None:
        raise Overtaken("A moderator wants it taken down. A second decides that first.")
    if not reports.open_reports(review_id):
        raise Overtaken("No report on this review waits any more.")
    log.record(Action.KEPT, at, Subject(review, version), by_id=moderator_id)
    reports.answer_all(review_id, reports.Outcome.KEPT, at)


def keep(review_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Leave public what another moderator wanted taken down."""
    review, version, _ = _proposed(review_id, moderator_id)
    log.record(Action.KEPT, at, Subject(review, version), by_id=moderator_id)
    publishing.close_proposal(review_id)
    reports.answer_all(review_id, reports.Outcome.KEPT, at)


def clear(review_id: int, moderator_id: int, at: dt.datetime) -> None:
    """Find nothing wrong with what a review shares with others: it counts, and is not held again.

    Whether it is published is another question, and what becomes of the others too.
    """
    log.alone()
    review, held = db.session.get(ReaderReview, review_id), db.session.get(RingHold, review_id)
    if review is None or held is None or held.cleared_at is not None:
        raise Overtaken("This review is not held: somebody has decided, or it was taken back.")
    _check_free(review, moderator_id)
    held.cleared_at = at
    log.record(Action.CLEARED, at, Subject(review, review.versions[-1]), by_id=moderator_id)
    if publishing.is_public(review_id):
        publishing.changed(review.product_id)


def _waiting(review_id: int, version: int, moderator_id: int) -> tuple[ReaderReview, ReviewVersion]:
    """What waits for a decision, if this moderator may take it. Raises Overtaken, Refused."""
    log.alone()
    review = db.session.get(ReaderReview, review_id)
    row = db.session.get(WaitingReview, review_id)
    if review is None or row is None:
        raise Overtaken("This review no longer waits: somebody has decided, or it was taken back.")
    _check_free(review, moderator_id)
    waiting = db.session.get_one(ReviewVersion, row.version_id)
    if waiting.number != version:
        raise Overtaken("Its author has changed the review meanwhile. Please read it again.")
    if row.is_appeal and moderator_id in standing_of(review_id).not_by:
        raise Refused("You decided on this version before. Another moderator decides the appeal.")
    return review, waiting


def _published(review_id: int, moderator_id: int) -> tuple[ReaderReview, ReviewVersion]:
    log.alone()
    row = db.session.get(PublishedReview, review_id)
    if row is None:
        raise NotFound("No such review is published.")
    review = db.session.get_one(ReaderReview, review_id)
    _check_free(review, moderator_id)
    return review, db.session.get_one(ReviewVersion, row.version_id)


def _proposed(
    review_id: int, moderator_id: int
) -> tuple[ReaderReview, ReviewVersion, TakedownProposal]:
    review, version = _published(review_id, moderator_id)
    proposal = db.session.get(TakedownProposal, review_id)
    if proposal is None:
        raise Overtaken("Nobody asks any more that this review be taken down.")
    if proposal.by_id == moderator_id:
        raise Refused("You proposed this. What is public is taken down, or kept, by a second.")
    return review, version, proposal


def _check_free(review: ReaderReview, moderator_id: int) -> None:
    if review.account_id == moderator_id:
        raise Refused("This review is your own. Another moderator decides on it.")
    brand_id = answers.speaks_for(moderator_id)
    if brand_id is not None and db.session.get_one(Product, review.product_id).brand_id == brand_id:
        raise Refused("You speak for the maker of this machine. Another moderator decides.")
