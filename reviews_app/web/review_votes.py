"""Saying that a published review was helpful, on a page of its own: public ones know no reader."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.catalogue import directory
from reviews_app.db import db
from reviews_app.reviews.readers import answers, shelf, votes
from reviews_app.web.own_reviews import own_id

bp = Blueprint("review_votes", __name__)


@bp.get("/reviews/<int:review_id>/helpful")
def show(review_id: int) -> str:
    """The review, and the button."""
    review = shelf.get_public(review_id)
    return render_template(
        "reader_reviews/vote.html",
        review=review,
        machine=directory.products_named([review.product_id])[review.product_id],
        has_voted=votes.has_voted(review_id, own_id()),
        may_answer=answers.may_answer(review_id, own_id()),
        is_own=review.account_id == own_id(),
    )


@bp.post("/reviews/<int:review_id>/helpful")
def update(review_id: int) -> Response:
    """Vote, or take the vote back."""
    if request.form.get("do") == "take-back":
        votes.take_back(review_id, own_id())
    else:
        votes.vote(review_id, own_id(), accounts.now())
    product_id = shelf.get_public(review_id).product_id
    slug, _ = directory.products_named([product_id])[product_id]
    db.session.commit()
    back = url_for("reader_reviews.index", slug=slug, _anchor=f"review-{review_id}")
    return redirect(back, HTTPStatus.SEE_OTHER)
