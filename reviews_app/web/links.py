"""Knows the address of everything that guidance can refer to by kind and id."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, request, url_for

MOST_REMEMBERED = 20_000

ADDRESSES: dict[str, Callable[[str], str]] = {
    "claim": lambda id_: url_for("claims.show", claim_id=id_),
    "type": lambda id_: url_for("types.show", type_id=id_),
    "need": lambda id_: url_for("needs.show", need_id=id_),
    "term": lambda id_: url_for("glossary.index", _anchor=id_),
    "source": lambda id_: url_for("sources.show", source_id=id_),
    "guide": lambda id_: url_for("guides.show", slug=id_),
    "best": lambda id_: url_for("best.show", subject_id=id_),
    "brand": lambda id_: url_for("brands.show", brand=id_),
    "massager": lambda id_: url_for("massagers.show", slug=id_),
    "facts": lambda id_: url_for("massagers.data", slug=id_),
    "contraindication": lambda id_: url_for("safety.show", _anchor=id_),
    "flag": lambda id_: url_for("safety.show", _anchor=id_),
    "red_flag": lambda id_: url_for("safety.show", _anchor=id_),
    "question": lambda id_: url_for("questions.index", _anchor=id_),
}


def register(app: Flask) -> None:
    """Let the templates of `app` write `{{ address("claim", "doms") }}`."""
    app.add_template_global(address)


def address(kind: str, id_: str) -> str:
    """The path of a thing of the guidance or catalogue; `kind` as in the Markdown of guides."""
    return _address(request.script_root, kind, id_)


@lru_cache(maxsize=MOST_REMEMBERED)
def _address(_root: str, kind: str, id_: str) -> str:
    """Worked out once: a page has hundreds, and routing takes longer than the rest of a line."""
    return ADDRESSES[kind](id_)
