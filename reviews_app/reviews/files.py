"""The files `reviews/<slug>.md`: front matter in TOML, then a few paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviews_app.catalogue.folder import Faults, check, toml_text
from reviews_app.guidance.articles import FENCE, check_body, open_article
from reviews_app.reviews.pieces import complaints
from reviews_app.reviews.records import Review, ReviewRecord, StatementRecord
from reviews_app.reviews.wording import FEWEST_WORDS, MOST_WORDS, refused, word_count

REVIEWS = "reviews"


def read_reviews(folder: Path, faults: Faults) -> Iterator[Review]:
    """Every sound review of the folder, by slug; the faults of the others are noted."""
    for path in sorted((folder / REVIEWS).iterdir()):
        if path.suffix != ".md":
            faults.add(f"{REVIEWS}/{path.name}", "file", "", "is no review: <product slug>.md")
            continue
        review = _read(path, folder, faults)
        if review is not None:
            yield review


def review_text(review: Review) -> str:
    """The file of a review, as an export writes it; the body as it is."""
    document = review.record.model_dump(exclude_defaults=True)
    return f"{FENCE}{toml_text(document)}{FENCE}{review.body}"


def _read(path: Path, folder: Path, faults: Faults) -> Review | None:
    opened = open_article(path, folder, faults)
    if opened is None:
        return None
    before = faults.total
    check_body(opened, faults)
    record = check(ReviewRecord, opened.document, file=opened.file, where="", faults=faults)
    if record is None or faults.total > before:
        return None
    review = Review(path.stem, record, opened.body, opened.file, opened.body_line)
    for where, value, reason in _nonsense(review):
        faults.add(review.file, where, value, reason)
    return review if faults.total == before else None


def _nonsense(review: Review) -> Iterator[tuple[str, str, str]]:
    record = review.record
    if record.checked_on < record.written_on:
        yield "checked_on", record.checked_on.isoformat(), "is before written_on"
    for where, statement in review.statements:
        if not _is_backed(statement):
            yield where, statement.text, "has no fact, missing fact, study or claim behind it"
    for text in review.texts:
        yield from ((text.where, value, reason) for value, reason in complaints(text.words))
    yield from refused(review)
    words = word_count(review)
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield "words", str(words), f"a review has {FEWEST_WORDS} to {MOST_WORDS} words"


def _is_backed(statement: StatementRecord) -> bool:
    return bool(statement.facts or statement.missing or statement.studies or statement.claims)
