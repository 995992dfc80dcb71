"""The site for a crash test: the very same, but without limits on how often somebody may write."""

from __future__ import annotations

from flask import Flask

from reviews_app import create_app
from reviews_app.reviews.readers import sending
from reviews_app.web import limiting


def site() -> Flask:
    """What the server is told to serve."""
    vars(sending)["MOST_SENT_A_DAY"] = 10**9
    limiting.LIMITS.clear()
    return create_app()
