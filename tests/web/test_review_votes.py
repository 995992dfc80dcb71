"""Votes are worth something: one a person who has confirmed an address, and no other way."""

from __future__ import annotations

import pytest
from flask import Flask

from reviews_app.accounts import queries
from reviews_app.db import db
from reviews_app.reviews.readers.votes import HelpfulVote
from tests.people import PASSWORD, an_account, send, signed_in, token
from tests.web.reviewing import a_machine, a_published, count


def test_who_has_not_confirmed_an_address_cannot_vote(app: Flask) -> None:
    review = a_published(app, a_machine(app))
    with app.app_context():
        account_id = an_account(email="unconfirmed@people.example")
        queries.get_account(account_id).confirmed_at = None
        db.session.commit()
    client = app.test_client()
    fields = {"email": "unconfirmed@people.example", "password": PASSWORD}
    send(client, "/account/sign-in", fields)

    answer = send(client, f"/reviews/{review}/helpful", {"do": "vote"}, page="/account/sign-in")

    assert answer.location.startswith("/account/sign-in")
    assert count(app, HelpfulVote) == 0


@pytest.mark.slow
def test_a_thousand_forged_votes_move_nothing(app: Flask) -> None:
    review = a_published(app, a_machine(app))
    path = f"/reviews/{review}/helpful"
    strangers = app.test_client()
    known = token(strangers)
    reader = signed_in(app)
    send(reader, path, {"do": "vote"}, status=303)
    for n in range(1_000):
        form = {"do": "vote", "account_id": str(n), "times": "1000"}
        match n % 4:
            case 0:  # nobody, without a token
                strangers.post(path, data=form)
            case 1:  # nobody, with one
                strangers.post(path, data={**form, "csrf_token": known})
            case 2:  # a reader, without a token
                reader.post(path, data=form)
            case 3:  # a reader, from the page of another site
                headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
                reader.post(path, data={**form, "csrf_token": known}, headers=headers)

    assert count(app, HelpfulVote) == 1
