"""Article files: front matter, body and what is refused in either."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviews_app.guidance.articles import LONGEST_BODY, article_text
from tests.guidance.conftest import BODY, FRONT, change, faults_of, put, sound


def test_the_body_is_everything_below_the_front_matter(folder: Path) -> None:
    article = sound(folder).articles[0]
    assert article.body == BODY
    assert article.body_line == 7
    assert article_text(article.front, article.body) == FRONT + BODY


def test_windows_line_ends_are_read_as_line_ends(folder: Path) -> None:
    put(folder / "guides" / "benefits.md", (FRONT + BODY).replace("\n", "\r\n"))
    assert sound(folder).articles[0].body == BODY


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("+++\ntitle", "---\ntitle", "line 1 = '---': must begin with front matter"),
        ("22\n+++\n", "22\n", "must begin with front matter between two lines +++"),
        ('title = "Benefits"\n', "", "title: Field required"),
        ('title = "Benefits"', 'title = "Benefits"\nauthor = "me"', "author = 'me': Extra inputs"),
        ('title = "Benefits"', "title = ", "is not TOML: Invalid value (at line 2"),
        ("2027-05-22", "2026-11-21", "review_due_on = '2026-11-21': is before reviewed_on"),
        (
            "2027-05-22",
            '"2027-05-22"',
            "review_due_on = '2027-05-22': Input should be a",
        ),
        ("2027-05-22", "2027-05-22T10:00:00", "review_due_on"),
        (BODY, "\n \n", "body: is empty"),
        (BODY, "x " * LONGEST_BODY, "body = '120000 characters'"),
        ("Less sore", "Less\x07 sore", "line 10 = '\\x07': holds a control character"),
        ("## What helps", "# What helps", "line 8 = '#': headings start at ##"),
        ("## What helps", "<b>bold</b>", "line 8 = '<b>': HTML is not allowed"),
        ("claim:doms)", "javascript:alert(1))", "line 10 = 'javascript:alert(1)': links go to"),
        ("::: claim doms\n:::", "::: claim doms\n", "line 12 = '::: claim doms': a claim block is"),
    ],
)
def test_a_wrong_article_is_a_fault_that_says_where(
    folder: Path, old: str, new: str, fault: str
) -> None:
    change(folder / "guides" / "benefits.md", old, new)
    found = faults_of(folder)
    assert any(one.startswith("guides/benefits.md: ") and fault in one for one in found), found


def test_a_file_name_that_is_no_slug_is_refused(folder: Path) -> None:
    put(folder / "guides" / "My Guide.md", FRONT + "\nWords.\n")
    assert faults_of(folder) == [
        "guides/My Guide.md: file name = 'My Guide': must be lower-case words joined by hyphens"
    ]


@pytest.mark.parametrize(
    "text", [b"\xff", b"+++\n\0", b"", b"+++", b"+++\n+++\n", b"x" * 3_000_000]
)
def test_a_hostile_article_is_a_fault_and_not_a_crash(folder: Path, text: bytes) -> None:
    put(folder / "guides" / "benefits.md", text)
    assert any(one.startswith("guides/benefits.md: ") for one in faults_of(folder))
