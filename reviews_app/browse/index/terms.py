"""Which rows the words of a query find: those that each word asked for meets.

Words are asked for and met as SQL has it (`browse.words`), in what machines are called and, never
exactly, in the other names of their brands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from pyroaring import BitMap

from reviews_app.browse.index.dictionary import Dictionary, Found
from reviews_app.browse.words import EXACT, FUZZY, PREFIX, asked_words


@dataclass(frozen=True)
class Hits:
    """The rows that every word of a query meets, by the class of the word they meet worst.

    up_to: the rows that meet all words exactly, then at least as prefixes, then with typos too.
    """

    up_to: Found

    @property
    def all(self) -> BitMap:
        """Every row that is found."""
        return self.up_to[FUZZY]

    def classes(self, among: BitMap) -> list[BitMap]:
        """The rows among some, those of the best class first."""
        exact, prefix, _ = self.up_to
        return [among & exact, (among & prefix) - exact, among - prefix]


@dataclass(frozen=True)
class Terms:
    """own: the words of the machines themselves; aliases: those of other names of their brands."""

    own: Dictionary
    aliases: Dictionary

    def meeting(self, query: str) -> Hits:
        """The rows that each word asked for meets; none for a query without words."""
        found = [self._of_word(asked) for asked in asked_words(query)]
        if not found:
            return Hits((BitMap(), BitMap(), BitMap()))
        exact, prefix, fuzzy = (
            reduce(lambda one, other: one & other, (hits[best] for hits in found))
            for best in (EXACT, PREFIX, FUZZY)
        )
        return Hits((exact, prefix, fuzzy))

    def _of_word(self, asked: str) -> Found:
        exact, prefix, fuzzy = self.own.meeting(asked)
        if self.aliases.words:
            _, also, forgiven = self.aliases.meeting(asked)
            prefix, fuzzy = prefix | also, fuzzy | forgiven
        return exact, prefix, fuzzy
