"""How a reader narrows the catalogue: a Selection in, a Listing out."""

from reviews_app.browse.chips import chips
from reviews_app.browse.declaring import vocabulary
from reviews_app.browse.facets import Sort, Vocabulary
from reviews_app.browse.listing import Listing
from reviews_app.browse.problems import BadSelection, Problem
from reviews_app.browse.selection import Selection
from reviews_app.browse.sorts import SORTS
from reviews_app.browse.sql import find

__all__ = [
    "SORTS",
    "BadSelection",
    "Listing",
    "Problem",
    "Selection",
    "Sort",
    "Vocabulary",
    "chips",
    "find",
    "vocabulary",
]
