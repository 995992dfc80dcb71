"""Asks for the pages that most readers ask for first, so that what repeats on them is there.

Done by the process that forks the workers, between building the index and the first fork: they then
share every card and option that was rendered, where each would have rendered its own.
"""

from __future__ import annotations

from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection
from reviews_app.browse.answer import pages_of
from reviews_app.browse.listing import PER_PAGE
from reviews_app.web.narrowing import address

MOST_PAGES = 50
"""Pages of the listing, of one or two hundredths of a second each where nothing is kept yet."""

FIRST = ("/", "/finder", "/safety", "/guides/benefits-of-leg-massage")


def warm(app: Flask) -> int:
    """Ask `app` for its first pages and for the listing, page by page; how many were found."""
    with app.app_context():
        everything = Selection.from_args((), browse.vocabulary())
        pages = min(MOST_PAGES, pages_of(browse.total(everything), PER_PAGE))
        listing = [address(everything.with_page(page + 1)) for page in range(pages)]
    client = app.test_client()
    return sum(client.get(path).status_code == 200 for path in (*FIRST, *listing))
