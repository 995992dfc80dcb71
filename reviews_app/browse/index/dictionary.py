"""Which rows hold which words: a sorted dictionary of words with a posting list for each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from reviews_app.browse.index.bitmaps import of_bools, of_rows, union
from reviews_app.browse.index.fuzzy import Fuzzy, fuzzy
from reviews_app.browse.index.strings import Strings, packed
from reviews_app.browse.index.table import Label
from reviews_app.browse.stems import stem, stems
from reviews_app.browse.words import FUZZY, word_class, words_of

DENSE = 32
"""A word that more than one row in so many holds has its bitmap kept."""

PAST_ALL = chr(0x10FFFF)


Found = tuple[BitMap, BitMap, BitMap]
"""The rows that meet one word exactly, then at least as a form or prefix, then with typos too."""


@dataclass(frozen=True)
class Dictionary:
    """rows: the posting lists one after the other, each ascending; ends: where each ends.

    dense: the bitmaps of words that many rows hold, by their place in `words`. stems: what words
    are forms of, sorted, and in of_stem the places of these words.
    """

    n: int
    words: Strings
    ends: NDArray[np.int64]
    rows: NDArray[np.uint32]
    dense: Mapping[int, BitMap]
    stems: Strings
    of_stem: NDArray[np.uint32]
    fuzzy: Fuzzy

    def meeting(self, asked: str) -> Found:
        """The rows that a word of a query meets, as `browse.words.word_class` has it."""
        first = bisect_left(self.words, asked)
        begun = range(first, bisect_left(self.words, asked + PAST_ALL))
        prefix = {*begun, *self._forms(asked)}
        exact = [first] if begun and self.words[first] == asked else []
        near = {bisect_left(self.words, one) for one in self.fuzzy.near(asked)} - prefix
        fuzzy_ = [place for place in near if word_class(asked, self.words[place]) == FUZZY]
        best = self._holding(exact)
        better = best | self._holding(prefix.difference(exact))
        return best, better, better | self._holding(fuzzy_)

    def _forms(self, asked: str) -> list[int]:
        """The places of all words with the stem of one."""
        shared = stem(asked)
        if shared is None:
            return []
        first = bisect_left(self.stems, shared)
        end = bisect_right(self.stems, shared, lo=first)
        places: list[int] = self.of_stem[first:end].tolist()
        return places

    def _holding(self, places: Collection[int]) -> BitMap:
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
    n: int,
    texts: Iterable[Sequence[str]],
    labels: Iterable[Label],
    row_of: NDArray[np.int64],
) -> Dictionary:
    """The words of texts, each with one for every product, and of labels.

    row_of: the row of each product of the table.
    """
    codes: dict[str, int] = {}
    held: list[int] = []
    holders: list[int] = []
    for column in texts:
        for row, text in enumerate(column):
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
    return Dictionary(n, packed(words), ends, rows_, dense, *_stemmed(words), fuzzy(words))


def _stemmed(words: Sequence[str]) -> tuple[Strings, NDArray[np.uint32]]:
    """The stems of those words that have one, sorted, and the places of the words."""
    places = [place for place, word in enumerate(words) if word.isalpha()]
    pairs = sorted(zip(stems([words[place] for place in places]), places, strict=True))
    return packed(one for one, _ in pairs), np.array([at for _, at in pairs], dtype=np.uint32)
