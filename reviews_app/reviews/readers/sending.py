"""What an author does with a review: send it, edit it, appeal a decision, take it back.

The transaction is one that writes (`db.writing`); the caller commits.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.errors import NotFound, Refused, TooMany
from reviews_app.reviews.readers import banning, holding, log, marks, publishing, rings
from reviews_app.reviews.readers.log import Subject
from reviews_app.reviews.readers.marks import Mark
from reviews_app.reviews.readers.models import ReaderReview, ReviewVersion, VersionNeed
from reviews_app.reviews.readers.rules import MOST_SENT_A_DAY, Action, Proof
from reviews_app.reviews.readers.standing import State, standing_of
from reviews_app.reviews.readers.submission import Submission

DAY = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Sender:
    """Who sends a review, what we know of them, and the marks of where they send it from."""

    account_id: int
    proof: Proof
    places: tuple[Mark, ...] = ()


def send(product_id: int, sender: Sender, submission: Submission, at: dt.datetime) -> ReaderReview:
    """The person's one review of the machine, with what was sent as its newest version.

    It waits for a decision; what was published before stays until then. Sent again without a
    change it stays as it is, so that a form may be sent twice. If it closes a ring, all of that is
    held. Raises Refused for who is banned, TooMany past the limit of a day.
    """
    log.alone()
    account_id = sender.account_id
    banning.check(account_id)
    review = find_own(product_id, account_id)
    if review is not None and _same(review.versions[-1], submission):
        return review
    _check_limit(account_id, at)
    action = Action.EDITED
    if review is None:
        action = Action.RECEIVED
        review = ReaderReview(product_id=product_id, account_id=account_id, received_at=at)
        db.session.add(review)
    version = _version(submission, len(review.versions) + 1, sender.proof, at)
    review.versions.append(version)
    db.session.flush()
    publishing.wait(review, version, at, is_appeal=False)
    log.record(action, at, Subject(review, version))
    marks.keep(review, version.text, sender.places, at)
    ring = rings.ring_of(review, at)
    for changed in holding.hold(ring, at) if ring else ():
        publishing.changed(changed)
    return review


def appeal(review_id: int, account_id: int, at: dt.datetime) -> None:
    """Ask that another moderator look at a version that was withheld or taken down, once each."""
    log.alone()
    review = get_own(review_id, account_id)
    banning.check(account_id)
    version = review.versions[-1]
    standing = standing_of(review.id)
    if standing.state is not State.WITHHELD:
        raise Refused("Only a review that was withheld or taken down can be appealed.")
    if standing.has_appealed:
        raise Refused(
            "You have appealed this version already, and a second moderator has decided. You may"
            " still edit the review and send it again."
        )
    publishing.wait(review, version, at, is_appeal=True)
    log.record(Action.APPEALED, at, Subject(review, version))


def withdraw(review_id: int, account_id: int, at: dt.datetime) -> None:
    """Take a review back: every version of it is gone, and the log says that it was there."""
    log.alone()
    remove(get_own(review_id, account_id), at)


def remove(review: ReaderReview, at: dt.datetime) -> None:
    """The same for whoever may, such as a person who leaves; the caller is `log.alone`."""
    log.record(Action.WITHDRAWN, at, Subject(review, review.versions[-1]))
    product_id, was_public = review.product_id, publishing.is_public(review.id)
    db.session.delete(review)
    db.session.flush()
    if was_public:
        publishing.changed(product_id)


def find_own(product_id: int, account_id: int) -> ReaderReview | None:
    """The review that a person has sent of a machine, if any."""
    return db.session.scalar(
        sa.select(ReaderReview).where(
            ReaderReview.product_id == product_id, ReaderReview.account_id == account_id
        )
    )


def get_own(review_id: int, account_id: int) -> ReaderReview:
    """A review of this very person. Raises NotFound for any other, whether it is there or not."""
    review = db.session.get(ReaderReview, review_id)
    if review is None or review.account_id != account_id:
        raise NotFound("You have sent no such review.")
    return review


def _check_limit(account_id: int, at: dt.datetime) -> None:
    """What was taken back since leaves no version and is not counted."""
    sent = db.session.scalars(
        sa.select(ReviewVersion.sent_at)
        .join(ReaderReview, ReaderReview.id == ReviewVersion.review_id)
        .where(ReaderReview.account_id == account_id, ReviewVersion.sent_at > at - DAY)
        .order_by(ReviewVersion.sent_at)
    ).all()
    if len(sent) >= MOST_SENT_A_DAY:
        again = sent[-MOST_SENT_A_DAY] + DAY - at
        raise TooMany(
            f"You have sent {len(sent)} reviews or edits in 24 hours, which is the most we take."
            " Please send this one tomorrow.",
            retry_after_seconds=max(1, int(again.total_seconds())),
        )


def _version(one: Submission, number: int, proof: Proof, at: dt.datetime) -> ReviewVersion:
    return ReviewVersion(
        number=number,
        rating=one.rating,
        title=one.title,
        text=one.text,
        months_owned=one.months_owned,
        calf=one.calf,
        fitted=one.fitted,
        broke=one.broke,
        broke_after_months=one.broke_after_months,
        how_got=one.how_got,
        tie=one.tie,
        proof=proof.value,
        sent_at=at,
        salt=secrets.token_hex(16),
        needs=[VersionNeed(need_id=need) for need in one.needs],
    )


def submission_of(version: ReviewVersion) -> Submission:
    """What was sent, as it was read from the form."""
    return Submission(
        rating=version.rating,
        title=version.title,
        text=version.text,
        months_owned=version.months_owned,
        needs=tuple(one.need_id for one in version.needs),
        calf=version.calf,
        fitted=version.fitted,
        broke=version.broke,
        broke_after_months=version.broke_after_months,
        how_got=version.how_got,
        tie=version.tie,
    )


def _same(version: ReviewVersion, submission: Submission) -> bool:
    return submission_of(version) == submission
