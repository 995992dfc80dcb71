"""Suggests where words that are being typed may lead: choices by labels, pages, machines by all.

Words meet as they do in the listing (`browse.words`), so whoever follows a suggestion, or sends the
words instead, finds what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.browse.explaining import explained
from reviews_app.browse.facets import Facet, Option
from reviews_app.browse.selection import Selection
from reviews_app.browse.shelves import Shelves
from reviews_app.browse.topics import Topic, topics
from reviews_app.browse.words import ALIAS, CLASS, asked_words
from reviews_app.catalogue.products import BrandAlias
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.vocabulary import NOT_STATED
from reviews_app.db import db

FACETS = ("type", "area", "form", "brand")
"""Whose options are suggested, those first that mean most to a reader."""

MOST_CHOICES = 4
MOST_TOPICS = 4
MOST_MACHINES = 4


@dataclass(frozen=True)
class Choice:
    """An option of a facet whose label, or other name, the words meet; count: its machines."""

    facet: Facet
    option: Option
    count: int


@dataclass(frozen=True)
class Suggestions:
    """Choices, pages and the ids of machines; choices and machines as they meet the words."""

    choices: tuple[Choice, ...]
    topics: tuple[Topic, ...]
    machines: tuple[int, ...]


def suggest(selection: Selection) -> Suggestions:
    """What the words of a Selection may mean; nothing where it has none."""
    if not selection.words:
        return Suggestions((), (), ())
    shelves = Shelves()
    return Suggestions(
        tuple(_choices(selection, shelves))[:MOST_CHOICES],
        topics(selection, most=MOST_TOPICS, of_a_kind=1),
        tuple(shelves.first(MOST_MACHINES, ("q", selection.words))),
    )


def _choices(selection: Selection, shelves: Shelves) -> Iterable[Choice]:
    aliases = _aliases()
    found = []
    for place, name in enumerate(FACETS):
        facet = selection.vocabulary.facet[name]
        counts = shelves.counts(name)
        for option in facet.options:
            others = aliases.get(option.value, ()) if name == "brand" else ()
            how_well = _met(selection.words, name, option.label, others)
            if how_well is not None and counts.get(option.value) and option.value != NOT_STATED:
                key = (how_well, place, -counts[option.value], option.value)
                found.append((key, Choice(facet, option, counts[option.value])))
    return (choice for _, choice in sorted(found, key=lambda one: one[0]))


def _met(words: str, name: str, label: str, others: Iterable[str]) -> int | None:
    """The class of the word that an option meets worst; None where it does not meet them all."""
    met = explained(words, [(name, label), *((ALIAS, other) for other in others)])
    return max(CLASS[one.how] for one in met) if len(met) == len(asked_words(words)) else None


@once_a_revision
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """The other names of every brand that has some, by its id."""
    found: dict[str, tuple[str, ...]] = {}
    for brand_id, name in db.session.execute(sa.select(BrandAlias.brand_id, BrandAlias.name)):
        found[brand_id] = (*found.get(brand_id, ()), name)
    return found
