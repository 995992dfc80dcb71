"""Junk in any field of any form of an account gets a polite no, and never an error of ours."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.people import PASSWORD, an_account, send, signed_in, token

FORMS = {
    "/account/new": ("email", "public_name", "password", "next"),
    "/account/sign-in": ("email", "password", "next"),
    "/account/confirmation": ("email",),
    "/account/recovery": ("email",),
    "/account/recovery/x": ("password",),
    "/account/second-factor/code": ("code",),
    "/account/recovery-code": ("code",),
}
OWN_FORMS = {
    "/account/name": ("public_name",),
    "/account/password": ("password", "new_password"),
    "/account/email": ("email",),
    "/account/identity": ("password", "next"),
    "/account/second-factor": ("setup", "phone"),
    "/account/deletion": ("keep", "password"),
    "/account/sessions/x/ending": (),
}
JUNK = (
    b"\x00",
    b"a\x00b@people.example",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u202e\u200b\ufeff".encode(),
    b"a" * 50_000,
    "é".encode() * 20_000,
    b"' OR 1=1 --",
    b"{{ 7*7 }}<script>alert(1)</script>",
    b"a@b.example\r\nBcc: c@d.example",
    b"%00%0d%0a",
    "١٢٣٤٥٦".encode(),
    b"9" * 400,
    b"",
)


@pytest.mark.parametrize("email", ["known@people.example", "nobody@people.example"])
def test_a_password_longer_than_any_is_a_wrong_one(app: Flask, email: str) -> None:
    with app.app_context():
        an_account(email="known@people.example")

    for password in ("a" * 5_000, "\ufdfa" * 512, "é" * 4_000):
        send(
            app.test_client(),
            "/account/sign-in",
            {"email": email, "password": password},
            status=422,
        )


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_refused_in_words(app: Flask, junk: bytes) -> None:
    visitor, reader = app.test_client(), signed_in(app)
    for client, page, forms in (
        (visitor, "/account/sign-in", FORMS),
        (reader, "/account", OWN_FORMS),
    ):
        for path, fields in forms.items():
            proof = {"csrf_token": token(client, page)}
            for field in fields or ("nothing",):
                form = {**dict.fromkeys(fields, PASSWORD), **proof, field: junk}
                answer = client.post(path, data=form)
                assert answer.status_code < 500, (path, field, answer.status_code)
                assert b"<script>alert" not in answer.data
