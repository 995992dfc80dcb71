"""`flask mail send`: hand over what waits in the outbox."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from reviews_app import outbox
from reviews_app.db import db, forget_traces, writing

mail = AppGroup("mail", help="The mails that wait to be sent.")


@mail.command()
def send() -> None:
    """Send all mails that are due."""
    carrier = find_carrier()
    if carrier is None:
        waiting = len(outbox.waiting())
        raise click.ClickException(f"SMTP_URL is not set; {waiting} mails wait.")
    sent, troubles = deliver(carrier)
    click.echo(f"Sent {sent}; {len(outbox.waiting())} wait.")
    for trouble in troubles:
        click.echo(trouble, err=True)
    if troubles:
        raise click.exceptions.Exit(1)


def find_carrier() -> outbox.Carrier | None:
    """What the settings have mails taken by; None where they wait."""
    settings = current_app.config
    if settings["SMTP_URL"]:
        return outbox.Smtp(settings["SMTP_URL"], settings["MAIL_FROM"])
    if settings["MAIL_FOLDER"]:
        return outbox.Folder(Path(settings["MAIL_FOLDER"]), settings["MAIL_FROM"])
    return None


def deliver(carrier: outbox.Carrier) -> tuple[int, list[str]]:
    """Hand over all mails that are due: how many went, and what went wrong with the others.

    Each is taken, handed over and forgotten by itself, so that a process that dies loses none.
    """
    sent, troubles = 0, []
    while mails := _taken():
        for one in mails:
            try:
                carrier.carry(one)
            except outbox.Undelivered as trouble:
                given_up = _noted(one.id, str(trouble))
                troubles.append(f"Mail {one.id}{', given up' if given_up else ''}: {trouble}")
            else:
                writing()
                outbox.sent(one.id)
                db.session.commit()
                sent += 1
    if sent:
        db.session.rollback()
        forget_traces()  # a mail may be the last place where an address stands
    return sent, troubles


def _taken() -> list[outbox.Mail]:
    db.session.rollback()
    if not outbox.is_due():  # so that nobody waits for a look into an empty box
        db.session.rollback()
        return []
    db.session.rollback()
    writing()
    mails = outbox.take_due()
    db.session.commit()
    for one in mails:
        db.session.refresh(one)
        db.session.expunge(one)
    db.session.rollback()
    return mails


def _noted(mail_id: int, trouble: str) -> bool:
    writing()
    given_up = outbox.failed(mail_id, trouble)
    db.session.commit()
    return given_up
