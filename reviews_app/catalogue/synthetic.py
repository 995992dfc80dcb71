"""Keeps machines made up for benchmarks out of every database that is not meant for them."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from reviews_app.db import db

NAME = "synthetic"
SLUG_BEGINS = f"{NAME}-"
"""No real machine is called so; every machine that `bench` draws is."""

NOWHERE = ".invalid"
"""The end of addresses that can never exist (RFC 2606): those of made-up sources."""

REFUSED = f"is made up; it goes only into a database with {NAME!r} in its name"


def is_refused_slug(slug: str) -> bool:
    """Whether a machine with this slug is made up, and the open database is for real ones."""
    return slug.startswith(SLUG_BEGINS) and not _is_meant_for_it()


def is_refused_url(url: str) -> bool:
    """Whether a source at this address is made up, and the open database is for real ones."""
    return (urlsplit(url).hostname or "").endswith(NOWHERE) and not _is_meant_for_it()


def _is_meant_for_it() -> bool:
    return NAME in PurePath(db.engine.url.database or "").name
