"""How a reader narrows the catalogue: a Selection in, a Listing out."""

from reviews_app.browse.chips import chips
from reviews_app.browse.explaining import Met, explain, forgiven
from reviews_app.browse.facets import Sort, Vocabulary
from reviews_app.browse.left_out import Missed, Misses
from reviews_app.browse.listing import Listing
from reviews_app.browse.problems import BadSelection, Problem
from reviews_app.browse.selection import Selection
from reviews_app.browse.serving import (
    close_index,
    expect_index,
    find,
    is_indexed,
    is_ready,
    keep_up,
    misses,
    open_index,
    revision,
    total,
    traits,
    vocabulary,
)
from reviews_app.browse.shelves import FOR_HOME, Shelves
from reviews_app.browse.sorts import SORTS
from reviews_app.browse.stated import Said, Traits
from reviews_app.browse.suggestions import Suggestions, suggest
from reviews_app.browse.topics import Topic, topics

__all__ = [
    "FOR_HOME",
    "SORTS",
    "BadSelection",
    "Listing",
    "Met",
    "Missed",
    "Misses",
    "Problem",
    "Said",
    "Selection",
    "Shelves",
    "Sort",
    "Suggestions",
    "Topic",
    "Traits",
    "Vocabulary",
    "chips",
    "close_index",
    "expect_index",
    "explain",
    "find",
    "forgiven",
    "is_indexed",
    "is_ready",
    "keep_up",
    "misses",
    "open_index",
    "revision",
    "suggest",
    "topics",
    "total",
    "traits",
    "vocabulary",
]
