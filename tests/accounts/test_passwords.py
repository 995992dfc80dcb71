"""Which passwords are refused, and that no other rule stands in the way."""

from __future__ import annotations

import string

import pytest

from reviews_app.accounts import passwords
from reviews_app.accounts.passwords import (
    COMMON,
    TOO_ALIKE,
    TOO_CLOSE,
    TOO_LONG,
    TOO_SHORT,
    common_passwords,
    why_refused,
)


@pytest.mark.parametrize(
    "password",
    [
        "all lower case words",
        "twenty lower letters",
        "ALL UPPER CASE WORDS",
        "907163458211",
        "  spaces  around  ",
        "日本語のパスワードです、長い",
        "x7!" + string.printable,
        "four plain words " * 30,
    ],
)
def test_a_long_password_of_whatever_signs_is_taken(password: str) -> None:
    assert why_refused(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", TOO_SHORT),
        ("elevenchars", TOO_SHORT),
        ("x" * 513, TOO_LONG),
        ("aaaaaaaaaaaaaaaa", TOO_ALIKE),
        ("121212121212121212", TOO_ALIKE),
        ("123qweasdzxc", COMMON),
        ("Password1234", COMMON),
        ("PASSWORD1234", COMMON),
        ("qwertyuiop123", COMMON),
        ("legwise-2026!", TOO_CLOSE),
        ("Massage Massager 1", TOO_CLOSE),
    ],
)
def test_what_a_guesser_tries_first_is_refused(password: str, why: str) -> None:
    assert why_refused(password) == why


@pytest.mark.parametrize("password", ["Jane Doe-Smith 7", "jane.doe.smith1", "people-jane-12"])
def test_the_words_of_a_person_are_not_counted(password: str) -> None:
    own_words = ["jane@people.example", "Jane Doe-Smith"]

    assert why_refused(password, own_words) == TOO_CLOSE
    assert why_refused(f"{password} and much else besides", own_words) is None


def test_the_list_holds_the_commonest_that_are_long_enough() -> None:
    commonest = list(passwords.commonest(3_000))

    assert len(common_passwords()) > 40_000
    assert len(commonest) == 3_000
    assert {why_refused(one) for one in commonest} <= {COMMON, TOO_ALIKE}
