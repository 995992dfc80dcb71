"""Pages: HTTP in, templates out. Knows the routes, no SQL and no rule."""

from flask import Flask
from jinja2 import StrictUndefined

from reviews_app.web import (
    about,
    accounts,
    assets,
    best,
    brands,
    check,
    claims,
    comparisons,
    errors,
    feeds,
    filters,
    finder,
    fragments,
    glossary,
    guides,
    headers,
    home,
    links,
    massagers,
    methodology,
    moderation,
    moderation_log,
    navigation,
    needs,
    own_reviews,
    questions,
    reader_reviews,
    recalls,
    requests,
    review_answers,
    review_form,
    review_policy,
    review_reports,
    review_votes,
    reviews,
    rights,
    safety,
    saved,
    second_factor,
    security,
    security_log,
    sending_again,
    sources,
    styleguide,
    types,
    units,
)

NOUNS = (
    home,
    massagers,
    comparisons,
    brands,
    types,
    needs,
    guides,
    claims,
    safety,
    check,
    recalls,
    finder,
    glossary,
    questions,
    reviews,
    reader_reviews,
    review_form,
    own_reviews,
    review_votes,
    review_reports,
    review_answers,
    review_policy,
    moderation_log,
    moderation,
    methodology,
    sources,
    best,
    saved,
    about,
    accounts,
    feeds,
)


def register(app: Flask) -> None:
    """Give `app` its pages, what it answers when there is none, and the headers of every answer."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    requests.register(app)
    headers.register(app)
    rights.register(app)
    security_log.register(app)
    security.register(app)
    second_factor.register(app)
    sending_again.register(app)
    accounts.register(app)
    errors.register(app)
    filters.register(app)
    fragments.register(app)
    links.register(app)
    units.register(app)
    assets.register(app)
    navigation.register(app)
    styleguide.register(app)
    for noun in NOUNS:
        app.register_blueprint(noun.bp)
