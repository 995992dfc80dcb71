"""Says why words found a machine: which word met which word of which field, and how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviews_app.browse.words import EXACT, FUZZY, PREFIX, word_class, words_of

HOW = {EXACT: "exact", PREFIX: "prefix", FUZZY: "typo"}


@dataclass(frozen=True)
class Met:
    """One word asked for, the word it met best, and the field that word stands in."""

    asked: str
    known: str
    field: str
    how: str


def explained(query: str, fields: Mapping[str, str]) -> tuple[Met, ...]:
    """For each word of the query what it met best, in the order of the alphabet.

    fields: name and text of everything a machine is found by, such as {"brand": "Homedics"}; of
    equal ones the first is named. A word that meets nothing is left out.
    """
    found = []
    for asked in sorted(words_of(query)):
        met = [
            (how, place, name, known)
            for place, (name, text) in enumerate(fields.items())
            for known in words_of(text)
            if (how := word_class(asked, known)) is not None
        ]
        if met:
            how, _, name, known = min(met)
            found.append(Met(asked, known, name, HOW[how]))
    return tuple(found)
