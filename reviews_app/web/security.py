"""Knows how Flask-Security is set up here: what it does, under which addresses, in our words.

Its views and tokens are used as they are. Ours are the pages, the mails, the sessions, who may ask
(`rights.py`) and how often (`limits`).
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask, Response, after_this_request, flash, render_template, request
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    change_email_confirmed,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_registered,
)

from reviews_app.accounts import passwords, queries, sessions
from reviews_app.accounts.models import Account, AccountRole
from reviews_app.accounts.roles import READER
from reviews_app.db import db
from reviews_app.web import account_words, devices
from reviews_app.web.account_forms import FORMS
from reviews_app.web.account_guards import (
    ChosenPasswords,
    CodesUsedOnce,
    HashedRecoveryCodes,
    HashingAtRest,
    OutboxMail,
)
from reviews_app.web.mailing import write
from reviews_app.web.sessions import RowSessions, this_session

ADDRESSES = {
    "URL_PREFIX": "/account",
    "REGISTER_URL": "/new",
    "CONFIRM_URL": "/confirmation",
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "RESET_URL": "/recovery",
    "CHANGE_URL": "/password",
    "CHANGE_EMAIL_URL": "/email",
    "VERIFY_URL": "/identity",
    "TWO_FACTOR_SETUP_URL": "/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/second-factor/code",
    "MULTI_FACTOR_RECOVERY_URL": "/recovery-code",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "POST_LOGIN_VIEW": "/account",
    "POST_LOGOUT_VIEW": "/account/sign-in",
    "POST_REGISTER_VIEW": "/account/confirmation",
    "POST_CONFIRM_VIEW": "/account/sign-in",
    "POST_CHANGE_VIEW": "/account",
    "POST_CHANGE_EMAIL_VIEW": "/account",
    "TWO_FACTOR_POST_SETUP_VIEW": "/account",
}

PAGES = {
    "REGISTER_USER_TEMPLATE": "accounts/new.html",
    "SEND_CONFIRMATION_TEMPLATE": "accounts/confirmation.html",
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "LOGOUT_USER_TEMPLATE": "accounts/sign_out.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/recovery.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/new_password.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/password.html",
    "CHANGE_EMAIL_TEMPLATE": "accounts/email.html",
    "VERIFY_TEMPLATE": "accounts/identity.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/second_factor.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/code.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery_code.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
}

MAILS = {
    "REGISTER_EMAIL_TEMPLATE": "mails/welcome",
    "REGISTER_EMAIL_EXISTING_TEMPLATE": "mails/account_exists",
    "EMAIL_TEMPLATE_CONFIRM": "mails/confirmation",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "mails/recovery",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mails/password_changed",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mails/password_changed",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "mails/new_address",
}

WHAT_IT_DOES = {
    "REGISTERABLE": True,
    "CONFIRMABLE": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "CHANGE_EMAIL": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 10,
    # The same words whether an address is known or not.
    "RETURN_GENERIC_RESPONSES": True,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "EMAIL_HTML": False,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # we ask nobody about an address
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "LOGOUT_CSRF": True,
    "PASSWORD_CONFIRM_REQUIRED": False,
}

PASSWORDS = {
    "PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],
    # The floor of OWASP's sheet on storing passwords.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    # What is hashed by these is a password's hash or an address, inside a signed token.
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
}

HOW_LONG = {
    "CONFIRM_EMAIL_WITHIN": timedelta(days=2),
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "CHANGE_EMAIL_WITHIN": timedelta(hours=2),
    "TWO_FACTOR_SETUP_WITHIN": timedelta(minutes=30),
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
    # One step of 30 s to either side, for clocks that differ.
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
}


def register(app: Flask) -> None:
    """Give `app` its way to register, sign in, recover and change, and sessions that are rows."""
    settings = {**ADDRESSES, **PAGES, **MAILS, **WHAT_IT_DOES, **PASSWORDS, **HOW_LONG, **FORMS}
    app.config.from_mapping({f"SECURITY_{name}": value for name, value in settings.items()})
    app.config.from_mapping(account_words.settings())
    _set_secrets(app)
    app.session_interface = RowSessions()
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, Account, AccountRole),
        mail_util_cls=OutboxMail,
        password_util_cls=ChosenPasswords,
        totp_cls=CodesUsedOnce,
        mf_recovery_codes_util_cls=HashedRecoveryCodes,
        render_template=render,  # type: ignore[arg-type]  # a view may answer with a status
    )
    security.pwd_context = HashingAtRest(security.pwd_context)
    security.want_json(lambda _request: False)
    _take_away_what_is_not_used(app, security)
    user_registered.connect(_registered, app)
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_reset.connect(_has_recovered, app)
    password_changed.connect(_has_new_password, app)
    change_email_confirmed.connect(_has_new_address, app)
    tf_profile_changed.connect(_has_new_factor, app)
    tf_disabled.connect(_has_new_factor, app)


def render(template: str, **context: Any) -> str | tuple[str, int]:
    """A mail; or a page, with the status that says whether its form was understood."""
    text = render_template(template, **context)
    if template.endswith(".txt") or request.method != "POST":
        return text
    forms = [value for name, value in context.items() if name.endswith("_form")]
    return (text, 422) if any(form.errors for form in forms) else text


def _set_secrets(app: Flask) -> None:
    """Keys that follow from the one secret of the site, and cookies that only it reads."""
    secret = hashlib.sha256(f"second factors {app.config['SECRET_KEY']}".encode()).hexdigest()
    over_tls = str(app.config["SITE_URL"]).startswith("https://")
    app.config.from_mapping(
        SECURITY_TOTP_SECRETS={1: secret},
        SECURITY_TOTP_ISSUER=app.config["SITE_NAME"],
        SESSION_COOKIE_NAME="__Host-session" if over_tls else "session",
        SESSION_COOKIE_SECURE=over_tls,
        SESSION_PROTECTION=None,  # a row and its secret protect it
    )


def _take_away_what_is_not_used(app: Flask, security: Security) -> None:
    """Nothing signs in by a token in an address, and no page asks who is there by itself."""
    security.login_manager.request_loader(None)
    asking: list[dict[Any, list[Any]]] = [
        app.template_context_processors,
        app.before_request_funcs,
    ]
    for hooks in asking:
        hooks[None] = [
            one
            for one in hooks[None]
            if not one.__module__.startswith(("flask_login", "flask_principal"))
        ]


def _registered(_app: Flask, user: Account, **_: Any) -> None:
    user.roles.append(AccountRole(name=READER, given_at=queries.now()))


def _signed_in(_app: Flask, user: Account, **_: Any) -> None:
    this_session().begin_anew(user.id)
    email, number = user.email, devices.number()
    this_session()[devices.SESSION] = number

    @after_this_request
    def remember(response: Response) -> Response:
        devices.remember(response, email, number)
        return response


def _signed_out(_app: Flask, **_: Any) -> None:
    if this_session().account_id is None:
        return  # said of everybody who opens the link of a mail; their draft stays
    this_session().end()
    flash("You are signed out.", "info")

    @after_this_request
    def forget_here(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _has_recovered(_app: Flask, user: Account, **_: Any) -> None:
    """The mail with the link has shown that the address is theirs."""
    user.confirmed_at = user.confirmed_at or queries.now()
    sessions.end_all(user.id)


def _has_new_password(_app: Flask, user: Account, **_: Any) -> None:
    """All sessions are over; the one that this request begins is written down after it."""
    sessions.end_all(user.id)


def _has_new_address(_app: Flask, user: Account, old_email: str, **_: Any) -> None:
    write("address_changed", "Your address was changed", old_email, user.id, name=user.public_name)


def _has_new_factor(_app: Flask, user: Account, **_: Any) -> None:
    write(
        "factor_changed",
        "Your second factor was changed",
        user.email,
        user.id,
        name=user.public_name,
    )
