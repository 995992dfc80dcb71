"""What pages ask of the desk reviews, in one place to import from."""

from reviews_app.reviews.known import KnownSoFar, known_so_far
from reviews_app.reviews.pieces import Paragraph, Piece, words
from reviews_app.reviews.reading import Alternative, ReadingReview, Statement, find_review
from reviews_app.reviews.shelves import Listed, Shelf, a_few, shelves, verdicts

__all__ = [
    "Alternative",
    "KnownSoFar",
    "Listed",
    "Paragraph",
    "Piece",
    "ReadingReview",
    "Shelf",
    "Statement",
    "a_few",
    "find_review",
    "known_so_far",
    "shelves",
    "verdicts",
    "words",
]
