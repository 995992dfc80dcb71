"""What an article's Markdown may not hold, each breach named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.token import Token

from reviews_app.guidance.markdown import contents
from reviews_app.guidance.syntax import (
    LINK_KINDS,
    address_of,
    claim_of,
    is_allowed,
    parse,
    with_lines,
)

_COLONS = re.compile(r"^\s*:{2,}.*$", re.MULTILINE)
_BLOCK_RULE = "a claim block is a line ::: claim ID, in no list or quote, and a line ::: after it"


class Complaint(NamedTuple):
    """One breach, on a line of the body counted from 1."""

    line: int
    value: str
    reason: str


def complaints(body: str) -> list[Complaint]:
    """Everything in the text that the dialect refuses, in order of lines."""
    found = [*_html(body), *_headings(body), *_links(body), *_claim_blocks(body)]
    return sorted(found)


def _html(body: str) -> Iterator[Complaint]:
    for line, token in with_lines(parse(body, html=True)):
        if token.type in {"html_block", "html_inline"}:
            yield Complaint(line, token.content, "HTML is not allowed in an article")
        elif token.type == "image":
            yield Complaint(line, str(token.attrGet("src")), "pictures are not allowed here")


def _headings(body: str) -> Iterator[Complaint]:
    above = 1
    for line, token in with_lines(parse(body)):
        if token.type == "heading_open":
            level = int(token.tag[1])
            if level == 1:
                yield Complaint(line, "#", "headings start at ##: the title is the page's own")
            elif level > above + 1:
                yield Complaint(line, "#" * level, f"a heading of level {above + 1} is missing")
            above = level


def _links(body: str) -> Iterator[Complaint]:
    anchors = {heading.id for heading in contents(body)}
    for line, token in with_lines(parse(body)):
        address = address_of(token)
        if token.type == "link_open" and not is_allowed(address):
            kinds = ", ".join(f"{kind}:" for kind in LINK_KINDS)
            yield Complaint(line, address, f"links go to {kinds} a path /…, or http(s)://…")
        elif address.startswith("#") and address[1:] not in anchors:
            yield Complaint(line, address, "no heading of this article has that id")


def _claim_blocks(body: str) -> Iterator[Complaint]:
    lines = body.split("\n")
    seen: set[str] = set()
    for line, token in with_lines(parse(body)):
        claim_id = claim_of(token)
        if claim_id in seen:
            yield Complaint(line, claim_id, "the same claim stands twice in this article")
        elif claim_id is not None and _is_closed(token, lines):
            seen.add(claim_id)
        elif shown := _like_a_block(token):
            yield Complaint(line, shown, _BLOCK_RULE)


def _is_closed(token: Token, lines: list[str]) -> bool:
    """Nothing inside, and a line of three colons after it."""
    first, end = token.map or (0, 0)
    return end == first + 1 and end < len(lines) and lines[end].strip() == token.markup == ":::"


def _like_a_block(token: Token) -> str:
    """The line that opens a block, or looks as if it was meant to; "" in any other token."""
    if token.type == "container_claim_open":
        return f"{token.markup}{token.info}"
    found = _COLONS.search(token.content) if token.type in {"text", "code_block"} else None
    return found[0] if found else ""
