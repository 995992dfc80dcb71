"""Knows the fields of the forms of an account, where those of Flask-Security do not fit us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app
from flask_security import hash_password
from flask_security.change_email import ChangeEmailForm
from flask_security.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    Form,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
)
from wtforms import Field, HiddenField, RadioField, StringField, ValidationError

from reviews_app.accounts import names
from reviews_app.web import limiting, security_log
from reviews_app.web.second_factor import CodeForm
from reviews_app.web.signed_in import current_account

NOT_CONFIRMED = (
    "Your address is not confirmed yet. Please open the link in the mail we sent you, or ask for"
    " another below."
)
OWN_ADDRESS = "This is your address already. Please type the new one."


class SignInForm(LoginForm):
    """An address and a password. There is no "remember me": a session lasts as it lasts."""

    remember = None

    def validate_password(self, field: Field) -> None:
        """What is too long to be a password here is no right one, whoever is asked for."""
        field.data = current_app.extensions["security"].password_util.normalize(field.data)

    def validate(self, **given: Any) -> bool:
        """As always; who gave the right password is told what else is missing."""
        valid = super().validate(**given)
        if not valid and self.user_authenticated and self.requires_confirmation:
            self.form_errors.append(NOT_CONFIRMED)
            self.email.errors = []
        return bool(valid)


class MailForm(Form):
    """A form that has a mail sent to the address in it.

    The mail is counted where only who has the address is left to ask, and raises LimitReached.
    """

    is_address = False
    malformed: Sequence[str] = ()
    """What is wrong with the address as typed; nothing that depends on who has it."""

    def validate_email(self, _field: Field) -> None:
        """Asked where the address is one."""
        self.is_address = True

    def validate(self, **given: Any) -> bool:
        """As always; what is not understood costs no mail."""
        valid = bool(super().validate(**given))
        if not self.is_address:
            self.malformed = list(self.email.errors)
        elif not set(self.errors) - {"email"}:
            with security_log.watched():
                limiting.refuse_too_many_mails()
        return valid

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, by field.

        Flask-Security empties the errors of an address, so that nobody learns who has it; what
        anybody can see in it stays.
        """
        said: dict[str, Any] = super().errors
        return {**said, "email": self.malformed} if self.malformed else said


class NewAccountForm(MailForm, RegisterFormV2):
    """An address, a password, and the name that stands under reviews."""

    public_name = StringField(filters=[lambda text: names.tidy(text) if text else text])

    def validate_public_name(self, field: Field) -> None:
        """Raise ValidationError for a name that may not stand under a review."""
        wrong = names.why_refused(field.data or "")
        if wrong:
            raise ValidationError(wrong)


class ConfirmationForm(MailForm, SendConfirmationForm):
    """An address that is to be confirmed; takes as long whether it is known or not."""

    def validate(self, **given: Any) -> bool:
        """As always."""
        valid = super().validate(**given)
        if self.is_address:
            hash_password("so that this takes as long for an address that nobody has")
        return valid


class RecoveryForm(MailForm, ForgotPasswordForm):
    """An address whose password is forgotten; takes as long whether it is known or not.

    Who has not confirmed it can do so this way: the mail shows that it is theirs.
    """

    def validate(self, **given: Any) -> bool:
        """As always; the view hashes where this fails."""
        valid = super().validate(**given)
        if not valid and self.requires_confirmation:
            self.email.errors, self.requires_confirmation, valid = [], False, True
        if valid:
            hash_password("so that this takes as long for an address that nobody has")
        return valid


class NewAddressForm(MailForm, ChangeEmailForm):
    """The address that takes the place of one's own."""

    def validate_email(self, field: Field) -> None:
        """Raise ValidationError for the address there is."""
        own = current_account()
        if own is not None and field.data == own.email:
            self.existing_email_user = None  # it is no secret who has it
            field.errors.clear()
            raise ValidationError(OWN_ADDRESS)
        super().validate_email(field)


class NewPasswordForm(ResetPasswordForm):
    """A new password, typed once: a slip of the finger is mended by another mail."""

    password_confirm = None


class PasswordForm(ChangePasswordForm):
    """The password there is, and a new one, typed once."""

    new_password_confirm = None


class SecondFactorForm(TwoFactorSetupForm):
    """Begins with a second factor; there is one kind, so nothing is asked."""

    setup = HiddenField(default="authenticator")


class RescueForm(TwoFactorRescueForm):
    """Made by Flask-Security beside the code; we show a link to the recovery codes instead."""

    help_setup = RadioField(choices=[])


FORMS: dict[str, object] = {
    "LOGIN_FORM": SignInForm,
    "REGISTER_FORM": NewAccountForm,
    "SEND_CONFIRMATION_FORM": ConfirmationForm,
    "FORGOT_PASSWORD_FORM": RecoveryForm,
    "RESET_PASSWORD_FORM": NewPasswordForm,
    "CHANGE_PASSWORD_FORM": PasswordForm,
    "CHANGE_EMAIL_FORM": NewAddressForm,
    "TWO_FACTOR_SETUP_FORM": SecondFactorForm,
    "TWO_FACTOR_VERIFY_CODE_FORM": CodeForm,
    "TWO_FACTOR_RESCUE_FORM": RescueForm,
}
"""Under the names of the settings of Flask-Security."""
