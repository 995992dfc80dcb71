"""The form of a review: nothing typed is ever lost, and what is sent waits for a moderator."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app.accounts.queries import now
from reviews_app.db import db
from reviews_app.reviews.readers import banning
from reviews_app.reviews.readers.models import ModerationEntry, ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import MOST_SENT_A_DAY, Reason
from reviews_app.reviews.readers.submission import NAMES
from reviews_app.web.review_form import MOST_DRAFTS
from tests.people import PASSWORD, an_account, link_in, mails, send, signed_in, token
from tests.reviews.readers.writing import begin
from tests.web.reviewing import FIELDS, FORM, PAGE, a_machine, count, someone, write

TYPED = {
    **FIELDS,
    "title": 'Synthetic "title" & <b>',
    "text": "\n\n  Synthetic text with <script>alert(1)</script> and\n\nparagraphs & “quotes”.",
    "need": ["tired-legs"],
    "calf": "38 cm",
    "fitted": "tight",
    "broke": "Synthetic zip & <i>",
    "broke_after_months": "2",
}


def holds_what_was_typed(answer: TestResponse, text: str = str(TYPED["text"])) -> bool:
    """Whether a form is filled as it was sent."""
    typed, text = text.replace("\r\n", "\n"), unescape(answer.text)
    checked = ('value="4" checked', 'value="bought" checked', 'value="tight" checked')
    return (
        all(one in answer.text for one in checked)
        and 'name="need" value="tired-legs" checked' in answer.text
        and str(TYPED["title"]) in text
        and typed in text
        and str(TYPED["broke"]) in text
        and 'name="calf" inputmode="decimal" value="38"' in answer.text
        and "<option selected>cm</option>" in answer.text
    )


def test_a_review_that_was_sent_waits(app: Flask) -> None:
    a_machine(app)
    client = signed_in(app)
    answer = write(client)

    assert answer.location == "/account/reviews"
    own = client.get("/account/reviews").text
    assert "It waits" in own
    assert "Synthetic test title" in own
    assert "Synthetic test title" not in client.get(PAGE).text


@pytest.mark.parametrize("wrong", [{"rating": ""}, {"months_owned": "x"}, {"tie": "unsaid"}])
def test_an_error_brings_the_form_back_as_it_was_typed(app: Flask, wrong: dict[str, str]) -> None:
    a_machine(app)
    client = signed_in(app)
    answer = send(client, FORM, {**TYPED, **wrong}, status=422)

    held = send(client, FORM, {**TYPED, "calf": "38 cm", "broke_after_months": "99"}, status=422)
    assert holds_what_was_typed(held)
    assert "Your review is not sent yet" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert count(app, ReaderReview) == 0


def test_a_visitor_writes_first_and_finds_the_text_after_signing_in(app: Flask) -> None:
    a_machine(app)
    with app.app_context():
        an_account(email="synthetic-writer@people.example")
    client = app.test_client()
    answer = send(client, FORM, TYPED, status=303)
    assert answer.location.startswith("/account/sign-in?next=")
    assert count(app, ReaderReview) == 0

    sign_in = {"email": "synthetic-writer@people.example", "password": PASSWORD}
    send(client, answer.location, {**sign_in, "next": FORM}, status=302)
    form = client.get(FORM)

    assert holds_what_was_typed(form)
    assert "Here is what you wrote." in form.text
    send(client, FORM, TYPED, status=303)
    assert count(app, ReaderReview) == 1
    assert "Here is what you wrote." not in client.get(FORM).text


def test_reviews_of_several_machines_wait_side_by_side(app: Flask) -> None:
    forms = {slug: f"/massagers/{slug}/reviews/new" for slug in ("boots", "sleeves", "socks")}
    for slug in forms:
        a_machine(app, slug)
    with app.app_context():
        an_account(email="synthetic-writer@people.example")
    client = app.test_client()
    for slug, form in forms.items():
        send(client, form, {**FIELDS, "title": f"Draft of {slug}"}, status=303)
    sign_in = {"email": "synthetic-writer@people.example", "password": PASSWORD}
    send(client, "/account/sign-in", sign_in, status=302)

    send(client, forms["sleeves"], {**FIELDS, "title": "Draft of sleeves"}, status=303)

    account = client.get("/account").text
    assert [form in account for form in forms.values()] == [True, False, True]
    assert "Draft of boots" in client.get(forms["boots"]).text
    assert "Draft of socks" in client.get(forms["socks"]).text


def test_of_more_drafts_than_are_kept_the_oldest_goes(app: Flask) -> None:
    slugs = [f"other-{n}" for n in range(MOST_DRAFTS + 1)]
    for slug in slugs:
        a_machine(app, slug)
    client = app.test_client()
    for slug in [*slugs[:2], slugs[0], *slugs[2:]]:  # the first is written again: it is newer now
        send(client, f"/massagers/{slug}/reviews/new", FIELDS, status=303)

    kept = {
        slug
        for slug in slugs
        if str(FIELDS["title"]) in client.get(f"/massagers/{slug}/reviews/new").text
    }

    assert kept == {*slugs} - {slugs[1]}


def test_a_visitor_hears_what_is_wrong_before_signing_in(app: Flask) -> None:
    a_machine(app)

    answer = send(app.test_client(), FORM, {**TYPED, "broke_after_months": "99"}, status=422)

    assert holds_what_was_typed(answer)


def test_a_token_that_is_too_old_loses_nothing(app: Flask) -> None:
    a_machine(app)
    client = signed_in(app)
    for sent in ("", "wrong", token(app.test_client())):
        answer = client.post(FORM, data={**TYPED, "csrf_token": sent})

        assert answer.status_code == 400
        assert holds_what_was_typed(answer)
        assert "this page had stood open too long" in answer.text
    assert count(app, ReaderReview) == 0


def test_past_the_limit_of_a_day_the_text_stays(app: Flask) -> None:
    slugs = ["boots", *(f"other-{n}" for n in range(MOST_SENT_A_DAY))]
    for slug in slugs:
        a_machine(app, slug)
    client = signed_in(app)
    for slug in slugs[1:]:
        send(client, f"/massagers/{slug}/reviews/new", FIELDS, status=303)

    answer = send(client, FORM, {**TYPED, "broke_after_months": "2"}, status=429)

    assert holds_what_was_typed(answer)
    assert 0 < int(answer.headers["Retry-After"]) <= 24 * 3600


def test_who_is_banned_keeps_the_text(app: Flask) -> None:
    a_machine(app)
    one, two = someone(app), someone(app)
    with app.app_context():
        author = an_account()
        begin()
        banning.propose(author, Reason.SPAM, one, now())
        banning.confirm(author, two, now())
        db.session.commit()

    answer = send(signed_in(app, account_id=author), FORM, TYPED, status=403)

    assert holds_what_was_typed(answer)
    assert "banned this account" in answer.text


@pytest.mark.parametrize("role", ["moderator", "editor", "admin"])
def test_staff_write_no_reader_reviews(app: Flask, role: str) -> None:
    a_machine(app)

    answer = send(signed_in(app, role), FORM, TYPED, status=403)

    assert holds_what_was_typed(answer)
    assert count(app, ReaderReview) == 0


def test_one_s_own_review_is_edited_in_the_same_form(app: Flask) -> None:
    a_machine(app)
    client = signed_in(app)
    write(client)
    form = client.get(FORM).text
    assert "Edit your review" in form
    assert "Synthetic test title" in form

    write(client, title="Synthetic second thoughts")
    write(client, title="Synthetic second thoughts")

    assert (count(app, ReaderReview), count(app, ReviewVersion)) == (1, 2)


EDITING = ("<h1>Edit your review</h1>", "Send the changed review", "A changed review waits")


def test_an_edit_with_a_mistake_is_still_an_edit(app: Flask) -> None:
    a_machine(app)
    client = signed_in(app)
    write(client)

    answer = write(client, status=422, rating="")

    assert [words in answer.text for words in EDITING] == [True] * 3


def test_an_edit_sent_by_who_was_signed_out_is_still_an_edit_afterwards(app: Flask) -> None:
    a_machine(app)
    with app.app_context():
        author = an_account(email="synthetic-writer@people.example")
    write(signed_in(app, account_id=author))
    client = app.test_client()
    write(client, title="Synthetic second thoughts")
    sign_in = {"email": "synthetic-writer@people.example", "password": PASSWORD}
    send(client, "/account/sign-in", sign_in, status=302)

    form = client.get(FORM).text

    assert [words in form for words in EDITING] == [True] * 3
    assert "Synthetic second thoughts" in form
    assert "Here is what you wrote." in form


def test_every_column_but_those_of_the_form_is_ignored(app: Flask) -> None:
    a_machine(app)
    client = signed_in(app)
    names = {
        one.name for one in (*ReaderReview.__table__.columns, *ReviewVersion.__table__.columns)
    }
    more = dict.fromkeys(names - set(NAMES), "7")
    send(client, FORM, {**FIELDS, **more, "state": "published", "roles": "admin"}, status=303)

    with app.app_context():
        version = db.session.query(ReviewVersion).one()
        assert (version.proof, version.number, version.rating) == ("email", 1, 4)
        assert db.session.query(ReaderReview).one().id == 1
        assert db.session.query(ModerationEntry).one().action == "received"


def test_no_stars_are_chosen_beforehand(app: Flask) -> None:
    a_machine(app)
    text = app.test_client().get(FORM).text

    for name in ("rating", "how_got", "tie"):
        assert f'name="{name}"' in text
    form = text[text.index('class="review-form"') : text.index("</main>")]
    assert form.count(" checked") == 1, "only “I would rather not say” of the fit"


def test_the_road_is_the_same_for_one_star_and_for_five(app: Flask) -> None:
    a_machine(app)
    seen = set()
    for stars in ("1", "5"):
        client = signed_in(app)
        wrong = send(client, FORM, {**TYPED, "rating": stars, "broke_after_months": "99"})
        sent = send(client, FORM, {**TYPED, "rating": stars})
        own = client.get("/account/reviews").text.replace(f"{stars} of 5", "")
        asked = wrong.text.count("<input"), wrong.text.count("notice")
        seen.add((wrong.status_code, sent.status_code, sent.location, asked, "It waits" in own))

    assert len(seen) == 1


def test_a_form_for_no_machine_is_not_there(client: FlaskClient) -> None:
    assert client.get("/massagers/unheard-of/reviews/new").status_code == 404


NEW = {
    "email": "new.synthetic@people.example",
    "public_name": "New Person",
    "password": "four plain synthetic words",
}
WAITS = "waits for you in this browser"


def test_a_visitor_without_an_account_finds_the_text_after_making_one(app: Flask) -> None:
    a_machine(app)
    client = app.test_client()
    with time_machine.travel("2026-11-26T20:00Z", tick=False) as clock:
        answer = send(client, FORM, TYPED, status=303)
        assert WAITS in client.get(answer.location).text
        assert WAITS in client.get("/account/new").text

        answer = send(client, "/account/new", NEW, status=302)

        assert answer.location == "/account/confirmation"
        assert WAITS in client.get(answer.location).text
        body = mails(app)[-1][2]
        assert "is not sent yet. It waits in the browser in which you wrote" in body
        clock.shift(timedelta(hours=40))
        send(client, link_in(body), status=302)
        send(client, "/account/sign-in", NEW, status=302)
        assert "Look it over and send it" in client.get("/account").text
        assert holds_what_was_typed(client.get(FORM))
        send(client, FORM, TYPED, status=303)
        assert "Look it over and send it" not in client.get("/account").text
    assert count(app, ReaderReview) == 1


def test_the_text_waits_where_it_was_written_if_the_mail_is_opened_elsewhere(app: Flask) -> None:
    a_machine(app)
    here, phone = app.test_client(), app.test_client()
    send(here, FORM, TYPED, status=303)
    send(here, "/account/new", NEW, status=302)

    send(phone, link_in(mails(app)[-1][2]), status=302)
    send(phone, "/account/sign-in", NEW, status=302)
    assert str(TYPED["title"]) not in unescape(phone.get(FORM).text)

    send(here, "/account/sign-in", {**NEW, "next": FORM}, status=302)
    assert holds_what_was_typed(here.get(FORM))


def test_who_wrote_nothing_is_told_nothing_of_it(app: Flask) -> None:
    client = app.test_client()
    send(client, "/account/new", NEW, status=302)

    assert WAITS not in client.get("/account/confirmation").text
    assert "not sent yet" not in mails(app)[-1][2]
