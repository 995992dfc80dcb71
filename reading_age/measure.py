"""The measure: the Automated Readability Index, as a reading age.

E. A. Smith and R. J. Senter, "Automated Readability Index", AMRL-TR-66-220, 1967: the grade of an
American school is 4.71 letters a word + 0.5 words a sentence - 21.43; a grade is read at that age
plus five. It counts letters and not syllables, so nothing about it has to be guessed, and one text
has one grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[’'.,:/×-][^\W_]+)*")
"""A word or a number, with what is inside it: "don’t", "1.5", "high-certainty"."""
SENTENCE = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[“‘\"(]?[A-Z0-9])|\n+")
"""Where one sentence ends and the next begins. A clause after a semicolon is no new one."""


@dataclass(frozen=True)
class Measure:
    """What was counted in a text."""

    words: int
    letters: int
    sentences: int

    @property
    def age(self) -> float:
        """The years of a reader who reads it with ease."""
        return 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43 + 5

    @property
    def words_a_sentence(self) -> float:
        """How long its sentences are."""
        return self.words / self.sentences


def measure(texts: Iterable[str]) -> Measure:
    """What is in the texts; each begins a sentence. Raises ValueError where there is no word."""
    found = [WORD.findall(one) for text in texts for one in sentences(text)]
    words = [word for sentence in found for word in sentence]
    if not words:
        raise ValueError("there is no word to measure")
    letters = sum(character.isalnum() for word in words for character in word)
    return Measure(len(words), letters, len(found))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [one.strip() for one in SENTENCE.split(text) if WORD.search(one)]
