"""What a person may take along, and what becomes of their reviews when they leave."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reviews_app.db import db, now
from reviews_app.personal import Rule
from reviews_app.reviews.readers import log, marks
from reviews_app.reviews.readers.answers import MakerAnswer, speaks_for, stop
from reviews_app.reviews.readers.log import Subject
from reviews_app.reviews.readers.models import ReaderReview, ReviewBan
from reviews_app.reviews.readers.own import own_reviews
from reviews_app.reviews.readers.reports import ReviewReport
from reviews_app.reviews.readers.rules import MARKS_KEPT, Action
from reviews_app.reviews.readers.sending import remove, submission_of
from reviews_app.reviews.readers.standing import entries_of
from reviews_app.reviews.readers.votes import HelpfulVote

Rows = list[dict[str, Any]]


def reviews_of(account_id: int) -> Rows:
    """Every review of a person with all its versions and what was decided on them."""
    return [
        {
            "machine": one.slug,
            "state": one.standing.state.value,
            "versions": [
                {**vars(submission_of(version)), "sent_at": version.sent_at.isoformat()}
                for version in db.session.get_one(ReaderReview, one.id).versions
            ],
            "log": [
                {
                    "entry": entry.id,
                    "action": entry.action,
                    "reason": entry.reason,
                    "at": entry.at.isoformat(),
                }
                for entry in entries_of(one.id)
            ],
            "kept_of_where_it_came_from": [
                {
                    "digest_of": mark.kind,
                    "forgotten_after": (mark.at + MARKS_KEPT).isoformat(),
                }
                for mark in marks.marks_of(one.id)
            ],
        }
        for one in own_reviews(account_id)
    ]


def leave_reviews(account_id: int, keep: bool) -> None:
    """Let the reviews stay as by a former member, or take back every one with all its versions.

    What waits is decided all the same.
    """
    log.alone()
    at = now()
    for review in db.session.scalars(
        sa.select(ReaderReview).where(ReaderReview.account_id == account_id)
    ).all():
        if keep:
            log.record(Action.ANONYMISED, at, Subject(review, review.versions[-1]))
            marks.forget_places([review.id])
            review.account_id = None
        else:
            remove(review, at)
    db.session.flush()


def votes_of(account_id: int) -> Rows:
    """Which reviews a person found helpful."""
    votes = db.session.scalars(sa.select(HelpfulVote).where(HelpfulVote.account_id == account_id))
    return [{"review": vote.review_id, "at": vote.at.isoformat()} for vote in votes]


def leave_votes(account_id: int, _keep: bool) -> None:
    """Votes go with who gave them."""
    db.session.execute(sa.delete(HelpfulVote).where(HelpfulVote.account_id == account_id))


def bans_of(account_id: int) -> Rows:
    """Whether a person may not review any more, and why."""
    ban = db.session.get(ReviewBan, account_id)
    return [{"reason": ban.reason, "confirmed": ban.confirmed_at is not None}] if ban else []


def leave_bans(account_id: int, _keep: bool) -> None:
    """A ban goes with the account; the log keeps that there was one."""
    db.session.execute(sa.delete(ReviewBan).where(ReviewBan.account_id == account_id))


def reports_of(account_id: int) -> Rows:
    """What a person reported."""
    reports = db.session.scalars(
        sa.select(ReviewReport).where(ReviewReport.account_id == account_id)
    )
    return [
        {
            "review": one.review_id,
            "reason": one.reason,
            "text": one.text,
            "at": one.at.isoformat(),
            "outcome": one.outcome,
        }
        for one in reports
    ]


def leave_reports(account_id: int, _keep: bool) -> None:
    """A report is still answered, but nobody's, and its words are gone."""
    db.session.execute(
        sa.update(ReviewReport)
        .where(ReviewReport.account_id == account_id)
        .values(account_id=None, text="")
    )


def answers_of(account_id: int) -> Rows:
    """What a person answered for a maker."""
    answers = db.session.scalars(sa.select(MakerAnswer).where(MakerAnswer.account_id == account_id))
    return [
        {"review": one.review_id, "brand": one.brand_id, "text": one.text}
        | {"sent_at": one.sent_at.isoformat()}
        for one in answers
    ]


def leave_answers(account_id: int, _keep: bool) -> None:
    """What a maker answered stays the maker's; what waits goes."""
    own = MakerAnswer.account_id == account_id
    db.session.execute(sa.delete(MakerAnswer).where(own, MakerAnswer.published_at.is_(None)))
    db.session.execute(sa.update(MakerAnswer).where(own).values(account_id=None))


def brands_of(account_id: int) -> Rows:
    """The maker a person speaks for."""
    brand_id = speaks_for(account_id)
    return [{"brand": brand_id}] if brand_id else []


RULES = (
    Rule("reader_review", "account_id", "reviews", reviews_of, leave_reviews),
    Rule("helpful_vote", "account_id", "helpful_votes", votes_of, leave_votes),
    Rule("review_report", "account_id", "review_reports", reports_of, leave_reports),
    Rule("maker_answer", "account_id", "maker_answers", answers_of, leave_answers),
    Rule(
        "brand_representative",
        "account_id",
        "speaks_for",
        brands_of,
        lambda account_id, _keep: stop(account_id),
    ),
    Rule("review_ban", "account_id", "review_bans", bans_of, leave_bans),
)
