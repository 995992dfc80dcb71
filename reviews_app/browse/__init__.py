"""How a reader narrows the catalogue: a Selection in, a Listing out."""

from reviews_app.browse.chips import chips
from reviews_app.browse.facets import Sort, Vocabulary
from reviews_app.browse.listing import Listing
from reviews_app.browse.problems import BadSelection, Problem
from reviews_app.browse.selection import Selection
from reviews_app.browse.serving import (
    close_index,
    expect_index,
    find,
    is_indexed,
    is_ready,
    open_index,
    revision,
    vocabulary,
)
from reviews_app.browse.sorts import SORTS

__all__ = [
    "SORTS",
    "BadSelection",
    "Listing",
    "Problem",
    "Selection",
    "Sort",
    "Vocabulary",
    "chips",
    "close_index",
    "expect_index",
    "find",
    "is_indexed",
    "is_ready",
    "open_index",
    "revision",
    "vocabulary",
]
