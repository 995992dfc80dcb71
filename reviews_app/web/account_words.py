"""Knows what Flask-Security says to people here, in our words."""

from __future__ import annotations

SENT = "If %(email)s is an address we can write to, a mail is on its way. It can take a minute."
OVER = "That link has been used, is too old or is not whole."

MESSAGES = {
    "GENERIC_AUTHN_FAILED": "That address and password do not belong together. Please check both.",
    "REAUTHENTICATION_REQUIRED": "Please give your password once more before you change this.",
    "REAUTHENTICATION_SUCCESSFUL": "Thank you.",
    "ANONYMOUS_USER_REQUIRED": "You are signed in already.",
    "CONFIRM_REGISTRATION": f"{SENT} Open the link in it to confirm your address.",
    "CONFIRMATION_REQUEST": SENT,
    "CONFIRMATION_EXPIRED": f"{OVER} We can send you another.",
    "INVALID_CONFIRMATION_TOKEN": f"{OVER} We can send you another.",
    "ALREADY_CONFIRMED": "Your address is confirmed already. You can sign in.",
    "EMAIL_CONFIRMED": "Thank you, your address is confirmed. You can sign in now.",
    "EMAIL_NOT_PROVIDED": "Please type your e-mail address.",
    "INVALID_EMAIL_ADDRESS": "This does not look like an e-mail address. Please check it.",
    "EMAIL_ALREADY_ASSOCIATED": "There is an account with this address already.",
    "PASSWORD_NOT_PROVIDED": "Please type a password.",
    "INVALID_PASSWORD": "This is not your password. Please try again.",
    "PASSWORD_IS_THE_SAME": "The new password is the one you have. Please choose another.",
    "PASSWORD_CHANGE": "Your password is changed. Everybody else who was signed in is signed out.",
    "PASSWORD_RESET_REQUEST": SENT,
    "PASSWORD_RESET_EXPIRED": f"{OVER} We can send you another.",
    "INVALID_RESET_PASSWORD_TOKEN": f"{OVER} We can send you another.",
    "PASSWORD_RESET_NO_LOGIN": "Your new password is set. Please sign in with it.",
    "CHANGE_EMAIL_SENT": (
        "If %(email)s is an address we can write to, a mail is on its way. Your address changes"
        " when you open the link in it."
    ),
    "CHANGE_EMAIL_EXPIRED": f"{OVER} Please ask for the change again.",
    "CHANGE_EMAIL_CONFIRMED": "Your address is changed.",
    "TWO_FACTOR_INVALID_TOKEN": "This is not the code we expect now. Please type the newest one.",
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "You are signed in.",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Your second factor is set up.",
    "TWO_FACTOR_PERMISSION_DENIED": "Please sign in from the start.",
    "TWO_FACTOR_SETUP_EXPIRED": "That took too long. Please begin again.",
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": "Please begin again.",
    "TWO_FACTOR_DISABLED": "Your account has no second factor any more.",
    "INVALID_RECOVERY_CODE": "This is none of your codes, or it was used before.",
    "API_ERROR": f"{OVER} Please ask for the change again.",
    "INVALID_REDIRECT": "We do not send you on to another site.",
    "DISABLED_ACCOUNT": "This account is closed.",
}
"""By the names that Flask-Security has for them."""

ERRORS = frozenset(
    {
        "CONFIRMATION_EXPIRED",
        "INVALID_CONFIRMATION_TOKEN",
        "PASSWORD_RESET_EXPIRED",
        "INVALID_RESET_PASSWORD_TOKEN",
        "CHANGE_EMAIL_EXPIRED",
        "TWO_FACTOR_INVALID_TOKEN",
        "TWO_FACTOR_PERMISSION_DENIED",
        "TWO_FACTOR_SETUP_EXPIRED",
        "API_ERROR",
        "INVALID_REDIRECT",
    }
)

SUBJECTS = {
    "EMAIL_SUBJECT_REGISTER": "Please confirm your address",
    "EMAIL_SUBJECT_CONFIRM": "Please confirm your address",
    "EMAIL_SUBJECT_PASSWORD_RESET": "A new password",
    "EMAIL_SUBJECT_PASSWORD_NOTICE": "Your password was changed",
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": "Your password was changed",
    "CHANGE_EMAIL_SUBJECT": "Please confirm your new address",
}


def settings() -> dict[str, object]:
    """All of it, under the names of the settings."""
    said = {
        f"SECURITY_MSG_{name}": (words, "error" if name in ERRORS else "info")
        for name, words in MESSAGES.items()
    }
    return {**said, **{f"SECURITY_{name}": words for name, words in SUBJECTS.items()}}
