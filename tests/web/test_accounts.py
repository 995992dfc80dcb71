"""Making an account and getting into it: the ways a person goes, with the mails on them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.accounts import queries
from tests.pages import checked, visit
from tests.people import PASSWORD, an_account, link_in, mails, send, signed_in

NEW = {
    "email": "New.Person@People.example",
    "public_name": "New Person",
    "password": "four plain synthetic words",
}


def test_a_person_registers_confirms_and_signs_in(app: Flask, client: FlaskClient) -> None:
    answer = send(client, "/account/new", NEW, status=302)
    assert answer.headers["Location"] == "/account/confirmation"
    page = visit(client, "/account/confirmation", personal=True)
    assert "If new.person@people.example is an address we can write to" in page.words
    ((recipient, subject, body),) = mails(app)
    assert (recipient, subject) == (
        "new.person@people.example",
        "Legwise: please confirm your address",
    )
    visit(client, link_in(body), personal=True)
    send(client, link_in(body), status=302)
    page = visit(client, "/account/sign-in", personal=True)
    assert "your address is confirmed" in page.words

    answer = send(client, "/account/sign-in", NEW, status=302)

    assert answer.headers["Location"] == "/account"
    assert "Signed in as New Person" in visit(client, "/account", personal=True).words
    with app.app_context():
        account = queries.find_account("new.person@people.example")
        assert account
        assert account.role_names == {"reader"}


def test_looking_at_the_link_of_a_mail_changes_nothing(app: Flask, client: FlaskClient) -> None:
    send(client, "/account/new", NEW, status=302)
    ((_, _, body),) = mails(app)

    client.get(link_in(body))
    client.head(link_in(body))

    page = checked(
        send(client, "/account/sign-in", NEW), "/account/sign-in", status=422, personal=True
    )
    assert "Your address is not confirmed yet." in page.words


def test_a_confirmation_is_sent_again(app: Flask, client: FlaskClient) -> None:
    send(client, "/account/new", NEW)
    page = checked(
        send(client, "/account/confirmation", NEW), "/account/confirmation", personal=True
    )

    assert "a mail is on its way" in page.words
    assert [subject for _, subject, _ in mails(app)] == ["Legwise: please confirm your address"] * 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "nobody", "This does not look like an e-mail address."),
        ("email", "", "Please type your e-mail address."),
        ("email", "a@b.example\r\nBcc: c@d.example", "This does not look like an e-mail address."),
        ("public_name", "", "Please use 2 to 40 characters."),
        ("public_name", "Legwise Team", "could be taken for somebody of the site"),
        ("public_name", "<b>Bold</b>", "not / < >"),
        ("password", "short", "Please use at least 12 characters."),
        ("password", "qwertyuiop123", "on lists of stolen ones"),
        ("password", "massage legwise 1", "too little left"),
        ("password", "new person 1234", "too little left"),
        ("password", "x" * 513, "at most 512"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, field: str, value: str, words: str
) -> None:
    sent = {**NEW, field: value}

    page = checked(send(client, "/account/new", sent), "/account/new", status=422, personal=True)

    assert words in page.words
    for name in {"email", "public_name"} - {field}:
        assert page.by_id(name).get("value", "").casefold() == sent[name].casefold()
    assert page.by_id("password").get("value") is None
    assert page.by_id(field).get("aria-invalid") == "true"


@pytest.mark.parametrize("is_in", [False, True], ids=["a visitor", "a reader"])
@pytest.mark.parametrize("path", ["/account/recovery", "/account/confirmation"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Please type your e-mail address."),
        ("mary smith", "This does not look like an e-mail address. Please check it."),
        ("mary", "This does not look like an e-mail address. Please check it."),
    ],
)
def test_a_mail_wants_an_address(
    app: Flask, path: str, typed: str, words: str, is_in: bool
) -> None:
    client = signed_in(app) if is_in else app.test_client()

    page = checked(send(client, path, {"email": typed}), path, status=422, personal=True)

    field = page.by_id("email")
    assert words in page.words
    assert "a mail is on its way" not in page.words
    assert field.get("value", "") == typed
    assert field.get("aria-describedby", "").split() == ["email-error-1"]
    assert mails(app) == []


def test_ones_own_address_is_no_new_one(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email="own@people.example")
    client = signed_in(app, account_id=account_id)

    answer = send(client, "/account/email", {"email": "Own@people.example"})

    page = checked(answer, "/account/email", status=422, personal=True)
    assert "This is your address already. Please type the new one." in page.words
    assert "a mail is on its way" not in page.words
    assert mails(app) == []


def test_a_long_password_is_taken_as_it_is(app: Flask, client: FlaskClient) -> None:
    password = "ein recht langer Satz, mit Leerzeichen am Ende und 日本語 " * 4
    send(client, "/account/new", {**NEW, "password": password}, status=302)
    send(client, link_in(mails(app)[0][2]), status=302)

    send(client, "/account/sign-in", {**NEW, "password": password.strip()}, status=422)
    send(client, "/account/sign-in", {**NEW, "password": password[:72]}, status=422)
    send(client, "/account/sign-in", {**NEW, "password": password.upper()}, status=422)
    send(client, "/account/sign-in", {**NEW, "password": password}, status=302)


def test_a_forgotten_password_is_replaced_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        account_id = an_account(email="forgets@people.example")
    elsewhere = signed_in(app, account_id=account_id)
    send(client, "/account/recovery", {"email": "Forgets@people.example"}, status=200)
    link = link_in(mails(app)[0][2])
    visit(client, link, personal=True)
    checked(send(client, link, {"password": "short"}), link, status=422, personal=True)

    send(client, link, {"password": NEW["password"]}, status=302)

    assert "Your new password is set" in visit(client, "/account/sign-in", personal=True).words
    assert elsewhere.get("/account").status_code == 303
    known = {"email": "forgets@people.example"}
    send(client, "/account/sign-in", {**known, "password": PASSWORD}, status=422)
    send(client, "/account/sign-in", {**known, "password": NEW["password"]}, status=302)
    assert client.get(link).headers["Location"] == "/account/recovery"
    assert mails(app)[-1][1] == "Legwise: your password was changed"


def test_recovery_confirms_an_address_that_was_not(app: Flask, client: FlaskClient) -> None:
    send(client, "/account/new", NEW, status=302)
    send(client, "/account/recovery", NEW, status=200)
    send(client, link_in(mails(app)[-1][2]), {"password": PASSWORD}, status=302)

    send(client, "/account/sign-in", {**NEW, "password": PASSWORD}, status=302)


def test_a_password_is_changed_and_others_are_signed_out(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    here, there = signed_in(app, account_id=account_id), signed_in(app, account_id=account_id)
    visit(here, "/account/password", personal=True)
    wrong = {"password": "not this one at all", "new_password": NEW["password"]}
    page = checked(
        send(here, "/account/password", wrong), "/account/password", status=422, personal=True
    )
    assert "This is not your password." in page.words

    right = {"password": PASSWORD, "new_password": NEW["password"]}
    send(here, "/account/password", right, status=302)

    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_an_address_is_changed_by_the_mail_to_the_new_one(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email="old@people.example")
    client = signed_in(app, account_id=account_id)
    visit(client, "/account/email", personal=True)
    send(client, "/account/email", {"email": "newer@people.example"}, status=200)
    ((recipient, _, body),) = mails(app)
    assert recipient == "newer@people.example"
    visit(client, link_in(body), personal=True)

    send(client, link_in(body), status=302)

    with app.app_context():
        assert queries.get_account(account_id).email == "newer@people.example"
    assert mails(app)[-1][:2] == ("old@people.example", "Legwise: your address was changed")


def test_an_account_gets_a_better_name(app: Flask) -> None:
    client = signed_in(app)

    page = checked(
        send(client, "/account/name", {"public_name": "?"}, page="/account"),
        "/account/name",
        status=422,
        personal=True,
    )
    assert page.by_id("public_name").get("value") == "?"
    send(client, "/account/name", {"public_name": "  Better   Name "}, page="/account", status=303)

    assert "Signed in as Better Name" in visit(client, "/account", personal=True).words
