"""Which names may stand under a review."""

from __future__ import annotations

import pytest

from reviews_app.accounts.names import tidy, why_refused


@pytest.mark.parametrize(
    "name",
    ["Jo", "Anne-Marie O’Neill", "J. R. 2", "Zoë", "José", "王小明", "प्रिया", "x" * 40],
)
def test_names_of_people_are_taken(name: str) -> None:
    assert why_refused(tidy(name)) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "x" * 41,
        "12345",
        "a@b.example",
        "<script>",
        "two\u202elines",
        "nul\0",
        "https://x.example",
        "Legwise",
        "L e g w i s e",
        "The Moderators",
        "admin-1",
        "A former member",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    assert why_refused(tidy(name))


def test_a_name_is_tidied() -> None:
    assert tidy("  A \n  name\t") == "A name"
