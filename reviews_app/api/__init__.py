"""The same features as the pages, with the same parameters and numbers, as JSON."""

from flask import Flask

from reviews_app.api import (
    comparisons,
    errors,
    guidance,
    massagers,
    moderation_log,
    reader_reviews,
    recalls,
    suggestions,
)


def register(app: Flask) -> None:
    """Give `app` its answers under /api/v1; after the pages, whose errors stay as they are."""
    app.register_blueprint(massagers.bp)
    app.register_blueprint(reader_reviews.bp)
    app.register_blueprint(moderation_log.bp)
    app.register_blueprint(comparisons.bp)
    app.register_blueprint(guidance.bp)
    app.register_blueprint(recalls.bp)
    app.register_blueprint(suggestions.bp)
    errors.register(app)
