"""Reports on published reviews, also by who is not signed in, and what became of one."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.catalogue import directory
from reviews_app.db import db
from reviews_app.errors import BadInput, Problem
from reviews_app.reviews.readers import reports, shelf
from reviews_app.reviews.readers.rules import LONGEST_REPORT, Reason
from reviews_app.web.signed_in import current_account

bp = Blueprint("review_reports", __name__)


@bp.get("/reviews/<int:review_id>/report")
def new(review_id: int) -> str:
    """The review, and the form."""
    return _form(review_id)


@bp.post("/reviews/<int:review_id>/report")
def create(review_id: int) -> Response | tuple[str, int]:
    """Take the report, and lead to its receipt."""
    account = current_account()
    try:
        reason = _reason(request.form.get("reason", ""))
        receipt = reports.report(
            review_id,
            reason,
            request.form.get("text", ""),
            account.id if account else None,
            accounts.now(),
        )
    except BadInput as error:
        db.session.rollback()
        return _form(review_id, [error.problem]), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    return redirect(url_for("review_reports.show", receipt=receipt), HTTPStatus.SEE_OTHER)


@bp.get("/reviews/reports/<receipt>")
def show(receipt: str) -> str:
    """What became of a report, for who has its receipt."""
    return render_template("reader_reviews/receipt.html", report=reports.get_report(receipt))


def _reason(value: str) -> Reason:
    try:
        return Reason(value)
    except ValueError:
        raise BadInput("Please choose what is wrong with it.", parameter="reason") from None


def _form(review_id: int, problems: Sequence[Problem] = ()) -> str:
    review = shelf.get_public(review_id)
    return render_template(
        "reader_reviews/report.html",
        review=review,
        machine=directory.products_named([review.product_id])[review.product_id],
        reasons=list(Reason),
        chosen=request.form.get("reason", ""),
        text=request.form.get("text", ""),
        longest=LONGEST_REPORT,
        problems=problems,
    )
