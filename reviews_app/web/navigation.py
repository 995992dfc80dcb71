"""Knows the main ways through the site, and on which of them a page stands."""

from flask import Flask, current_app, request

MAIN = (
    ("massagers.index", "Massagers"),
    ("finder.show", "Finder"),
    ("comparisons.show", "Compare"),
    ("types.index", "Types"),
    ("guides.index", "Guides"),
    ("safety.show", "Safety"),
    ("check.new", "Is it for me?"),
    ("about.show", "About"),
    ("saved.show", "Saved"),
)


def register(app: Flask) -> None:
    """Let the layout of `app` name the ways and say which is the page's."""
    app.jinja_env.globals["main_navigation"] = MAIN
    app.add_template_global(here)


def here() -> tuple[str, str] | None:
    """The way of this page, with "page" if it begins here and "true" if it is further on."""
    for endpoint, _ in MAIN:
        start = next(current_app.url_map.iter_rules(endpoint)).rule
        if request.path == start:
            return endpoint, "page"
        if request.path.startswith(f"{start}/"):
            return endpoint, "true"
    return None
