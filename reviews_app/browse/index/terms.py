"""Which rows hold which words: a sorted dictionary of words with a posting list for each.

A word of a query is turned into words of the dictionary by the same function as in SQL
(`browse.words.word_class`); their posting lists become one bitmap for each class.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import of_bools, of_rows, union
from reviews_app.browse.index.fuzzy import Fuzzy, fuzzy
from reviews_app.browse.index.strings import Strings, packed
from reviews_app.browse.index.table import Label, Text
from reviews_app.browse.words import EXACT, FUZZY, PREFIX, word_class, words_of

DENSE = 32
"""A word that more than one row in so many holds has its bitmap kept."""

PAST_ALL = chr(0x10FFFF)


@dataclass(frozen=True)
class Hits:
    """The rows that every word of a query meets, by the class of the word they meet worst.

    up_to: the rows that meet all words exactly, then at least as prefixes, then with typos too.
    """

    up_to: tuple[BitMap, BitMap, BitMap]

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
    """rows: the posting lists one after the other, each ascending; ends: where each ends.

    dense: the bitmaps of words that many rows hold, by their place in `words`.
    """

    n: int
    words: Strings
    ends: NDArray[np.int64]
    rows: NDArray[np.uint32]
    dense: Mapping[int, BitMap]
    fuzzy: Fuzzy

    def meeting(self, query: str) -> Hits:
        """The rows that each word of a query meets; none for a query without words."""
        found = [self._of_word(asked) for asked in words_of(query)]
        if not found:
            return Hits((BitMap(), BitMap(), BitMap()))
        exact, prefix, fuzzy_ = (
            reduce(lambda one, other: one & other, (hits[best] for hits in found))
            for best in (EXACT, PREFIX, FUZZY)
        )
        return Hits((exact, prefix, fuzzy_))

    def _of_word(self, asked: str) -> tuple[BitMap, BitMap, BitMap]:
        by_class: dict[int, list[int]] = {EXACT: [], PREFIX: [], FUZZY: []}
        first = bisect_left(self.words, asked)
        end = bisect_left(self.words, asked + PAST_ALL)
        begun = set(range(first, end))
        places = begun | {bisect_left(self.words, near) for near in self.fuzzy.near(asked)}
        for place in places:
            met = (
                PREFIX
                if place in begun and place != first
                else word_class(asked, self.words[place])
            )
            if met is not None:
                by_class[met].append(place)
        exact = self._holding(by_class[EXACT])
        prefix = exact | self._holding(by_class[PREFIX])
        return exact, prefix, prefix | self._holding(by_class[FUZZY])

    def _holding(self, places: Sequence[int]) -> BitMap:
        """The rows that hold any of some words."""
        kept = [self.dense[place] for place in places if place in self.dense]
        lists = [
            self.rows[self.ends[place - 1] if place else 0 : self.ends[place]]
            for place in places
            if place not in self.dense
        ]
        if len(lists) == 1:
            kept.append(of_rows(lists[0]))
        elif lists:
            holding = np.zeros(self.n, dtype=np.bool_)
            holding[np.concatenate(lists)] = True
            kept.append(of_bools(holding))
        return union(kept)


def of_texts(
    n: int, texts: Iterable[Text], labels: Iterable[Label], row_of: NDArray[np.int64]
) -> Terms:
    """The words of texts and labels; row_of: the row of each product of the table."""
    codes: dict[str, int] = {}
    held: list[int] = []
    holders: list[int] = []
    for row, text in texts:
        for word in words_of(text):
            held.append(codes.setdefault(word, len(codes)))
            holders.append(row)
    pairs = [(np.array(held, dtype=np.int64), np.array(holders, dtype=np.int64))]
    for text, rows in labels:
        for word in words_of(text):
            code = codes.setdefault(word, len(codes))
            pairs.append((np.full(len(rows), code, dtype=np.int64), rows))
    words = sorted(codes)
    place = np.empty(len(words), dtype=np.int64)
    place[[codes[word] for word in words]] = np.arange(len(words))
    of_word = place[np.concatenate([one for one, _ in pairs])]
    of_row = row_of[np.concatenate([one for _, one in pairs])]
    keys = np.unique(of_word * max(n, 1) + of_row)
    sizes = np.bincount(keys // max(n, 1), minlength=len(words))
    rows_ = (keys % max(n, 1)).astype(np.uint32)
    ends = np.cumsum(sizes)
    dense = {
        int(at): of_rows(rows_[ends[at] - sizes[at] : ends[at]])
        for at in np.flatnonzero(sizes * DENSE > n)
    }
    return Terms(n, packed(words), ends, rows_, dense, fuzzy(words))
