"""The Markdown of guides: safe HTML made of it, its headings, its length and what it refers to.

The text is CommonMark with tables. No HTML passes through it, pictures become their words, and
a link is one only if it is a reference by id, a path of this site or an http(s) address.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from reviews_app.catalogue.records import slugified
from reviews_app.guidance.syntax import (
    address_of,
    claim_of,
    is_allowed,
    is_external,
    parse,
    reference_of,
    render,
    with_lines,
)

WORDS_PER_MINUTE = 200
"""How fast reading is taken to go; the rule is printed beside the minutes."""

Link = Callable[[str, str], str]
"""Makes the address of a thing from its kind and id."""


@dataclass(frozen=True)
class Html:
    """A stretch of the article as HTML that is safe to print as it is."""

    text: str


@dataclass(frozen=True)
class ClaimBlock:
    """The place where the card of a claim stands; `anchor` is no heading's id."""

    claim_id: str

    @property
    def anchor(self) -> str:
        """The id of the card in its page."""
        return f"claim-{self.claim_id}"


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents: `level` 2 or 3, the id of the heading and its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Mention:
    """A reference by id, on a line of the body counted from 1."""

    line: int
    kind: str
    id: str


def parts(body: str, link: Link) -> list[Html | ClaimBlock]:
    """The article in order: HTML with ids on its headings, and the claim cards between."""
    tokens = parse(body)
    _name_headings(tokens)
    for token in tokens:
        _prepare(token, link)
    found: list[Html | ClaimBlock] = []
    stretch: list[Token] = []
    for token in tokens:
        claim_id = claim_of(token)
        if claim_id is None:
            stretch.append(token)
            continue
        found += _html(stretch)
        found.append(ClaimBlock(claim_id))
        stretch = []
    return found + _html(stretch)


def contents(body: str) -> list[Heading]:
    """The headings of the second and third level, with ids that are unique in the article."""
    return _name_headings(parse(body))


def reading_minutes(body: str) -> int:
    """Whole minutes at 200 words a minute, rounded up; claim cards are not counted."""
    words = sum(
        len(child.content.split())
        for token in parse(body)
        for child in token.children or [token]
        if child.type in {"text", "code_inline", "fence", "code_block"}
    )
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def references(body: str) -> set[tuple[str, str]]:
    """Every (kind, id) the text refers to, claim blocks included."""
    return {(mention.kind, mention.id) for mention in mentions(body)}


def mentions(body: str) -> Iterator[Mention]:
    """Every reference with its line, in order; within a paragraph the line is its first."""
    for line, token in with_lines(parse(body)):
        if claim_id := claim_of(token):
            yield Mention(line, "claim", claim_id)
        elif reference := reference_of(address_of(token)):
            yield Mention(line, *reference)


def _name_headings(tokens: Sequence[Token]) -> list[Heading]:
    """Give the headings their ids, and list them."""
    taken = {f"claim-{claim_id}" for token in tokens if (claim_id := claim_of(token))}
    count: Counter[str] = Counter()
    found = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag in {"h2", "h3"}:
            words = _words(inline)
            name = slugified(words) or "part"
            count[name] += 1
            anchor = name if count[name] == 1 else f"{name}-{count[name]}"
            while anchor in taken:
                count[name] += 1
                anchor = f"{name}-{count[name]}"
            taken.add(anchor)
            token.attrSet("id", anchor)
            found.append(Heading(int(token.tag[1]), anchor, words))
    return found


def _words(inline: Token) -> str:
    spoken = {"text", "code_inline", "image"}
    return "".join(
        child.content if child.type in spoken else " " * child.type.endswith("break")
        for child in inline.children or []
    )


def _prepare(token: Token, link: Link) -> None:
    """Give links their addresses, and take away what a strict content policy would refuse."""
    refused = False
    for child in token.children or []:
        if child.type == "link_open":
            refused = not _aim(child, link)
        child.hidden = refused and child.type in {"link_open", "link_close"}
    if token.type in {"th_open", "td_open"}:
        _align(token)


def _aim(token: Token, link: Link) -> bool:
    """Point a link where its reference says; False where it must not be a link."""
    address = address_of(token)
    if reference := reference_of(address):
        token.attrs["href"] = link(*reference)
    elif is_external(address):
        token.attrs["rel"] = "external noopener noreferrer"
    return is_allowed(address)


def _align(token: Token) -> None:
    """A class in place of the style that Markdown puts on a cell."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = style.replace("text-align:", "align-")
    if token.type == "th_open":
        token.attrs["scope"] = "col"


def _html(tokens: list[Token]) -> list[Html | ClaimBlock]:
    text = render(tokens)
    return [Html(text)] if text.strip() else []
