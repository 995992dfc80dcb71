"""How an article's Markdown is taken apart, and which of its links may be links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

LINK_KINDS = (
    "claim",
    "type",
    "need",
    "term",
    "source",
    "guide",
    "massager",
    "contraindication",
    "flag",
)
"""What `[words](kind:id)` can refer to."""

_REFERENCE = re.compile(rf"({'|'.join(LINK_KINDS)}):([A-Za-z0-9-]{{1,100}})")
_PATH = re.compile(r"/(?![/\\])[^\s\\]*|/")
_FRAGMENT = re.compile(r"#[A-Za-z0-9-]+")
_EXTERNAL = re.compile(r"https?://[A-Za-z0-9][^\s\\]*")
_CLAIM = re.compile(r"claim ([a-z0-9-]{1,100})")


def parse(body: str, *, html: bool = False) -> list[Token]:
    """The tokens of the text; with `html` its HTML is told from its words, so as to refuse it."""
    return (_WITH_HTML if html else _PLAIN).parse(body)


def with_lines(tokens: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    """Every token, those inside a paragraph too, with the line it or its paragraph starts on."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        yield line, token
        for child in token.children or []:
            yield line, child


def claim_of(token: Token) -> str | None:
    """The claim whose card opens here: in a block that stands by itself and names it well."""
    named = _CLAIM.fullmatch(token.info.strip())
    return named[1] if token.type == "container_claim_open" and token.level == 0 and named else None


def address_of(token: Token) -> str:
    """Where a link points, as it was written; "" for anything else."""
    return str(token.attrGet("href") or "") if token.type == "link_open" else ""


def is_allowed(address: str) -> bool:
    """Whether a link may point there: `javascript:`, `data:`, `//host` and the like may not."""
    forms = (_REFERENCE, _PATH, _FRAGMENT, _EXTERNAL)
    return any(form.fullmatch(address) for form in forms)


def reference_of(address: str) -> tuple[str, str] | None:
    """The kind and id that an address refers to; None where it is no reference."""
    found = _REFERENCE.fullmatch(address)
    return (found[1], found[2]) if found else None


def is_external(address: str) -> bool:
    """Whether the address is on another site."""
    return _EXTERNAL.fullmatch(address) is not None


def render(tokens: Sequence[Token]) -> str:
    """The tokens as HTML."""
    return str(_PLAIN.renderer.render(tokens, _PLAIN.options, {}))


def _nothing(*_: Any) -> str:
    return ""


def _alternative(_: RendererHTML, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """A picture's words: nothing is loaded from anywhere."""
    return escapeHtml(tokens[index].content)


def _any_link(url: str) -> bool:
    """The parser would print what it does not like as words; `is_allowed` decides instead."""
    return True


def _parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable("table")
    # Every run of colons opens a block, so that a malformed one is seen and not printed as words.
    container_plugin(parser, "claim", validate=lambda *_: True, render=_nothing)
    parser.add_render_rule("image", _alternative)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


_PLAIN = _parser(html=False)
_WITH_HTML = _parser(html=True)
