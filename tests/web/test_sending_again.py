"""What was typed into a form outlives the session it was opened in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from reviews_app.accounts.models import Account
from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers.answers import MakerAnswer
from tests.factories import a_brand
from tests.pages import Page, checked
from tests.people import PASSWORD, an_account, send, signed_in, token
from tests.web.reviewing import a_machine, a_published, count

EMAIL = "maker@people.example"
TEXT = "Synthetic answer of a maker that is not there, & with <signs> in it."


@pytest.fixture
def path(app: Flask, runner: FlaskCliRunner) -> str:
    """Where the reader with that address may answer a review."""
    product_id = a_machine(app)
    with app.app_context():
        an_account(email=EMAIL)
        db.session.get_one(Product, product_id).brand_id = a_brand("maker").id
        db.session.commit()
    runner.invoke(args=["reviews", "represent", EMAIL, "maker"])
    return f"/reviews/{a_published(app, product_id)}/answer"


def _in(app: Flask) -> FlaskClient:
    with app.app_context():
        account_id = db.session.query(Account).filter_by(email=EMAIL).one().id
    return signed_in(app, account_id=account_id)


def _again(page: Page) -> dict[str, str]:
    """What the form on the page would send."""
    return {
        one.get("name", ""): one.get("value", "")
        for one in page.all("input")
        if one.get("name") and one.get("type") == "hidden"
    }


def _says_signed_out(page: Page) -> None:
    assert page.heading == "You are signed out"
    assert (
        "Sign in in another tab, come back to this one, then press “Send it again”." in page.words
    )
    (link,) = [one for one in page.all("a") if one.get("target") == "_blank"]
    assert (link.get("href"), link.get("rel")) == ("/account/sign-in", "noopener")


def test_an_answer_outlives_its_session(app: Flask, path: str) -> None:
    client = _in(app)
    form = {"csrf_token": token(client, path), "text": TEXT}
    client.delete_cookie("session")

    page = checked(client.post(path, data=form), path, status=400, personal=True)
    _says_signed_out(page)
    page = checked(client.post(path, data=_again(page)), path, status=403, personal=True)
    _says_signed_out(page)
    send(client, "/account/sign-in", {"email": EMAIL, "password": PASSWORD}, status=302)
    answer = client.post(path, data=_again(page))

    assert answer.status_code == 303
    with app.app_context():
        assert db.session.query(MakerAnswer).one().text == TEXT


def test_who_signed_out_elsewhere_keeps_the_text(app: Flask, path: str) -> None:
    client = _in(app)
    form = {"csrf_token": token(client, path), "text": TEXT}
    send(client, "/account/sign-out", page="/account", status=302)

    page = checked(client.post(path, data=form), path, status=400, personal=True)

    _says_signed_out(page)
    assert _again(page)["text"] == TEXT
    assert count(app, MakerAnswer) == 0


def test_a_password_is_asked_for_again_and_not_sent_back(client: FlaskClient) -> None:
    form = {"keep": "no", "password": "never sent back"}

    answer = send(client, "/account/deletion", form, page="/account/sign-in")

    page = checked(answer, "/account/deletion", status=403, personal=True)
    _says_signed_out(page)
    assert _again(page)["keep"] == "no"
    assert "Only what is secret has to be typed once more." in page.words
    assert "never sent back" not in answer.text


def test_where_nothing_was_typed_nothing_is_kept(client: FlaskClient) -> None:
    answer = client.post("/account/sessions/ending", data={"csrf_token": token(client)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sign-in")

    answer = client.post("/account/sessions/ending", data={"csrf_token": "made up"})

    page = checked(answer, "/account/sessions/ending", status=400, personal=True)
    assert "Please sign in, then try again." in page.words
    assert "What you typed is kept" not in page.words


def test_a_form_for_everybody_asks_nobody_to_sign_in(client: FlaskClient) -> None:
    answer = client.post("/account/recovery", data={"email": "a@b.example"})

    page = checked(answer, "/account/recovery", status=400, personal=True)
    assert page.heading == "Please send this once more"
