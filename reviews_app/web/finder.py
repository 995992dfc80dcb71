"""The finder: seven questions, machines with their reasons, and last the questions on health.

What a reader prefers is a Selection and stands in the address. What a reader has is asked by POST,
and kept nowhere (see `check`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.advise import Answers, BadAnswers, Conditions, advise, conditions
from reviews_app.advise.finding import Finding, finding
from reviews_app.advise.finding_evidence import evidence
from reviews_app.advise.finding_health import by_outcome
from reviews_app.advise.finding_questions import selection_of, with_own
from reviews_app.browse import BadSelection, Selection
from reviews_app.scores import queries as scores
from reviews_app.scores.queries import ScoreOfProduct
from reviews_app.web import narrowing
from reviews_app.web.check import (
    BROKEN,
    FORMS,
    LONGEST_WORDS,
    NO_FORM,
    TOO_LONG,
    Refusal,
    narrowed,
    unlogged,
)
from reviews_app.web.finder_form import answered
from reviews_app.web.fragments import rendering
from reviews_app.web.narrowing import asked, query

bp = Blueprint("finder", __name__)

PATH = "/finder"
HEALTH_PATH = "/finder/check"

CARD = ("components/product_card.html", "product_card")
NAME = ("finder/_named.html", "named")
TICK = ("components/tick.html", "tick")
MOST_KEPT = 5_000
"""Of cards, names and boxes to tick, kept as HTML; a card has some 1,500 bytes."""

NOTHING_TICKED = Answers()

Answer = tuple[str, int]


@dataclass(frozen=True)
class LastStep:
    """What the check's own form needs to know when it is the last question of the finder."""

    selection: Selection
    products: tuple[()] = ()
    types: tuple[()] = ()
    problems: tuple[()] = ()

    @property
    def query(self) -> str:
        """The preferences, which come along in the address; the ticks never do."""
        return urlencode(self.selection.as_args())

    @property
    def address(self) -> str:
        """Where the form sends what is ticked."""
        return f"{HEALTH_PATH}?{self.query}"


@bp.after_app_request
def keep_nothing(response: Response) -> Response:
    """No copy of the last step is kept, and no link tells where it came from."""
    if request.path == HEALTH_PATH:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get(PATH)
def show() -> AnyResponse | Answer:
    """The questions; or, once there is an answer in the address, the machines with reasons."""
    args, vocabulary = asked(), browse.vocabulary()
    try:
        selection = selection_of(args, vocabulary)
        if not _asks_anything(args):
            return (
                redirect(PATH, HTTPStatus.MOVED_PERMANENTLY) if query() else _questions(selection)
            )
        if address(selection).partition("?")[2] != query():
            return redirect(address(selection), HTTPStatus.MOVED_PERMANENTLY)
        found = finding(selection)
    except BadSelection as error:
        return _questions(with_own(error.kept), error, args)
    page = render_template(
        "finder/results.html",
        finding=found,
        **_scores(found),
        form=answered(selection),
        path_of=path_of,
        path_of_page=lambda number: address(selection.with_page(number)),
        listing_path=narrowing.address(selection.with_page(1)),
        health_path=LastStep(selection.with_page(1)).address,
        flags=found.evidence.flags,
        meanings=found.evidence.meanings,
        card_of=_kept(CARD, found.listing.revision),
        named_of=_kept(NAME, found.listing.revision),
        tick_of=_kept(TICK, found.listing.revision),
    )
    return page, HTTPStatus.OK if found.listing.total else HTTPStatus.NOT_FOUND


@bp.get(HEALTH_PATH)
def new() -> AnyResponse | Answer:
    """The last question: the form of the check, for the preferences in the address."""
    try:
        selection = selection_of(asked(), browse.vocabulary())
    except BadSelection as error:
        return _questions(with_own(error.kept), error, asked())
    step = LastStep(selection)
    if step.query != query():
        return redirect(step.address, HTTPStatus.MOVED_PERMANENTLY)
    return _health(step)


