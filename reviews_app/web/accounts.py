"""The pages of one's own account that Flask-Security has none for, and buttons for its links."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_security import logout_user
from flask_security.change_email import change_email_confirm
from werkzeug.wrappers import Response as AnyResponse

from reviews_app.accounts import leaving as leaving_rules
from reviews_app.accounts import names, recovery, sessions
from reviews_app.accounts.models import Account
from reviews_app.db import DatabaseTrouble, db, forget_traces, writing
from reviews_app.errors import NotFound
from reviews_app.web import account_words, devices, mailing
from reviews_app.web.leaving import RULES
from reviews_app.web.sessions import this_session
from reviews_app.web.signed_in import current_account

bp = Blueprint("accounts", __name__)

View = Callable[..., Any]
Answer = tuple[str, int]

KEEP = {"yes": True, "no": False}


def register(app: Flask) -> None:
    """Give the templates of `app` who is signed in, and its links in mails something to press."""
    app.add_template_global(current_account, "signed_in")
    app.add_template_global(codes_left)
    views = app.view_functions
    views["security.confirm_email"] = _pressed_to_confirm(views["security.confirm_email"])
    views["security.change_email_confirm"] = _page_to_change_address
    views["security.verify"] = _begins_anew(views["security.verify"])
    code = "security.two_factor_token_validation"
    views[code] = _while_one_is_asked_for(views[code])
    views["security.register"] = _tried_twice(views["security.register"])


@bp.app_template_filter()
def moment(stored: datetime) -> str:
    """A stored moment in words: 26 November 2026, 18:04 (UTC)."""
    return f"{stored.day} {stored:%B %Y, %H:%M} (UTC)"


def codes_left() -> int:
    """How many recovery codes whoever is signed in has left."""
    return recovery.left(_own().id)


@bp.get("/account")
def show() -> str:
    """What there is to know and do about one's own account."""
    return _show()


@bp.post("/account/name")
def rename() -> Answer | AnyResponse:
    """Change the name under one's reviews."""
    name = names.tidy(request.form.get("public_name", ""))
    wrong = names.why_refused(name)
    if wrong:
        return _show(name=name, errors=[wrong]), HTTPStatus.UNPROCESSABLE_ENTITY
    _own().public_name = name
    db.session.commit()
    flash("Your name is changed.", "info")
    return redirect(url_for("accounts.show"), HTTPStatus.SEE_OTHER)


@bp.post("/account/sessions/<key>/ending")
def end_session(key: str) -> AnyResponse:
    """Sign one browser out of one's account."""
    sessions.end_one(_own().id, key)
    db.session.commit()
    flash("That browser is signed out.", "info")
    return redirect(url_for("accounts.show"), HTTPStatus.SEE_OTHER)


@bp.post("/account/sessions/ending")
def end_sessions() -> AnyResponse:
    """Sign out everywhere, here too."""
    sessions.end_all(_own().id)
    db.session.commit()
    logout_user()
    return redirect(url_for("security.login"), HTTPStatus.SEE_OTHER)


@bp.post("/account/email/<token>")
def update_email(token: str) -> AnyResponse:
    """Change one's address to the one that the link was sent to."""
    answer: AnyResponse = _tried_twice(change_email_confirm)(token)
    return answer


@bp.get("/account/data")
def data() -> Response:
    """Everything that is kept about oneself, as a file."""
    everything = leaving_rules.export(_own().id, RULES)
    answer = Response(
        json.dumps(everything, indent=2, ensure_ascii=False), mimetype="application/json"
    )
    answer.headers["Content-Disposition"] = "attachment; filename=my-data.json"
    return answer


@bp.get("/account/deletion")
def leaving() -> str:
    """The form to delete one's account."""
    return render_template("accounts/leaving.html", account=_own(), errors={}, keep="")


@bp.post("/account/deletion")
def leave() -> Answer | Response:
    """Delete one's account, with its reviews or without."""
    account, keep = _own(), request.form.get("keep", "")
    errors = {}
    if keep not in KEEP:
        errors["keep"] = "Please choose one of the two."
    typed = current_app.extensions["security"].password_util.normalize(
        request.form.get("password", "")
    )
    if not account.verify_and_update_password(typed):
        errors["password"] = account_words.MESSAGES["INVALID_PASSWORD"]
    if errors:
        page = render_template("accounts/leaving.html", account=account, errors=errors, keep=keep)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    email, _ = account.email, account.roles  # whom signing out asks for when they are gone
    leaving_rules.leave(account.id, RULES, keep=KEEP[keep])
    mailing.write("goodbye", "Your account is deleted", email, None)
    db.session.commit()
    forget_traces()
    logout_user()
    answer = make_response(render_template("accounts/left.html", kept=KEEP[keep]))
    devices.forget(answer)
    return answer


def _own() -> Account:
    """Who is signed in, on a page that only such people get."""
    account = current_account()
    if account is None:
        raise NotFound("There is no account here.")
    return account


def _show(**typed: Any) -> str:
    account, here = _own(), this_session().key
    return render_template(
        "accounts/show.html",
        account=account,
        sessions=sessions.listed(account.id),
        this_session=here,
        codes_left=recovery.left(account.id),
        **typed,
    )


def _pressed_to_confirm(view: View) -> View:
    """A link in a mail shows a button; pressing it confirms."""

    @wraps(view)
    def pressed(token: str) -> Any:
        if request.method == "POST":
            return view(token)
        return render_template(
            "accounts/press.html",
            heading="Confirm your address",
            sentence="One press, and your account is ready.",
            button="This address is mine",
            action=url_for("security.confirm_email", token=token),
        )

    return pressed


def _page_to_change_address(token: str) -> str:
    """A link in a mail shows a button; pressing it changes the address."""
    return render_template(
        "accounts/press.html",
        heading="Change your address",
        sentence="One press, and this is the address of your account.",
        button="This address is mine",
        action=url_for("accounts.update_email", token=token),
    )


def _while_one_is_asked_for(view: View) -> View:
    """Who is signed in and opens the page of the code is led on; the view would sign them out."""

    @wraps(view)
    def asked() -> Any:
        signed_in = current_account() is not None
        if request.method == "GET" and signed_in and "tf_state" not in this_session():
            return redirect(url_for("accounts.show"), HTTPStatus.SEE_OTHER)
        return view()

    return asked


def _begins_anew(view: View) -> View:
    """Whoever has proved anew who they are goes on under another secret."""

    @wraps(view)
    def proved() -> Any:
        before = this_session().get("fs_paa")
        answer = view()
        if this_session().get("fs_paa") != before:
            this_session().begin_anew(_own().id)
        return answer

    return proved


def _tried_twice(view: View) -> View:
    """Where somebody else has just taken the same address, look again and answer to that."""

    @wraps(view)
    def tried(*given: Any) -> Any:
        try:
            answer = view(*given)
            db.session.flush()
        except DatabaseTrouble:
            db.session.rollback()
            writing()
            answer = view(*given)
        return answer

    return tried
