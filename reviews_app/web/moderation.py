"""The moderators' desk: what waits, one case with all that helps to decide, and the decisions."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.catalogue import directory
from reviews_app.catalogue import queries as catalogue
from reviews_app.db import db
from reviews_app.errors import BadInput
from reviews_app.guidance import queries as guidance
from reviews_app.reviews.readers import (
    answers,
    banning,
    deciding,
    desk,
    holding,
    numbers,
    reports,
    signs,
)
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.rules import LATE_AFTER, Reason
from reviews_app.reviews.readers.submission import paragraphs
from reviews_app.web.mailing import write
from reviews_app.web.own_reviews import own_id

bp = Blueprint("moderation", __name__)

PUBLISH = "publish"
KEYS = "psdfghjkl"
"""The keys of the decisions on the desk: publish, then the reasons in their order."""


@bp.get("/moderation")
def index() -> str:
    """Everything that waits for a moderator, oldest first."""
    proposed = banning.proposed()
    return render_template(
        "moderation/index.html",
        queue=desk.queue(),
        waiting=desk.waiting_count(),
        late=numbers.late(accounts.now()),
        late_after=LATE_AFTER,
        now=accounts.now(),
        proposals=desk.proposals(),
        reported=reports.reported(),
        held=holding.to_be_cleared(),
        bursts=desk.bursts(),
        answers=answers.waiting_answers(),
        reasons=list(Reason),
        bans=proposed,
        names=accounts.public_names(one.account_id for one in proposed),
        own_id=own_id(),
    )


@bp.get("/moderation/<int:review_id>")
def show(review_id: int) -> str:
    """One review with the facts about its machine, its author's history and the decisions."""
    case = desk.get_case(review_id)
    product = catalogue.find_product(case.product.slug)
    author = case.review.account_id
    need_of = {need.id: need.label for need in guidance.needs()}
    return render_template(
        "moderation/show.html",
        case=case,
        paragraphs=paragraphs(case.version.text),
        public_paragraphs=paragraphs(case.public.text) if case.public else (),
        signs=signs.signs(
            case.version, case.review, accounts.get_account(author).email if author else None
        ),
        sheet=catalogue.sheet(product, catalogue.all_attributes()) if product else None,
        reports=reports.open_reports(review_id),
        ring=holding.ring_around(review_id),
        used_for=[need_of.get(one.need_id, one.need_id) for one in case.version.needs],
        reasons=list(zip(Reason, KEYS[1:], strict=True)),
        publish_key=KEYS[0],
        author=accounts.public_names([author]).get(author) if author else None,
        is_own=author == own_id(),
        own_id=own_id(),
    )


@bp.post("/moderation/<int:review_id>/decision")
def decide(review_id: int) -> Response:
    """Publish or withhold the version that was read, and go on with the next that waits."""
    verdict, version = request.form.get("verdict", ""), request.form.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise BadInput("Which version is decided on was not sent.")
    if verdict == PUBLISH:
        deciding.publish(review_id, int(version), own_id(), accounts.now())
    else:
        reason = _reason(verdict)
        review = deciding.withhold(review_id, int(version), reason, own_id(), accounts.now())
        _tell(review, reason)
    db.session.commit()
    waiting = desk.queue(1)
    if waiting:
        return _to(url_for("moderation.show", review_id=waiting[0].review_id))
    return _to(url_for("moderation.index"))


@bp.post("/moderation/<int:review_id>/takedown")
def take_down(review_id: int) -> Response:
    """Propose to take down what is public; or as the second: take it down, or keep it."""
    match request.form.get("do"):
        case "propose":
            reason = _reason(request.form.get("reason", ""))
            deciding.propose_takedown(review_id, reason, own_id(), accounts.now())
        case "confirm":
            _tell(*deciding.confirm_takedown(review_id, own_id(), accounts.now()))
        case "keep":
            deciding.keep(review_id, own_id(), accounts.now())
        case "leave":
            deciding.leave(review_id, own_id(), accounts.now())
        case _:
            raise BadInput("What is to be done was not sent.")
    db.session.commit()
    return _to(url_for("moderation.index"))


@bp.post("/moderation/<int:review_id>/clearance")
def clear(review_id: int) -> Response:
    """Find nothing wrong with what a review that is held shares with others."""
    deciding.clear(review_id, own_id(), accounts.now())
    db.session.commit()
    return _to(url_for("moderation.show", review_id=review_id))


@bp.post("/moderation/<int:review_id>/ban")
def ban(review_id: int) -> Response:
    """Propose that the author of a review may not review any more; or as the second: decide."""
    author = desk.get_case(review_id).review.account_id
    if author is None:
        raise BadInput("The author of this review has left; there is nobody to ban.")
    banning.propose(author, _reason(request.form.get("reason", "")), own_id(), accounts.now())
    db.session.commit()
    return _to(url_for("moderation.index"))


@bp.post("/moderation/bans/<int:account_id>")
def decide_ban(account_id: int) -> Response:
    """As the second moderator: ban the account from reviewing, or leave it free."""
    if request.form.get("do") == "confirm":
        banning.confirm(account_id, own_id(), accounts.now())
    else:
        banning.drop(account_id, own_id(), accounts.now())
    db.session.commit()
    return _to(url_for("moderation.index"))


@bp.post("/moderation/<int:review_id>/answer")
def decide_answer(review_id: int) -> Response:
    """Publish or withhold the answer of a maker to a review."""
    verdict = request.form.get("verdict", "")
    if verdict == PUBLISH:
        answers.publish(review_id, own_id(), accounts.now())
    else:
        answers.withhold(review_id, _reason(verdict), own_id(), accounts.now())
    db.session.commit()
    return _to(url_for("moderation.index"))


def _reason(value: str) -> Reason:
    try:
        return Reason(value)
    except ValueError:
        raise BadInput("A decision against a review needs a reason of our list.") from None


def _tell(review: ReaderReview, reason: Reason) -> None:
    """Write to the author what was decided, why, and what can be done about it."""
    if review.account_id is None:
        return
    account = accounts.get_account(review.account_id)
    write(
        "review_withheld",
        "Your review was not published",
        account.email,
        account.id,
        name=account.public_name,
        machine=directory.products_named([review.product_id])[review.product_id][1],
        reason=reason,
    )


def _to(path: str) -> Response:
    return redirect(path, HTTPStatus.SEE_OTHER)
