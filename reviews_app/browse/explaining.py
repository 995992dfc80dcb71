"""Says why words found machines: which word met which word of which field, and how well.

Read from the database for the machines of a page, whoever found them: SQL or the index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reviews_app.browse.texts import FIELDS, texts
from reviews_app.browse.words import ALIAS, CLASS, How, how_met, words_of

MOST_MEANT = 3

_ORDER = tuple(How)


@dataclass(frozen=True)
class Met:
    """One word asked for, the word it met best, the field that word stands in, and how."""

    asked: str
    known: str
    field: str
    how: How


@dataclass(frozen=True)
class Forgiven:
    """A word as it was typed, and the words of the machines it was taken for, commonest first."""

    asked: str
    meant: tuple[str, ...]


def explain(query: str, ids: Collection[int]) -> dict[int, tuple[Met, ...]]:
    """For each product what the words of the query met; one statement, none without words."""
    fields: dict[int, list[tuple[str, str]]] = {product_id: [] for product_id in ids}
    if query and ids:
        for product_id, field, text in texts(ids):
            fields[product_id].append((field, text))
    return {product_id: explained(query, found) for product_id, found in fields.items()}


def forgiven(query: str, ids: Collection[int]) -> tuple[Forgiven, ...]:
    """The words of the query that no product of some has but for typos; one statement."""
    every = explain(query, ids).values()
    found = []
    for asked in sorted(words_of(query)) if every else ():
        met = [one for explanation in every for one in explanation if one.asked == asked]
        if all(one.how == How.TYPO for one in met):
            common = Counter(one.known for one in met).most_common(MOST_MEANT)
            found.append(Forgiven(asked, tuple(known for known, _ in common)))
    return tuple(found)


def explained(query: str, fields: Iterable[tuple[str, str]]) -> tuple[Met, ...]:
    """For each word of the query what it met best, in the order of the alphabet.

    fields: names, as in FIELDS, and texts of all that a machine is found by. Among equal ranks the
    field that comes first there is named. A word that meets nothing is left out.
    """
    known = [(name, word) for name, text in fields for word in words_of(text)]
    found = []
    for asked in sorted(words_of(query)):
        met = [
            (CLASS[how], FIELDS.index(name), _ORDER.index(how), word)
            for name, word in known
            if (how := how_met(asked, word, alias=name == ALIAS)) is not None
        ]
        if met:
            _, field, how_well, word = min(met)
            found.append(Met(asked, word, FIELDS[field], _ORDER[how_well]))
    return tuple(found)
