"""Says why words found machines: which word met which word of which field, and how well.

Read from the database for the machines of a page, whoever found them: SQL or the index. What a
machine is found by is remembered where answers come from the index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reviews_app.browse.texts import FIELDS, texts
from reviews_app.browse.words import ALIAS, CLASS, How, asked_words, how_met, words_of
from reviews_app.catalogue.remembering import each_once

MOST_MEANT = 3
MOST_REMEMBERED = 5_000
"""Machines whose words are remembered, some 20 each."""

Known = tuple[tuple[str, str], ...]
"""The words a machine is found by, each after the name of its field."""

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
    known = _known(ids) if query else {}
    asked = sorted(asked_words(query))
    return {product_id: _explained(asked, known.get(product_id, ())) for product_id in ids}


def forgiven(query: str, ids: Collection[int]) -> tuple[Forgiven, ...]:
    """The words of the query that no product of some has but for typos; one statement."""
    wanted = sorted(asked_words(query)) if query and ids else []
    every = _known(ids).values() if wanted else ()
    met_as_asked = {word for known in every for _, word in known}
    found = []
    for asked in wanted:
        if asked in met_as_asked:  # what is mostly so needs no closer look
            continue
        met = [one for known in every for one in _explained([asked], known)]
        if all(one.how == How.TYPO for one in met):
            common = Counter(one.known for one in met).most_common(MOST_MEANT)
            found.append(Forgiven(asked, tuple(known for known, _ in common)))
    return tuple(found)


def explained(query: str, fields: Iterable[tuple[str, str]]) -> tuple[Met, ...]:
    """For each word asked for what it met best, in the order of the alphabet.

    fields: names, as in FIELDS, and texts of all that a machine is found by. Among equal ranks the
    field that comes first there is named. A word that meets nothing is left out.
    """
    return _explained(sorted(asked_words(query)), _words(fields))


def _explained(wanted: Iterable[str], known: Known) -> tuple[Met, ...]:
    found = []
    for asked in wanted:
        met = [
            (CLASS[how], FIELDS.index(name), _ORDER.index(how), word)
            for name, word in known
            if (how := how_met(asked, word, alias=name == ALIAS)) is not None
        ]
        if met:
            _, field, how_well, word = min(met)
            found.append(Met(asked, word, FIELDS[field], _ORDER[how_well]))
    return tuple(found)


def _known(ids: Collection[int]) -> dict[int, Known]:
    """The words that each product is found by."""
    return each_once("words", ids, _read, most=MOST_REMEMBERED)


def _read(ids: Collection[int]) -> dict[int, Known]:
    fields: dict[int, list[tuple[str, str]]] = {product_id: [] for product_id in ids}
    for product_id, field, text in texts(ids):
        fields[product_id].append((field, text))
    return {product_id: _words(found) for product_id, found in fields.items()}


def _words(fields: Iterable[tuple[str, str]]) -> Known:
    return tuple((name, word) for name, text in fields for word in words_of(text))
