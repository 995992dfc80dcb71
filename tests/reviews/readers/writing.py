"""Reviews for tests: forms as readers send them, and what moderators do, said in a few words.

Whoever writes here is a number of an account; texts say that they are made up.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from reviews_app.db import db, writing
from reviews_app.reviews.readers import deciding, sending
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.rules import Proof, Reason
from reviews_app.reviews.readers.sending import Sender
from reviews_app.reviews.readers.submission import Submission, Typed

NOON = dt.datetime.fromisoformat("2026-11-26T12:00")
HOUR = dt.timedelta(hours=1)

TEXT = "Synthetic test text, written by nobody about no real machine at all."


def text_by(account_id: int) -> str:
    """The same, in words that nobody else uses: texts much alike may be those of a ring."""
    return " ".join(f"{word}-{account_id}" for word in TEXT.split())


def begin() -> None:
    """As the edge does it for every form that was sent: a new transaction, one that writes."""
    db.session.rollback()
    writing()


def typed(**changed: Any) -> Typed:
    """A form that holds, but for what is changed."""
    made: dict[str, Any] = {
        "rating": "4",
        "title": "Synthetic test title",
        "text": TEXT,
        "months_owned": "6",
        "how_got": "bought",
        "tie": "no-tie",
    }
    return Typed(**made | changed)


def submission(**changed: Any) -> Submission:
    """The same, read; `needs` may be any."""
    form = typed(**changed)
    return form.read(form.needs)


def sent(product_id: int, account_id: int, at: dt.datetime = NOON, **changed: Any) -> ReaderReview:
    """A review that waits."""
    begin()
    one = submission(**({"text": text_by(account_id)} | changed))
    review = sending.send(product_id, Sender(account_id, Proof.EMAIL), one, at)
    db.session.commit()
    return review


def published(
    product_id: int,
    account_id: int,
    at: dt.datetime = NOON,
    moderator: int = 90,
    **changed: Any,
) -> ReaderReview:
    """A review that everybody can read."""
    review = sent(product_id, account_id, at, **changed)
    publish(review, moderator, at)
    return review


def publish(review: ReaderReview, moderator: int = 90, at: dt.datetime = NOON) -> None:
    """A moderator publishes what waits."""
    id_, version = review.id, review.versions[-1].number
    begin()
    deciding.publish(id_, version, moderator, at)
    db.session.commit()


def withhold(
    review: ReaderReview,
    reason: Reason = Reason.PRIVATE,
    moderator: int = 90,
    at: dt.datetime = NOON,
) -> None:
    """A moderator withholds what waits."""
    id_, version = review.id, review.versions[-1].number
    begin()
    deciding.withhold(id_, version, reason, moderator, at)
    db.session.commit()
