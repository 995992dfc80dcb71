"""The texts of a review: words, links by kind and id, and tokens that stand for a stated value.

`{battery_h}` is the accepted value of that attribute, `{other-machine:battery_h}` that of another
machine. No HTML here: a text becomes pieces, and the page prints them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.token import Token as Mark

from reviews_app.guidance.syntax import address_of, parse, reference_of

_TOKEN = re.compile(r"\{(?:(?P<slug>[a-z0-9-]+):)?(?P<attribute>[a-z0-9_]+)\}")
_ALLOWED = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}
_LINK = {"link_open", "link_close"}

UNSTATED = "not stated"


class Token(NamedTuple):
    """A value asked for: of another machine, or of the one reviewed where `slug` is ""."""

    slug: str
    attribute: str


class Answer(NamedTuple):
    """What a token stands for: the value in words, and where it comes from."""

    words: str
    source_id: str
    weak: bool


Answers = Mapping[Token, Answer]


@dataclass(frozen=True)
class Piece:
    """Words, and what they lead to: `kind` and `id` as in the Markdown of guides, or both ""."""

    words: str
    kind: str = ""
    id: str = ""
    weak: bool = False


Paragraph = tuple[Piece, ...]


def tokens_of(text: str) -> list[Token]:
    """Every token of a text, in order."""
    return [Token(found["slug"] or "", found["attribute"]) for found in _TOKEN.finditer(text)]


def references_of(text: str) -> list[tuple[str, str]]:
    """Every (kind, id) that the links of a text lead to."""
    found = (reference_of(address_of(mark)) for mark in _inside(text))
    return [one for one in found if one is not None]


def without_tokens(text: str) -> str:
    """The words of a text as they are written, links as their words, tokens as nothing."""
    return _TOKEN.sub("", spoken(text))


def spoken(text: str) -> str:
    """The words of a text, links as their words, tokens as they are."""
    return " ".join(
        "".join(mark.content for mark in _marks(one) if mark.type == "text" or _is_break(mark))
        for one in parse(text)
        if one.type == "inline"
    )


def paragraphs(text: str, answers: Answers) -> tuple[Paragraph, ...]:
    """The text, paragraph by paragraph, with what its tokens stand for."""
    return tuple(
        tuple(_pieces(_marks(one), answers)) for one in parse(text) if one.type == "inline"
    )


def line(text: str, answers: Answers) -> Paragraph:
    """A text that is one paragraph."""
    return tuple(piece for one in paragraphs(text, answers) for piece in one)


def words(paragraph: Paragraph) -> str:
    """What a paragraph says where it cannot lead anywhere."""
    return "".join(piece.words for piece in paragraph)


def complaints(text: str) -> Iterator[tuple[str, str]]:
    """What a text of a review may not hold, each with the reason."""
    for brace in re.findall(r"\{[^}]*\}?|\}", _TOKEN.sub("", text)):
        yield brace, "is no token: {attribute_id} or {other-machine:attribute_id}"
    for mark in _inside(text):
        if mark.type not in _ALLOWED | _LINK:
            yield mark.type.removesuffix("_open"), "a review is plain words and links by kind:id"
        elif mark.type == "link_open" and reference_of(address_of(mark)) is None:
            yield address_of(mark), "a link of a review leads to kind:id"
    yield from _tokens_in_links(text)


def _tokens_in_links(text: str) -> Iterator[tuple[str, str]]:
    linked = False
    for mark in _inside(text):
        linked = mark.type == "link_open" or (linked and mark.type != "link_close")
        if linked and _TOKEN.search(mark.content):
            yield mark.content, "a token is a link already, so it stands in no other"


def _pieces(marks: Sequence[Mark], answers: Answers) -> Iterator[Piece]:
    kind = id_ = ""
    for mark in marks:
        if mark.type == "link_open":
            kind, id_ = reference_of(address_of(mark)) or ("", "")
        elif mark.type == "link_close":
            kind = id_ = ""
        elif _is_break(mark):
            yield Piece(" ")
        elif kind:
            yield Piece(mark.content, kind, id_)
        else:
            yield from _answered(mark.content, answers)


def _answered(text: str, answers: Answers) -> Iterator[Piece]:
    end = 0
    for found in _TOKEN.finditer(text):
        if before := text[end : found.start()]:
            yield Piece(before)
        answer = answers.get(Token(found["slug"] or "", found["attribute"]))
        if answer is None:
            yield Piece(UNSTATED)
        else:
            yield Piece(answer.words, "source", answer.source_id, answer.weak)
        end = found.end()
    if rest := text[end:]:
        yield Piece(rest)


def _inside(text: str) -> Iterator[Mark]:
    for one in parse(text):
        yield one
        yield from one.children or []


def _marks(inline: Mark) -> list[Mark]:
    """The children, with a break that reads as a space."""
    for mark in inline.children or []:
        if _is_break(mark):
            mark.content = " "
    return inline.children or []


def _is_break(mark: Mark) -> bool:
    return mark.type in {"softbreak", "hardbreak"}
