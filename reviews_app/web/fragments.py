"""Keeps what repeats from one page to the next: HTML rendered once a revision, cut where it varies.

A fragment is what a macro of the templates gives when it is called with `MARK` for each thing that
varies, such as a count or an address, and is cut there. So the templates stay the only place where
HTML is written, and a page put together from fragments is the page that they would render.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar, cast

from flask import Flask, current_app, render_template, request
from markupsafe import Markup

from reviews_app import browse

MARK = Markup("\x1f")
"""Unit separator: escaping leaves it alone, and no text that was read in holds it."""

Made = TypeVar("Made")


class Fragments:
    """What was rendered of one state of the catalogue; `state` says which.

    Several threads may make the same thing at once; one of them stays.
    """

    def __init__(self, state: Hashable) -> None:
        self.state = state
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gave when it was first asked for under this key."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return cast(Made, found)

    def some(self, kind: str, most: int) -> Some:
        """Things of one kind that may be too many to keep them all."""
        return self.once(("some", kind), lambda: Some(most))


class Some(OrderedDict[Hashable, Any]):
    """Up to `most` things; what was kept first goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: Hashable, thing: object) -> None:
        """Keep a thing under its key."""
        self[key] = thing
        if len(self) > self.most:
            self.popitem(last=False)


def register(app: Flask) -> None:
    """Give `app` a place for its fragments, and its templates `once`."""
    app.extensions["fragments"] = Fragments(None)
    app.extensions["layout"] = Fragments(None)
    app.add_template_global(once)


def once(template: str, **values: Hashable) -> Markup:
    """A part of the layout that depends on nothing but `values`; rendered anew only in debug."""
    kept: Fragments = current_app.extensions["layout"]
    if current_app.debug:
        kept = Fragments(None)
    key = (template, request.script_root, *values.items())
    return kept.once(key, lambda: Markup(render_template(template, **values)))  # noqa: S704


def fragments(revision: int) -> Fragments:
    """Those of a revision, today, since a price grows old; those of another are let go."""
    state = (revision, dt.datetime.now(dt.UTC).date())
    kept: Fragments = current_app.extensions["fragments"]
    if kept.state != state:
        kept = current_app.extensions["fragments"] = Fragments(state)
    return kept


def macros(template: str) -> Any:
    """The macros of a template, and its other names."""
    return current_app.jinja_env.get_template(template).module


def rendering(template: str, macro: str, *, revision: int, most: int) -> Callable[..., Markup]:
    """A macro that is rendered once a revision for the same arguments, where answers are kept.

    The arguments, frozen values, must decide all of it; what up to `most` give is kept.
    """
    render: Callable[..., Markup] = getattr(macros(template), macro)
    if not browse.is_indexed():
        return render
    kept = fragments(revision).some(f"{template} {macro}", most)

    def rendered(*things: Hashable) -> Markup:
        found: Markup | None = kept.get(things)
        if found is None:
            found = render(*things)
            kept.keep(things, found)
        return found

    return rendered


def cut(html: str) -> tuple[str, ...]:
    """The pieces of a fragment between its marks."""
    return tuple(str(html).split(MARK))


def filled(pieces: tuple[str, ...], values: Sequence[str]) -> str:
    """A fragment with a value, which is HTML already, for each of its marks."""
    first, *rest = pieces
    # Not added up: a piece that is added to Markup would be escaped.
    return first + "".join([f"{value}{piece}" for value, piece in zip(values, rest, strict=True)])


def named(place: str) -> Markup:
    """A mark that says what stands there, for fragments of many parts."""
    return MARK + place + MARK


def placed(pieces: tuple[str, ...], values: Mapping[str, str]) -> str:
    """A fragment with a value, which is HTML already, for each of its named marks."""
    return "".join([values[piece] if at % 2 else piece for at, piece in enumerate(pieces)])
