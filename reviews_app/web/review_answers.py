"""The form in which a maker's representative answers one review."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.catalogue import directory
from reviews_app.db import db
from reviews_app.errors import BadInput, NotFound, Problem
from reviews_app.reviews.readers import answers, shelf
from reviews_app.reviews.readers.rules import LONGEST_ANSWER, SHORTEST_TEXT
from reviews_app.web.own_reviews import own_id

bp = Blueprint("review_answers", __name__)


@bp.get("/reviews/<int:review_id>/answer")
def new(review_id: int) -> str:
    """The review and the form, for who speaks for the maker."""
    if not answers.may_answer(review_id, own_id()):
        raise NotFound("There is no such review of a machine of yours that has no answer yet.")
    return _form(review_id)


@bp.post("/reviews/<int:review_id>/answer")
def create(review_id: int) -> Response | tuple[str, int]:
    """Take the answer, which waits for a moderator."""
    try:
        answers.answer(review_id, own_id(), request.form.get("text", ""), accounts.now())
    except BadInput as error:
        db.session.rollback()
        return _form(review_id, [error.problem]), HTTPStatus.UNPROCESSABLE_ENTITY
    product_id = shelf.get_public(review_id).product_id
    slug, _ = directory.products_named([product_id])[product_id]
    db.session.commit()
    back = url_for("reader_reviews.index", slug=slug, _anchor=f"review-{review_id}")
    return redirect(back, HTTPStatus.SEE_OTHER)


def _form(review_id: int, problems: Sequence[Problem] = ()) -> str:
    review = shelf.get_public(review_id)
    return render_template(
        "reader_reviews/answer.html",
        review=review,
        machine=directory.products_named([review.product_id])[review.product_id],
        text=request.form.get("text", ""),
        shortest=SHORTEST_TEXT,
        longest=LONGEST_ANSWER,
        problems=problems,
    )
