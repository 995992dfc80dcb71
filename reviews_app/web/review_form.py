"""The form of a review: written by anybody, sent by a reader who is signed in, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from reviews_app import log_lines
from reviews_app.accounts import queries as accounts
from reviews_app.accounts.roles import READER
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.measures import PARTS
from reviews_app.catalogue.products import Product
from reviews_app.db import DatabaseTrouble, db
from reviews_app.errors import NotFound, Problem, Refused, TooMany, malformed
from reviews_app.guidance import queries as guidance
from reviews_app.reviews.readers import marks, sending
from reviews_app.reviews.readers.marks import Mark
from reviews_app.reviews.readers.models import ReaderReview
from reviews_app.reviews.readers.rules import (
    LONGEST_BROKE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    RATINGS,
    SHORTEST_TEXT,
    Fitted,
    HowGot,
    Proof,
    Tie,
)
from reviews_app.reviews.readers.sending import Sender
from reviews_app.reviews.readers.submission import BadSubmission, Typed
from reviews_app.web import devices, limiting, sending_again
from reviews_app.web.errors import RETRY_AFTER_SECONDS
from reviews_app.web.fields import size_of
from reviews_app.web.rights import SAFE
from reviews_app.web.signed_in import current_account

bp = Blueprint("review_form", __name__)

DRAFTS = "review_drafts"
"""Where the session keeps what was typed before somebody signed in: machine by machine, the newest
last. A list, since JSON sorts what has names."""
MOST_DRAFTS = 5
"""Of one browser; who begins one more loses the oldest, so that no session grows without end."""

LIMITS = {
    "title": LONGEST_TITLE,
    "text": LONGEST_TEXT,
    "shortest": SHORTEST_TEXT,
    "broke": LONGEST_BROKE,
}

NOT_SENT = "Nothing was sent, because this page had stood open too long. What you typed is below."
OUT_OF_ORDER = "Our database does not answer just now. Nothing was stored; what you typed is below."
NO_READER = "Only readers write reviews. This account belongs to our staff."

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.app_template_global()
def begun_reviews() -> list[Product]:
    """The machines about which this browser has written what was not sent, the newest first."""
    slugs = list(reversed(_drafts()))
    products = catalogue.find_products(slugs) if slugs else {}
    return [products[slug] for slug in slugs if slug in products]


@bp.get("/massagers/<slug>/reviews/new")
def new(slug: str) -> str:
    """The form: empty, or with one's own review of the machine, or with what was typed before."""
    product = catalogue.get_product(slug)
    draft = _drafts().get(slug)
    if draft:
        return _form(product, draft, from_before=True)
    own = _own(product)
    return _form(product, Typed.again(sending.submission_of(own.versions[-1])) if own else Typed())


@bp.post("/massagers/<slug>/reviews/new")
def create(slug: str) -> Response | Answer:
    """Take the review; who is not signed in is asked to, and finds the form as it was typed."""
    product, typed = catalogue.get_product(slug), _typed()
    try:
        return _sent(product, typed)
    except BadSubmission as error:
        return _again(slug, typed, error.problems, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refused as error:
        return _again(slug, typed, [_whole(error.message)], HTTPStatus.FORBIDDEN)
    except TooMany as error:
        page, status = _again(slug, typed, [_whole(error.message)], HTTPStatus.TOO_MANY_REQUESTS)
        return page, status, {"Retry-After": str(error.retry_after_seconds)}


def _sent(product: Product, typed: Typed) -> Response:
    submission = typed.read([need.id for need in guidance.needs()])
    account = current_account()
    if account is None:
        return _after_signing_in(product.slug, typed)
    if READER not in account.role_names:
        raise Refused(NO_READER)
    proof = Proof.EMAIL if account.confirmed_at else Proof.NONE
    sender = Sender(account.id, proof, _places())
    sending.send(product.id, sender, submission, accounts.now())
    _keep_drafts(_drafts_but(product.slug))
    db.session.commit()
    return redirect(url_for("own_reviews.index"), HTTPStatus.SEE_OTHER)


def _places() -> tuple[Mark, ...]:
    """Where this comes from, as digests."""
    secret, device = str(current_app.config["SECRET_KEY"]), session.get(devices.SESSION)
    return marks.places(secret, address=limiting.client_address(), device=device)


@bp.errorhandler(CSRFError)
def too_old(error: CSRFError) -> Answer | sending_again.Answer:
    """The form again with a new token, where the old one is no longer known."""
    slug = str((request.view_args or {}).get("slug"))
    try:
        return _again(slug, _typed(), [_whole(NOT_SENT)], HTTPStatus.BAD_REQUEST)
    except NotFound:  # nor is the machine
        return sending_again.no_token(error)


@bp.errorhandler(DatabaseTrouble)
def out_of_order(error: DatabaseTrouble) -> ResponseReturnValue:
    """The form again, where the database took nothing: it is full, locked or away."""
    if request.method in SAFE:
        return sending_again.not_kept(error)
    log_lines.write_fault(error)
    slug = str((request.view_args or {}).get("slug"))
    page, status = _again(slug, _typed(), [_whole(OUT_OF_ORDER)], HTTPStatus.SERVICE_UNAVAILABLE)
    return page, status, {"Retry-After": str(RETRY_AFTER_SECONDS)}


def _typed() -> Typed:
    return Typed.of(request.form.items(multi=True))


def _after_signing_in(slug: str, typed: Typed) -> Response:
    _keep_drafts({**_drafts_but(slug), slug: typed})
    db.session.commit()
    back = url_for("review_form.new", slug=slug)
    return redirect(url_for("security.login", next=back), HTTPStatus.SEE_OTHER)


def _drafts() -> dict[str, Typed]:
    return {slug: Typed.of(fields) for slug, fields in session.get(DRAFTS, [])}


def _drafts_but(sent: str) -> dict[str, Typed]:
    return {slug: typed for slug, typed in _drafts().items() if slug != sent}


def _keep_drafts(drafts: dict[str, Typed]) -> None:
    kept = [(slug, typed.fields()) for slug, typed in drafts.items()]
    session[DRAFTS] = kept[-MOST_DRAFTS:]


def _own(product: Product) -> ReaderReview | None:
    """The review of the machine that whoever is signed in has sent, if any."""
    account = current_account()
    return sending.find_own(product.id, account.id) if account else None


def _again(slug: str, typed: Typed, problems: Sequence[Problem], status: int) -> tuple[str, int]:
    """The form as it was typed, with what is wrong; nothing of it was stored."""
    db.session.rollback()
    return _form(catalogue.get_product(slug), typed, problems=problems), int(status)


def _whole(message: str) -> Problem:
    """What is wrong with no one field."""
    return malformed("", "", message)


def _form(
    product: Product,
    typed: Typed,
    *,
    problems: Sequence[Problem] = (),
    from_before: bool = False,
) -> str:
    return render_template(
        "reader_reviews/form.html",
        product=product,
        typed=typed,
        calf=size_of("calf", *PARTS["calf"], dict(typed.fields())),
        problems=problems,
        edits=_own(product) is not None,
        from_before=from_before,
        account=current_account(),
        needs=guidance.needs(),
        ratings=RATINGS,
        ways=list(HowGot),
        ties=list(Tie),
        fits=list(Fitted),
        limits=LIMITS,
    )
