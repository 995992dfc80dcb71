"""Finds words that may be a typo or two away from a word: of few by scanning, else by tantivy.

Candidates only: `browse.words.word_class` decides, for SQL and the index alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reviews_app.browse.words import typos_forgiven

MOST_SCANNED = 2000
MOST_CANDIDATES = 10_000
WRITER_BYTES = 64_000_000

FIELD = "word"


class Fuzzy(Protocol):
    """Knows all words of a segment."""

    def near(self, asked: str) -> Collection[str]:
        """All known words that are at most the forgiven number of typos away."""


def fuzzy(words: Collection[str]) -> Fuzzy:
    """The way to look for typos that suits so many words."""
    return Automaton(words) if len(words) > MOST_SCANNED else Scan(words)


class Scan:
    """Compares with every word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)

    def near(self, asked: str) -> list[str]:
        """See `Fuzzy`."""
        typos = typos_forgiven(asked)
        if not typos:
            return []
        found = process.extract(
            asked, self._words, scorer=OSA.distance, score_cutoff=typos, limit=None
        )
        return [word for word, _, _ in found]


class Automaton:
    """Runs a Levenshtein automaton over tantivy's dictionary of words: 0.1 ms among 160,000."""

    def __init__(self, words: Iterable[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field(FIELD, stored=True, tokenizer_name="raw")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(WRITER_BYTES, 1)
        for word in words:
            writer.add_document(tantivy.Document(**{FIELD: word}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def near(self, asked: str) -> list[str]:
        """See `Fuzzy`."""
        typos = typos_forgiven(asked)
        if not typos:
            return []
        query = tantivy.Query.fuzzy_term_query(
            self._schema, FIELD, asked, distance=typos, transposition_cost_one=True
        )
        hits = self._searcher.search(query, MOST_CANDIDATES).hits
        return [self._searcher.doc(address)[FIELD][0] for _, address in hits]
