"""What a text shows that a moderator should look at. The stars are not among what is read.

A sign decides nothing: it stands beside the text on the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import sqlalchemy as sa
from rapidfuzz import fuzz

from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers.models import ReaderReview, ReviewVersion
from reviews_app.reviews.readers.rules import Tie

LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|shop|store|co)\b", re.IGNORECASE)
PERCENT_LINK = re.compile(r"%(?:3a%2f%2f|2f%2f)", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]{2,24}")
LONG_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]{7,20}[0-9]")

ALIKE_PERCENT = 85
"""From so much likeness on, in any order of words, two texts are said to be alike."""

MOST_COMPARED = 500
"""The newest texts of others that one is compared with."""


def signs(version: ReviewVersion, review: ReaderReview, email: str | None = None) -> list[str]:
    """What to look at in a version, in words; `email`: the address of its author, if they stay."""
    said = f"{version.title}\n{version.text}\n{version.broke or ''}"
    return [*signs_in(said), *_alike(version, review), *_unsaid_tie(version, review, email or "")]


def signs_in(said: str) -> list[str]:
    """What a text alone shows."""
    found = []
    if LINK.search(said) or PERCENT_LINK.search(said):
        found.append("It holds what looks like a link.")
    if EMAIL.search(said):
        found.append("It holds what looks like an e-mail address.")
    if LONG_NUMBER.search(said):
        found.append("It holds a long number, perhaps of a telephone or an order.")
    return found


def _unsaid_tie(version: ReviewVersion, review: ReaderReview, email: str) -> Iterable[str]:
    """That the author writes from the maker's own domain, and said that they had no tie."""
    url = db.session.get_one(Product, review.product_id).manufacturer_url or ""
    maker = (urlsplit(url).hostname or "").removeprefix("www.")
    theirs = email.rpartition("@")[2].lower()
    if version.tie == Tie.NONE and maker and f".{theirs}".endswith(f".{maker}"):
        yield "Its author has an e-mail address at the maker’s own domain, and states no tie."


def _alike(version: ReviewVersion, review: ReaderReview) -> Iterable[str]:
    """Newest texts of other reviews that are much like this one."""
    rows = db.session.execute(
        sa.select(ReviewVersion.review_id, ReviewVersion.text)
        .where(ReviewVersion.review_id != review.id)
        .order_by(ReviewVersion.id.desc())
        .limit(MOST_COMPARED)
    )
    alike = {
        review_id
        for review_id, text in rows
        if fuzz.token_sort_ratio(version.text, text) >= ALIKE_PERCENT
    }
    if alike:
        yield f"Much like the text of {len(alike)} other review{'s' if len(alike) > 1 else ''}."
