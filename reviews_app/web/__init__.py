"""Pages: HTTP in, templates out. Knows the routes, no SQL and no rule."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from jinja2 import StrictUndefined

from reviews_app.web import errors, filters, headers, links, requests, stylesheet

NOUNS = (
    "home",
    "massagers",
    "brands",
    "types",
    "needs",
    "guides",
    "claims",
    "safety",
    "glossary",
    "questions",
    "sources",
    "about",
    "feeds",
)


def register(app: Flask) -> None:
    """Give `app` its pages, what it answers when there is none, and the headers of every answer."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    requests.register(app)
    headers.register(app)
    errors.register(app)
    filters.register(app)
    links.register(app)
    stylesheet.register(app)
    for noun in NOUNS:
        if find_spec(f"reviews_app.web.{noun}"):
            app.register_blueprint(import_module(f"reviews_app.web.{noun}").bp)
