"""Knows how a mail is written: from a template, with addresses that no visitor can choose."""

from __future__ import annotations

from typing import Any

from flask import Response, after_this_request, current_app, g, render_template

from reviews_app import outbox
from reviews_app.db import db


def write(template: str, subject: str, recipient: str, account_id: int | None, **said: Any) -> None:
    """Put the mail of `templates/mails/<template>.txt` into the outbox."""
    put(recipient, subject, render_template(f"mails/{template}.txt", **said), account_id)


def put(recipient: str, subject: str, body: str, account_id: int | None) -> None:
    """Put a mail into the outbox, its subject saying which site it is from."""
    site = current_app.config["SITE_NAME"]
    outbox.put(recipient, f"{site}: {subject[:1].lower()}{subject[1:]}", body, account_id)


def commit_after_request() -> None:
    """Keep what this request put into the outbox, once its page is made."""
    if "mail_to_commit" in g:
        return
    g.mail_to_commit = True

    @after_this_request
    def commit(response: Response) -> Response:
        db.session.commit()
        return response