@bp.post(HEALTH_PATH)
@unlogged
def create() -> Answer:
    """The machines again, each with what the ticks mean for it; with a red flag, none of them."""
    try:
        step = LastStep(selection_of(asked(), browse.vocabulary()))
        return _answer(step)
    except BadSelection as error:
        return _questions(with_own(error.kept), error, asked())


def _scores(found: Finding) -> dict[str, dict[int, ScoreOfProduct]]:
    """The scores of the machines found, as we publish them and by the weights of the reader."""
    ids = found.listing.ids
    own = scores.own_scores_of(ids, found.selection.weights)
    return {"scores": scores.scores_of(ids), "own_scores": own}


def address(selection: Selection) -> str:
    """The one path of the finder with these preferences."""
    return f"{PATH}?{urlencode(selection.as_args())}"


def path_of(selection: Selection) -> str:
    """Where a choice leads: what the finder does not offer, such as other audiences, is listed."""
    if with_own(selection) == selection:
        return address(selection)
    return narrowing.address(selection)


def _asks_anything(args: list[tuple[str, str]]) -> bool:
    """Whether the form was sent, be it empty, or a link to some answer followed."""
    return any(value.strip() for _, value in args)


def _questions(
    selection: Selection,
    error: BadSelection | None = None,
    args: list[tuple[str, str]] | None = None,
) -> Answer:
    page = render_template(
        "finder/questions.html",
        form=answered(selection, args, [one.parameter for one in error.problems] if error else ()),
        problems=error.problems if error else (),
        kept=selection,
        path_of=path_of,
        flags=evidence().flags,
        tick_of=_kept(TICK, browse.revision()),
    )
    return page, error.status if error else HTTPStatus.OK


def _answer(step: LastStep) -> Answer:
    """As `check.create` answers, with machines in the place of massage types."""
    if request.mimetype not in FORMS:
        return _health(step, refusal=NO_FORM)
    listed = conditions()
    try:
        answers = Answers.from_form(request.form.getlist("condition"), listed.keys)
    except BadAnswers as error:
        refusal = Refusal(error.message, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _health(step, error.kept, refusal=refusal)
    if request.form.get("do") == "check":
        return _judged(step, answers, listed)
    return _asked_again(step, answers, request.form.get("do", ""))


def _asked_again(step: LastStep, answers: Answers, wanted: str) -> Answer:
    """The form once more; one that broke on its way is not taken for one with nothing ticked."""
    words = request.form.get("find", "").strip() if wanted == "find" else ""
    if len(words) > LONGEST_WORDS:
        return _health(step, answers, refusal=TOO_LONG)
    broken = wanted not in {"find", "change"}
    return _health(step, answers, words, BROKEN if broken else None)


def _judged(step: LastStep, answers: Answers, listed: Conditions) -> Answer:
    """What the ticks mean; with a red flag the answer of the check, which names no machine."""
    advice = advise(answers, listed)
    if advice.ticked.flags:
        page = render_template("check/answer.html", carried=step, advice=advice, answers=answers)
        return page, HTTPStatus.OK
    found = finding(step.selection)
    page = render_template(
        "finder/checked.html",
        step=step,
        finding=found,
        **_scores(found),
        advice=advice,
        judged=by_outcome(found.matches, answers, listed),
        answers=answers,
        address_of_page=lambda number: LastStep(step.selection.with_page(number)).address,
        machines_path=address(step.selection),
        card_of=_kept(CARD, found.listing.revision),
    )
    return page, HTTPStatus.OK if found.listing.total else HTTPStatus.NOT_FOUND


def _kept(macro: tuple[str, str], revision: int) -> Callable[..., Markup]:
    """What is the same in every answer of a revision."""
    return rendering(*macro, revision=revision, most=MOST_KEPT)


def _health(
    step: LastStep,
    ticked: Answers = NOTHING_TICKED,
    words: str = "",
    refusal: Refusal | None = None,
) -> Answer:
    page = render_template(
        "check/form.html",
        carried=step,
        **narrowed(conditions(), ticked, words),
        problems=[refusal.words] if refusal else [],
    )
    return page, refusal.status if refusal else HTTPStatus.OK
