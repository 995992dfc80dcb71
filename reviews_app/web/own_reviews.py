"""A reader's own reviews: where each stands, with the ways to edit, appeal and take it back."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.db import db, forget_traces
from reviews_app.reviews.readers import banning, sending
from reviews_app.reviews.readers.own import own_reviews
from reviews_app.reviews.readers.rules import LATE_AFTER
from reviews_app.web.signed_in import current_account

bp = Blueprint("own_reviews", __name__)


@bp.get("/account/reviews")
def index() -> str:
    """All of them, newest first."""
    account_id = own_id()
    return render_template(
        "own_reviews/index.html",
        reviews=own_reviews(account_id),
        is_banned=banning.is_banned(account_id),
        late_after_days=LATE_AFTER.days,
    )


@bp.post("/account/reviews/<int:review_id>/appeal")
def appeal(review_id: int) -> Response:
    """Ask another moderator."""
    sending.appeal(review_id, own_id(), accounts.now())
    db.session.commit()
    return redirect(url_for("own_reviews.index"), HTTPStatus.SEE_OTHER)


@bp.get("/account/reviews/<int:review_id>/withdrawal")
def withdrawal(review_id: int) -> str:
    """Ask whether it is meant, since what is taken back is gone."""
    sending.get_own(review_id, own_id())
    own = next(one for one in own_reviews(own_id()) if one.id == review_id)
    return render_template("own_reviews/withdrawal.html", one=own)


@bp.post("/account/reviews/<int:review_id>/withdrawal")
def withdraw(review_id: int) -> Response:
    """Take the review back."""
    sending.withdraw(review_id, own_id(), accounts.now())
    db.session.commit()
    forget_traces()
    return redirect(url_for("own_reviews.index"), HTTPStatus.SEE_OTHER)


def own_id() -> int:
    """The number of who is signed in, on pages that answer nobody else."""
    account = current_account()
    assert account is not None, "rights let nobody else in"  # noqa: S101
    return account.id
