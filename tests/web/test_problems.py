"""What is wrong with what was sent: said first, where the focus is, and leading to its fields."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import Page, checked, visit, words_of
from tests.people import send, signed_in
from tests.web.reviewing import FIELDS, FORM, a_machine, a_published

WRONG = {
    "password": "the wrong words of nobody",
    "new_password": "four plain synthetic words",
}

REFUSED: tuple[tuple[str, dict[str, Any], set[str], str], ...] = (
    (FORM, FIELDS | {"rating": "", "calf": "20cm"}, {"#rating", "#calf"}, "Not sent: Write"),
    ("/account", {"public_name": "x"}, {"#public_name"}, "Error: Your account"),
    ("/account/password", WRONG, {"#password"}, "Error: Change your password"),
    ("/account/deletion", {}, {"#keep", "#password"}, "Error: Delete your account"),
)


def leads_of(page: Page) -> dict[str, str]:
    """Where each sentence leads of the summary, which has the focus when the page opens."""
    summary = page.by_id("problems")
    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    assert "autofocus" in summary.attrib
    return {one.get("href", ""): words_of(one) for one in summary.iter("a")}


@pytest.mark.parametrize(("path", "sent", "leads", "title"), REFUSED)
def test_a_form_that_is_not_taken_says_so_first(
    app: Flask, path: str, sent: dict[str, Any], leads: set[str], title: str
) -> None:
    a_machine(app)
    client = signed_in(app)
    action = "/account/name" if path == "/account" else path

    answer = send(client, action, sent, page=path, status=422)

    page = checked(answer, path, status=422, personal=True)
    assert words_of(page.all("title")[0]).startswith(title)
    assert leads_of(page).keys() == leads
    for one in leads:
        assert page.by_id(one[1:]).get("aria-invalid") == "true"


def test_the_fields_of_an_account_are_named_in_the_order_of_the_page(client: FlaskClient) -> None:
    answer = send(client, "/account/new", {}, status=422)

    page = checked(answer, "/account/new", status=422, personal=True)
    links = [one.get("href") for one in page.by_id("problems").iter("a")]
    assert links == ["#email", "#public_name", "#password"]
    assert "A password: Please type a password." in words_of(page.by_id("problems"))


def test_what_is_wrong_with_no_one_field_leads_nowhere(client: FlaskClient) -> None:
    wrong = {"email": "nobody@people.example", "password": "not the words of anybody"}
    answer = send(client, "/account/sign-in", wrong)

    page = checked(answer, "/account/sign-in", status=answer.status_code, personal=True)
    assert leads_of(page) == {}
    assert words_of(page.all("title")[0]).startswith("Error: Sign in")


@pytest.mark.parametrize(
    ("sent", "lead", "said"),
    [
        ({"text": "Synthetic"}, "reason", "Please choose what is wrong with it."),
        ({"reason": "abuse", "text": "x" * 1001}, "text", "The text has 1,001 characters"),
    ],
)
def test_a_report_says_what_is_wrong_at_its_field(
    app: Flask, client: FlaskClient, sent: dict[str, str], lead: str, said: str
) -> None:
    path = f"/reviews/{a_published(app, a_machine(app))}/report"

    page = checked(send(client, path, sent, status=422), path, status=422, personal=True)

    assert said in leads_of(page)[f"#{lead}"]
    field = page.by_id(lead)
    assert field.get("aria-invalid") == "true"
    assert said in words_of(page.by_id(field.get("aria-describedby") or ""))
    assert words_of(page.all("title")[0]).startswith("Not sent: Report a review")


@pytest.mark.parametrize("path", ["/massagers", "/finder", "/compare"])
def test_an_address_that_cannot_be_answered_leads_to_its_fields(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    page = visit(reader, f"{path}?p=geko-t1&p=nobody&calf=wide&thigh=60cm&thigh=61cm", status=400)

    assert leads_of(page).keys() == {"#calf", "#thigh"}


@pytest.mark.parametrize("path", ["/massagers", "/finder"])
def test_a_number_that_cannot_be_read_leads_to_its_field(
    real_catalogue: Flask, reader: FlaskClient, path: str
) -> None:
    page = visit(reader, f"{path}?noise_db_max=loud&type=unheard-of&currency=XXX", status=400)

    assert leads_of(page).keys() == {"#noise_db_max"}
