"""Mails are sent once what they tell of is true, to a server or a folder, and then forgotten."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask
from flask.testing import FlaskCliRunner

from reviews_app import outbox
from reviews_app.cli.mail import deliver
from reviews_app.db import db
from reviews_app.outbox.mails import TRIES_AFTER
from tests.databases import NewDatabase, a_site

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
FROM, TO = "no-reply@legwise.example", "somebody@people.example"


class Server:
    """A mail server that keeps what it is given; refuses when told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or refuse it."""
        if self.answer.startswith("250"):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answer


def _password(server: Any, session: Any, envelope: Any, how: str, given: object) -> AuthResult:
    right = LoginPassword(b"us", b"p@ss/word")
    return AuthResult(success=given == right)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    """A mail server on this machine, and its address."""
    kept, port = Server(), _free_port()
    controller = Controller(
        kept, hostname="127.0.0.1", port=port, authenticator=_password, auth_require_tls=False
    )
    controller.start()
    try:
        yield kept, f"smtp://us:p%40ss%2Fword@127.0.0.1:{port}"
    finally:
        controller.stop()


def _put(subject: str = "Grüße", body: str = "Viele Grüße\nund ein Verweis\n") -> None:
    outbox.put(TO, subject, body)
    db.session.commit()


def test_a_server_gets_the_mail_and_the_outbox_forgets_it(
    app: Flask, server: tuple[Server, str]
) -> None:
    kept, url = server
    with app.app_context():
        _put()

        assert deliver(outbox.Smtp(url, FROM)) == (1, [])

        assert outbox.waiting() == []
    ((sender, recipients, content),) = kept.taken
    assert (sender, recipients) == (FROM, [TO])
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert mail["Subject"] == "Grüße"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == ["Viele Grüße", "und ein Verweis"]


def test_a_mail_that_is_refused_is_tried_again_and_given_up_at_last(
    app: Flask, server: tuple[Server, str]
) -> None:
    kept, url = server
    kept.answer = "451 Not now"
    with time_machine.travel(START, tick=False) as clock, app.app_context():
        _put()
        for wait in TRIES_AFTER[:-1]:
            sent, (trouble,) = deliver(outbox.Smtp(url, FROM))
            assert sent == 0
            assert "451" in trouble
            assert TO not in trouble
            assert deliver(outbox.Smtp(url, FROM)) == (0, [])
            clock.shift(wait)

        _, (trouble,) = deliver(outbox.Smtp(url, FROM))

        assert "given up" in trouble
        assert outbox.waiting() == []


def test_a_mail_goes_when_the_server_is_well_again(app: Flask, server: tuple[Server, str]) -> None:
    kept, url = server
    kept.answer = "451 Not now"
    with time_machine.travel(START, tick=False) as clock, app.app_context():
        _put()
        deliver(outbox.Smtp(url, FROM))
        kept.answer = "250 OK"
        clock.shift(timedelta(minutes=2))

        assert deliver(outbox.Smtp(url, FROM)) == (1, [])

    assert len(kept.taken) == 1


def test_a_server_that_is_not_there_loses_nothing(app: Flask) -> None:
    with app.app_context():
        _put()

        sent, troubles = deliver(outbox.Smtp("smtp://127.0.0.1:1", FROM))

        assert sent == 0
        assert "ConnectionRefusedError" in troubles[0]
        assert len(outbox.waiting()) == 1


def test_what_a_process_died_with_is_sent_later(app: Flask, tmp_path: Path) -> None:
    with time_machine.travel(START, tick=False) as clock, app.app_context():
        _put()
        outbox.take_due()
        db.session.commit()
        folder = outbox.Folder(tmp_path, FROM)
        assert deliver(folder) == (0, [])
        clock.shift(TRIES_AFTER[0])

        assert deliver(folder) == (1, [])


def test_a_mail_about_what_did_not_happen_is_not_sent(app: Flask) -> None:
    with app.app_context():
        outbox.put(TO, "Done", "It is done.")
        db.session.rollback()

        assert outbox.waiting() == []


def test_a_line_break_makes_no_header(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        _put("Hello\r\nBcc: other@people.example")
        deliver(outbox.Folder(tmp_path, FROM))

    (file,) = tmp_path.glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: other@people.example"


def test_in_development_mails_go_to_a_folder_and_the_page_says_which(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    with a_site(new_database, mail_folder=str(tmp_path / "mail")) as app:
        with app.app_context():
            _put()
        result = app.test_cli_runner().invoke(args=["mail", "send"])

        assert result.output == "Sent 1; 0 wait.\n"
        assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
        for page in ("/account/confirmation", "/account/recovery"):
            assert str(tmp_path / "mail") in app.test_client().get(page).text


def test_without_a_server_mails_wait_and_the_command_says_so(
    app: Flask, runner: FlaskCliRunner
) -> None:
    with app.app_context():
        _put()

    result = runner.invoke(args=["mail", "send"])

    assert result.exit_code == 1
    assert "SMTP_URL is not set; 1 mails wait." in result.output
