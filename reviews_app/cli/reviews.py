"""`flask reviews …`: who speaks for a maker, and whether the log of moderation is whole."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from reviews_app.accounts import queries as accounts
from reviews_app.db import db, writing
from reviews_app.errors import NotFound
from reviews_app.reviews.readers import answers, log

reviews = AppGroup("reviews", help="What readers say, and what makers answer.")


@reviews.command()
@click.argument("email")
@click.argument("brand")
def represent(email: str, brand: str) -> None:
    """Let the account of EMAIL answer reviews for BRAND (its id), once you know that it may."""
    writing()
    account = accounts.find_account(email)
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    try:
        answers.confirm(account.id, brand, accounts.now())
    except NotFound as error:
        raise click.ClickException(error.message) from None
    db.session.commit()
    click.echo(f"{account.email} speaks for {brand} now.")


@reviews.command()
@click.argument("email")
def unrepresent(email: str) -> None:
    """Let the account of EMAIL no longer answer for any maker; what was answered stays."""
    writing()
    account = accounts.find_account(email)
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    answers.stop(account.id)
    db.session.commit()
    click.echo(f"{account.email} speaks for nobody now.")


@reviews.command("check-log")
@click.option("--seal", help="A seal that you noted, with --entries.")
@click.option("--entries", type=int, help="Over how many entries it was.")
def check_log(seal: str | None, entries: int | None) -> None:
    """Say whether every entry of the moderation log is as it was added."""
    noted = log.Head(entries, seal) if seal and entries else None
    broken = log.broken_at(log.each_entry(), noted)
    if broken is not None:
        raise click.ClickException(f"The log was changed at or before entry {broken}.")
    end = log.head()
    click.echo(f"The log is whole: {end.entries} entries, last seal {end.seal}")
