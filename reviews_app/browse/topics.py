"""Finds the pages of the guidance that words are about: an illness is no name of a machine.

Words meet the labels and short texts of these pages as they meet machines (`browse.words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby

import sqlalchemy as sa

from reviews_app.browse.facets import Vocabulary
from reviews_app.browse.selection import Selection
from reviews_app.browse.words import (
    ALIAS,
    FUZZY,
    Holders,
    asked_words,
    classes_met,
    holders_of,
    word_class,
    words_of,
)
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.vocabulary import MassageType
from reviews_app.db import db
from reviews_app.guidance.models import (
    ACTIONS,
    ON_YOUR_OWN,
    SEVERITIES,
    Claim,
    Contraindication,
    GlossaryTerm,
    Guide,
    Need,
    Question,
    RedFlag,
)

NAMING = ("type", "area", "form")
"""The facets whose labels say which machines, not what for."""

EVERYWHERE = words_of("leg massage machine")
"""Words that no page of ours is about more than another."""

MOST, MOST_OF_A_KIND = 6, 2


@dataclass(frozen=True)
class Topic:
    """What a page, or a place on one, is about; note: what kind of page that is, and how strict."""

    kind: str
    id: str
    label: str
    note: str


@dataclass(frozen=True)
class _Library:
    """All topics, warnings first, and the places of those that hold each word."""

    topics: tuple[Topic, ...]
    holders: Holders


def topics(
    selection: Selection, *, most: int = MOST, of_a_kind: int = MOST_OF_A_KIND
) -> tuple[Topic, ...]:
    """The pages that the words of a Selection are about, a few of each kind, warnings first.

    Each meets all words asked for but those that name a choice; those that meet most of these too
    are taken. None where no other word is asked for: then machines are looked for.
    """
    asked = asked_words(selection.words)
    wanted = [word for word in asked if not _names_a_choice(word, selection.vocabulary)]
    if not wanted:
        return ()
    library = _library()
    met = {word: _met(word, library.holders) for word in asked}
    places = sorted(set.intersection(*(set(met[word]) for word in wanted)))

    def rank(place: int) -> tuple[int, int]:
        classes = [found[place] for found in met.values() if place in found]
        return -len(classes), sum(classes)

    best: list[int] = []
    for _, alike in groupby(places, lambda place: library.topics[place].kind):
        best += sorted(nsmallest(of_a_kind, alike, key=rank))
    return tuple(library.topics[place] for place in best[:most])


def _names_a_choice(word: str, vocabulary: Vocabulary) -> bool:
    labels = (option.label for name in NAMING for option in vocabulary.facet[name].options)
    known = (one for words in (EVERYWHERE, *map(words_of, labels)) for one in words)
    return any(word_class(word, one) not in {None, FUZZY} for one in known)


def _met(word: str, holders: Holders) -> Mapping[int, int]:
    """The topics that a word meets; for a typo it is taken only where none has it as written."""
    met = classes_met(word, holders)
    return {place: how for place, how in met.items() if how < FUZZY} or met


@once_a_revision
def _library() -> _Library:
    """Short texts are met as other names are, never as well as the label."""
    told = [*_warnings(), *_needs(), *_others()]
    texts = [(place, "label", topic.label) for place, (topic, _) in enumerate(told)]
    texts += [(place, ALIAS, f"{topic.id} {text}") for place, (topic, text) in enumerate(told)]
    return _Library(tuple(topic for topic, _ in told), holders_of(texts))


def _warnings() -> Iterator[tuple[Topic, str]]:
    flags = db.session.scalars(sa.select(RedFlag).order_by(RedFlag.position))
    for flag in sorted(flags, key=lambda one: ACTIONS.index(one.action)):
        yield Topic("red_flag", flag.id, flag.sign, f"Warning sign: {flag.action}"), ""
    rules = db.session.scalars(sa.select(Contraindication).order_by(Contraindication.position))
    for rule in sorted(rules, key=lambda one: SEVERITIES.index(one.severity)):
        topic = Topic("contraindication", rule.id, rule.name, f"Safety: {rule.severity}")
        yield topic, " ".join(rule.signs)


def _needs() -> Iterator[tuple[Topic, str]]:
    """Those that nobody should try a machine for without asking come first."""
    needs = db.session.scalars(sa.select(Need).order_by(Need.position))
    for need in sorted(needs, key=lambda one: one.self_use == ON_YOUR_OWN):
        warning = "" if need.self_use == ON_YOUR_OWN else f": {need.self_use}"
        yield Topic("need", need.id, need.label, f"What may help{warning}"), need.do_first


def _others() -> Iterator[tuple[Topic, str]]:
    of_kind = {
        ("question", "Question"): sa.select(Question.id, Question.question, sa.literal("")),
        ("type", "Kind of massage"): sa.select(
            MassageType.id, MassageType.label, MassageType.summary
        ),
        ("claim", "What people say"): sa.select(Claim.id, Claim.title, Claim.popular_claim),
        ("guide", "Guide"): sa.select(Guide.slug, Guide.title, Guide.summary).where(
            Guide.kind == "guide"
        ),
        ("term", "What the word means"): sa.select(
            GlossaryTerm.id, GlossaryTerm.term, GlossaryTerm.definition
        ),
    }
    for (kind, note), rows in of_kind.items():
        for id_, label, text in db.session.execute(rows.order_by(sa.text("position"))):
            yield Topic(kind, id_, label, note), text
