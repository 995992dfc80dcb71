"""`flask accounts …`: make the accounts of those who run the site, and help people back in."""

from __future__ import annotations

import click
from flask import current_app, url_for
from flask.cli import AppGroup
from flask_security.recoverable import generate_reset_password_token

from reviews_app.accounts import names, queries, recovery, sessions
from reviews_app.accounts.models import Account
from reviews_app.accounts.roles import ROLES
from reviews_app.db import db, writing

accounts = AppGroup("accounts", help="The accounts of people, and what they may do.")

role_option = click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="What the account is for; may be given more than once.",
)


@accounts.command()
@click.argument("email")
@role_option
@click.option("--name", default="", help="The public name; the part of EMAIL before @ if left out.")
def create(email: str, roles: tuple[str, ...], name: str) -> None:
    """Make an account for EMAIL, and print the link to set its password, which works once."""
    writing()
    address = _checked(email)
    if queries.find_account(address):
        raise click.ClickException(f"There is an account for {address} already.")
    public_name = names.tidy(name or address.partition("@")[0])
    wrong = names.why_refused(public_name)
    if wrong:
        raise click.ClickException(f"The name {public_name!r} cannot be used; give --name. {wrong}")
    account = queries.make_account(address, public_name, roles)
    db.session.commit()
    click.echo(f"Made an account for {address}: {', '.join(sorted(set(roles)))}.")
    _print_link(account)


@accounts.command()
@click.argument("email")
@click.option("--without-second-factor", is_flag=True, help="Also forget a lost authenticator.")
def recover(email: str, without_second_factor: bool) -> None:
    """Print a link to set a new password for EMAIL, for somebody whom you know to be the person."""
    writing()
    account = _get(email)
    if without_second_factor:
        account.tf_primary_method = account.tf_totp_secret = None
        recovery.forget(account.id)
        sessions.end_all(account.id)
        click.echo("Its second factor is forgotten; who signs in next sets up a new one.")
    db.session.commit()
    _print_link(account)


@accounts.command()
@click.argument("email")
@role_option
def roles(email: str, roles: tuple[str, ...]) -> None:
    """Let EMAIL have these roles and no others. Signs them out, so that it holds at once."""
    writing()
    account = _get(email)
    queries.set_roles(account, roles)
    sessions.end_all(account.id)
    db.session.commit()
    click.echo(f"{account.email} is {', '.join(sorted(set(roles)))} now.")


@accounts.command("sign-out")
@click.argument("email", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody, also who is about to sign in.")
def sign_out(email: str | None, everybody: bool) -> None:
    """End all sessions of EMAIL, or with --all of everybody."""
    if bool(email) == everybody:
        raise click.UsageError("Give EMAIL or --all.")
    writing()
    if email:
        sessions.end_all(_get(email).id)
    else:
        sessions.end_everybodys()
    db.session.commit()
    click.echo("Signed out.")


def _checked(email: str) -> str:
    try:
        address: str = current_app.extensions["security"].mail_util.validate(email)
    except ValueError:
        raise click.ClickException(f"{email!r} is not an e-mail address.") from None
    return address


def _get(email: str) -> Account:
    account = queries.find_account(email)
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    return account


def _print_link(account: Account) -> None:
    with current_app.test_request_context():
        token = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
        path = url_for("security.reset_password", token=token)
    click.echo("Whoever opens this link within two hours sets the password; it works once:")
    click.echo(f"{current_app.config['SITE_URL']}{path}")
