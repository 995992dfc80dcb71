"""Words that no review of ours may use: we have tested nothing, and we heal nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviews_app.reviews.pieces import references_of, without_tokens
from reviews_app.reviews.records import Review, Text

FEWEST_WORDS, MOST_WORDS = 150, 450


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_REFUSED = (
    (
        _any(
            "tested",
            "hands[- ]on",
            r"(?:we|I)(?: have|['’]ve)? (?:tried|used|measured|found it|felt|noticed)",
            "in our (?:hands|experience|trial|tests?)",
        ),
        "hints that we have had the machine; a desk review is written from sources",
    ),
    (
        re.compile(r"\d\s*/\s*(?:5|10|100)\b|\bout of (?:5|10|100|five|ten)\b|\bstars?\b", re.I),
        "quotes a score; scores are computed, not written",
    ),
    (re.compile(r"[$£€¥]\s*\d|\b(?:USD|GBP|EUR)\b"), "names a price; prices stand with their date"),
    (_any("approved", "approval"), "a device is cleared or registered, hardly ever approved"),
    (_any("safe", "safer", "safest", "safely"), "we never call a machine safe"),
)

_DISEASE = _any(
    "cur(?:e|es|ed|ing)",
    "heal(?:s|ed|ing)?",
    "treat(?:s|ed|ing|ment|ments)?",
    "prevent(?:s|ed|ing|ion)?",
    "arthritis",
    "thrombos[ie]s",
    "blood clots?",
    "dvt",
    "embolism",
    "neuropath(?:y|ic)",
    "diabet(?:es|ic)",
    "sciatica",
    "fibromyalgia",
    "varicose veins?",
    "venous insufficiency",
    "lymph(?:oe|e)dema",
    "(?:oe|e)dema",
    "plantar fasciitis",
    "restless legs?",
    "peripheral arter(?:y|ial) disease",
    "stroke patients?",
)
"""Diseases, and what one does to them: said only with a study or claim behind it."""

_CITING = {"claim", "contraindication", "need", "source", "flag", "guide"}
_MAY_NAME_DISEASES = ("not_for", "unknown")
"""Whom it is not for, and what nobody knows, promise nothing."""


def refused(review: Review) -> Iterator[tuple[str, str, str]]:
    """Every wording that is refused: where it stands, the words, and why."""
    for text in review.texts:
        words = without_tokens(text.words)
        for pattern, reason in _REFUSED:
            for found in pattern.finditer(words):
                yield text.where, found[0], reason
        if not _may_name_diseases(text):
            for found in _DISEASE.finditer(words):
                yield text.where, found[0], "a claim about a disease needs a claim or study"


def word_count(review: Review) -> int:
    """How many words a reader reads, a token counted as one."""
    return sum(len(text.words.replace("](", "] (").split()) for text in review.texts) - sum(
        len(references_of(text.words)) for text in review.texts
    )


def _may_name_diseases(text: Text) -> bool:
    if text.where.startswith(_MAY_NAME_DISEASES):
        return True
    if text.statement is not None and (text.statement.studies or text.statement.claims):
        return True
    return any(kind in _CITING for kind, _ in references_of(text.words))
