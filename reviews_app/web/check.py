"""The suitability check: a form to tick, and an answer that is kept nowhere.

The form carries no token against forgery, on purpose: a check changes nothing and stores nothing,
so a forged one could only show somebody a page; and a token would need a cookie.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from reviews_app.advise import Answers, BadAnswers, Conditions, Outcome, advise, conditions
from reviews_app.errors import DomainError
from reviews_app.web.carrying import Carried, carried

bp = Blueprint("check", __name__)

PATH = "/check"
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
LONGEST_WORDS = 100

OUTCOME_CLASSES = {
    Outcome.STOP: "stop",
    Outcome.ASK: "ask",
    Outcome.NOT_ASSESSED: "note",
    # No colour that could be taken for a yes.
    Outcome.NO_CONFLICT: "plain",
}

NOTHING_TICKED = Answers()

Answer = tuple[str, int]
View = Callable[[], Answer]


@dataclass(frozen=True)
class Refusal:
    """Why a form was not answered, in words, and the status that says so to programs."""

    words: str
    status: int


NO_FORM = Refusal(
    "What was sent is no form, so nothing was checked. Please tick here what is true for you.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
BROKEN = Refusal(
    "What you sent did not arrive whole, so nothing was checked. Please try again.",
    HTTPStatus.BAD_REQUEST,
)
TOO_LONG = Refusal(
    f"Please look for fewer words: up to {LONGEST_WORDS} letters.",
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


@bp.after_app_request
def keep_nothing(response: Response) -> Response:
    """No copy of a check is kept and no link tells where it came from, also where it failed."""
    if request.path == PATH or request.path.startswith(f"{PATH}/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def unlogged(view: View) -> View:
    """Log where `view` broke and not what the error says: that may repeat what was ticked."""

    @wraps(view)
    def answered() -> Answer:
        try:
            return view()
        except (HTTPException, DomainError):
            raise
        except Exception as error:  # whatever it is
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind, place = type(error).__name__, f"{last.filename}, line {last.lineno}"
            current_app.logger.error("A check could not be answered: %s in %s", kind, place)
            raise InternalServerError from None

    return answered


@bp.app_template_filter()
def outcome_class(outcome: Outcome) -> str:
    """The look of an outcome: stop, ask, note or plain."""
    return OUTCOME_CLASSES[outcome]


@bp.get(PATH)
def new() -> AnyResponse | Answer:
    """The form, for whatever is in the address; anything else in the address is dropped."""
    asked_about = carried()
    if not asked_about.problems and asked_about.query != request.query_string.decode("latin-1"):
        return redirect(asked_about.address, HTTPStatus.MOVED_PERMANENTLY)
    return _form(asked_about, conditions())


@bp.post(PATH)
@unlogged
def create() -> Answer:
    """The answer to what was ticked; or the form again, where more is to be ticked or mended."""
    asked_about, listed = carried(), conditions()
    if request.mimetype not in FORMS:
        return _form(asked_about, listed, refusal=NO_FORM)
    form = _sent()
    wanted = form.get("do")
    try:
        answers = Answers.from_form(form.getlist("condition"), listed.keys)
    except BadAnswers as error:
        refusal = Refusal(error.message, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _form(asked_about, listed, error.kept, refusal=refusal)
    if wanted == "find":
        return _found(asked_about, listed, answers, form.get("find", "").strip())
    if wanted == "change":
        return _form(asked_about, listed, answers)
    if wanted != "check" and not answers:
        # A form that broke on its way must not be answered as one with nothing ticked.
        return _form(asked_about, listed, refusal=BROKEN)
    return _answer(asked_about, listed, answers)


def _sent() -> MultiDict[str, str]:
    """The form in the body; empty where the body cannot be read to its end."""
    try:
        return request.form
    except HTTPException:
        raise
    except Exception:  # each server has its own for a body that breaks off
        return MultiDict()


def _found(asked_about: Carried, listed: Conditions, ticked: Answers, words: str) -> Answer:
    if len(words) > LONGEST_WORDS:
        return _form(asked_about, listed, ticked, refusal=TOO_LONG)
    return _form(asked_about, listed, ticked, words=words)


def _form(
    asked_about: Carried,
    listed: Conditions,
    ticked: Answers = NOTHING_TICKED,
    words: str = "",
    refusal: Refusal | None = None,
) -> Answer:
    page = render_template(
        "check/form.html",
        carried=asked_about,
        **narrowed(listed, ticked, words),
        problems=[refusal.words] if refusal else asked_about.problems,
    )
    return page, refusal.status if refusal else asked_about.status


def narrowed(listed: Conditions, ticked: Answers, words: str) -> dict[str, Any]:
    """What the form needs to list: the entries found by `words`, and what is ticked.

    All of them where none is found: what the words mean may stand there under another name.
    """
    found = listed.matching(words).keys if words else frozenset()
    return {
        "listed": listed,
        "shown": listed.only(found | ticked.keys) if found else listed,
        "found": len(found),
        "ticked": ticked,
        "words": words,
    }


def _answer(asked_about: Carried, listed: Conditions, answers: Answers) -> Answer:
    type_ids = [one.id for one in asked_about.types]
    page = render_template(
        "check/answer.html",
        carried=asked_about,
        advice=advise(answers, listed, asked_about.products, type_ids),
        answers=answers,
    )
    return page, asked_about.status
