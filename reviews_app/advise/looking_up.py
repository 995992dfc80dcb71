"""Finds a reader's words in a list: rather one entry too many than the right one missing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reviews_app.browse.words import How, how_met, words_of

RARE = 1 / 6
"""The share of all entries up to which a word tells enough by itself: clot does, leg does not."""

FILLER = words_of("""
am an and any are as at bad be been but by can do does for from get got had has have having
if in into is it its just me my no not of off on or our so some suffer suffering take taking
that the their them this to too very was we were what when where which while who with
without you your condition disease disorder illness issue issues problem problems syndrome
trouble
""")
"""Words that tell no entry from another, beside others that do."""

SHORTEST_WITHIN = 4
"""Letters of a word that is found in the middle of another: oedema in lymphoedema."""

SHORTEST_AROUND = 5
"""Letters of a word that is found in a longer one asked for: arthritis in osteoarthritis."""

_DOT_OF_AN_ABBREVIATION = re.compile(r"(?<=\b\w)\.(?=\w\b)")


def entries_with(words: str, texts: Mapping[str, str]) -> set[str]:
    """The keys of the texts in which the words are found, in any form and with small typos.

    Not every word of a phrase must be met. A rare word brings every entry that meets it, a common
    one those that meet more than half as many of the words as the best of them.
    """
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for key, text in texts.items():
        for known in words_of(text):
            holders[known].add(key)
    met = [_entries_meeting(asked, holders) for asked in _asked(words)]
    score = Counter(key for keys in met for key in keys)
    found: set[str] = set()
    for keys in met:
        rare = len(keys) <= len(texts) * RARE
        best = max((score[key] for key in keys), default=0)
        found |= {key for key in keys if rare or 2 * score[key] > best}
    return found


def _asked(words: str) -> frozenset[str]:
    """The words to be met: those that tell something, or all where none does."""
    # Past the cache, which would keep what a reader wrote of their health in memory.
    asked: frozenset[str] = words_of.__wrapped__(_DOT_OF_AN_ABBREVIATION.sub("", words))
    return frozenset(one for one in asked if len(one) > 1 and one not in FILLER) or asked


def _entries_meeting(asked: str, holders: Mapping[str, set[str]]) -> set[str]:
    return {key for known in _known_words(asked, holders) for key in holders[known]}


def _known_words(asked: str, known: Iterable[str]) -> Iterator[str]:
    """Those that the word meets; a word that is spelt as the list has it is no typo of another."""
    met = {one: how_met(asked, one) for one in known}
    is_spelt = not {How.EXACT, How.STEM}.isdisjoint(met.values())
    for one, how in met.items():
        if (how and not (is_spelt and how is How.TYPO)) or _overlaps(asked, one):
            yield one


def _overlaps(asked: str, known: str) -> bool:
    return (len(asked) >= SHORTEST_WITHIN and asked in known) or (
        len(known) >= SHORTEST_AROUND and known in asked
    )
