"""What an article's Markdown may not hold."""

from __future__ import annotations

import pytest

from reviews_app.guidance.dialect import complaints


def test_all_that_the_dialect_allows_passes() -> None:
    body = """
Words, *marks*, `code` and 5 < 6.

## Heading

[a](claim:doms), [b](/safety), [c](https://a.example), [d](#heading), <https://a.example>

### Smaller

::: claim doms
:::

1. one
2. two

| a | b |
|---|--:|
| 1 | 2 |

> quoted
"""
    assert complaints(body) == []


@pytest.mark.parametrize(
    ("body", "line", "value"),
    [
        ("Words.\n\n::: claim doms\n", 3, "::: claim doms"),
        ("::: claim doms\n\nMore words.\n", 1, "::: claim doms"),
        ("::: claim doms\ninside\n:::\n", 1, "::: claim doms"),
        ("::: claim doms\n\n:::\n", 1, "::: claim doms"),
        ("::: claim\n:::\n", 1, "::: claim"),
        ("::: claim Two Words\n:::\n", 1, "::: claim Two Words"),
        ("::: study doms\n:::\n", 1, "::: study doms"),
        (":::\n", 1, ":::"),
        ("- ::: claim doms\n  :::\n", 1, "::: claim doms"),
        ("> ::: claim doms\n> :::\n", 1, "::: claim doms"),
        (":::: claim doms\n::::\n", 1, ":::: claim doms"),
        (":: claim doms\n", 1, ":: claim doms"),
        ("    ::: claim doms\n    :::\n", 1, "::: claim doms"),
        ("::: claim a\n::: claim b\n:::\n:::\n", 1, "::: claim a"),
    ],
)
def test_a_malformed_claim_block_is_named(body: str, line: int, value: str) -> None:
    found = complaints(body)[0]
    assert (found.line, found.value) == (line, value)
    assert found.reason.startswith("a claim block is a line ::: claim ID")


def test_a_claim_stands_once_in_an_article() -> None:
    block = "::: claim doms\n:::\n"
    assert complaints(f"{block}\n{block}") == [
        (4, "doms", "the same claim stands twice in this article")
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>\n", "HTML is not allowed in an article"),
        ("a <br> b", "HTML is not allowed in an article"),
        ("<!-- note -->", "HTML is not allowed in an article"),
        ("![a](/x.png)", "pictures are not allowed here"),
        ("# Title", "headings start at ##: the title is the page's own"),
        ("Title\n=====\n", "headings start at ##: the title is the page's own"),
        ("## A\n\n#### B", "a heading of level 3 is missing"),
        ("[a](#nowhere)", "no heading of this article has that id"),
        ("[a](javascript:x)", "links go to claim:, type:, need:, term:, source:, guide:"),
        ("[a](guides/x.md)", "links go to claim:"),
        ("[a][r]\n\n[r]: data:x", "links go to claim:"),
        ("<ftp://a.example>", "links go to claim:"),
    ],
)
def test_what_the_dialect_refuses_is_named(body: str, reason: str) -> None:
    assert [found.reason.startswith(reason) for found in complaints(body)] == [True]
