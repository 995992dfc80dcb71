"""Knows how a second factor goes on being set up after a wrong code: by the same key."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_security.forms import TwoFactorVerifyCodeForm
from wtforms import StringField
from wtforms.validators import DataRequired

from reviews_app.web.sessions import this_session

STATE, SETTING_UP = "tf_state", "validating_profile"
"""Where Flask-Security keeps how far somebody is, and what stands there from Begin to a code."""


class NotSetUp(Exception):
    """A code is not the one that the key of `form` gives."""

    def __init__(self, form: CodeForm) -> None:
        super().__init__("The second factor is not set up: that was not its code.")
        self.form = form


class CodeForm(TwoFactorVerifyCodeForm):
    """The code of an authenticator.

    Raises NotSetUp where it is wrong and the authenticator has only just been shown its key: with
    a new key what it holds would be worth nothing.
    """

    code = StringField(
        validators=[DataRequired("Please type the six digits that your authenticator shows.")]
    )

    def validate(self, **given: Any) -> bool:
        """As always."""
        valid = bool(super().validate(**given))
        if not valid and (self.is_setup or this_session().get(STATE) == SETTING_UP):
            raise NotSetUp(self)
        return valid


def register(app: Flask) -> None:
    """Answer a wrong code in `app` with the square and the key that were shown before it."""
    app.register_error_handler(NotSetUp, _same_key_again)


def _same_key_again(error: NotSetUp) -> tuple[str, int]:
    form = error.form
    shown = current_app.extensions["security"].totp_factory.fetch_setup_values(
        form.tf_totp_secret, form.user
    )
    page = render_template(
        "accounts/second_factor.html",
        two_factor_verify_code_form=form,
        chosen_method=form.primary_method,
        state_token=(request.view_args or {}).get("token"),
        authr_qrcode=shown["image"],
        authr_key=shown["key"],
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY
