"""Nobody learns who has an account: the same answer, and as fast, whether an address is known."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask

from reviews_app.accounts import queries
from reviews_app.db import db
from tests.people import TOKEN, an_account, mails, send, signed_in, token

KNOWN, UNKNOWN = "known@people.example", "nobody@people.example"
WRONG = "not the password of anybody"


def _confirmed(email: str) -> None:
    an_account(email=email)


def _not_confirmed(email: str) -> None:
    queries.get_account(an_account(email=email)).confirmed_at = None
    db.session.commit()


def _closed(email: str) -> None:
    queries.get_account(an_account(email=email)).active = False
    db.session.commit()


FORMS = {
    "/account/sign-in": {"password": WRONG},
    "/account/new": {"public_name": "Somebody", "password": "four plain synthetic words"},
    "/account/confirmation": {},
    "/account/recovery": {},
}


def _answers(app: Flask, path: str, email: str) -> list[tuple[int, object, str]]:
    """What a form answers and what is said after it, without what differs each time."""
    client = app.test_client()
    answers = [send(client, path, {"email": email, **FORMS[path]})]
    if answers[0].status_code == 302:
        answers.append(client.get(answers[0].headers["Location"]))
    return [
        (one.status_code, one.headers.get("Location"), _plain(one.text, email)) for one in answers
    ]


def _plain(text: str, email: str) -> str:
    return TOKEN.sub("", text).replace(email, "THE ADDRESS")


@pytest.mark.parametrize("state", [_confirmed, _not_confirmed, _closed])
@pytest.mark.parametrize("path", FORMS)
def test_a_form_answers_the_same(app: Flask, path: str, state: Callable[[str], None]) -> None:
    with app.app_context():
        state(KNOWN)

    assert _answers(app, path, KNOWN) == _answers(app, path, UNKNOWN)


def test_changing_ones_address_tells_nothing_of_others(app: Flask) -> None:
    with app.app_context():
        an_account(email=KNOWN)
    texts = []
    for email in (KNOWN, UNKNOWN):
        client = signed_in(app)
        answer = send(client, "/account/email", {"email": email}, status=200)
        texts.append(re.sub(r"synthetic-\d+", "", _plain(answer.text, email)))

    assert texts[0] == texts[1]
    assert [recipient for recipient, _, _ in mails(app)] == [UNKNOWN]


def test_who_has_an_account_already_is_told_by_mail(app: Flask) -> None:
    with app.app_context():
        an_account(email=KNOWN)

    send(app.test_client(), "/account/new", {"email": KNOWN, **FORMS["/account/new"]})

    ((recipient, _, body),) = mails(app)
    assert recipient == KNOWN
    assert "You have one already." in body


@pytest.mark.slow
@pytest.mark.parametrize("path", FORMS)
def test_a_form_answers_as_fast(app: Flask, path: str) -> None:
    """Medians of 200 interleaved pairs, each from another address to another account."""
    with app.app_context():
        first = queries.get_account(an_account(email="known-0@people.example"))
        for number in range(1, 200):
            one = queries.make_account(
                f"known-{number}@people.example", "Known", password=first.password
            )
            one.confirmed_at = None if path == "/account/confirmation" else queries.now()
        db.session.commit()
    taken: dict[str, list[float]] = {"known": [], "nobody": []}
    for number in range(200):
        for who in ("known", "nobody") if number % 2 else ("nobody", "known"):
            client = app.test_client()
            form = {
                "csrf_token": token(client, path),
                "email": f"{who}-{number}@people.example",
                **FORMS[path],
            }
            address = {"REMOTE_ADDR": f"10.{number}.{len(who)}.1"}
            began = time.perf_counter()
            answer = client.post(path, data=form, environ_base=address)
            taken[who].append(time.perf_counter() - began)
            assert answer.status_code in {200, 302, 422}
    known, nobody = (statistics.median(taken[who]) for who in ("known", "nobody"))

    assert abs(known - nobody) < 0.1 * max(known, nobody), f"{known:.4f} s against {nobody:.4f} s"
