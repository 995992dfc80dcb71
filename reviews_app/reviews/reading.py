"""A desk review as a reader gets it: tokens are values, statements carry what backs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.products import Fact, Product
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.values import value_in_words
from reviews_app.catalogue.vocabulary import Attribute
from reviews_app.db import db
from reviews_app.guidance.models import Claim
from reviews_app.reviews.exporter import review_of
from reviews_app.reviews.models import DeskReview
from reviews_app.reviews.pieces import (
    Answer,
    Answers,
    Paragraph,
    Token,
    line,
    paragraphs,
    tokens_of,
)
from reviews_app.reviews.records import Review, StatementRecord, claims_of, studies_of


@dataclass(frozen=True)
class Statement:
    """Something good or less good: its words, and the sources and claims behind it."""

    words: Paragraph
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Alternative:
    """Another machine, and how it differs."""

    slug: str
    name: str
    why: Paragraph


@dataclass(frozen=True)
class ReadingReview:
    """A review ready to print: every token has become the value that is accepted today."""

    verdict: Paragraph
    summary: Paragraph
    good: tuple[Statement, ...]
    less_good: tuple[Statement, ...]
    best_for: tuple[Paragraph, ...]
    not_for: tuple[Paragraph, ...]
    unknown: tuple[Paragraph, ...]
    alternatives: tuple[Alternative, ...]
    body: tuple[Paragraph, ...]
    written_on: str
    checked_on: str
    method: str
    by: str


def find_review(product: Product) -> ReadingReview | None:
    """Our review of a product that has its facts, with attributes and sources, loaded; or None.

    One statement where there is none, five where there is one.
    """
    stored = db.session.get(DeskReview, product.id)
    return None if stored is None else _read(stored, product)


def _read(stored: DeskReview, product: Product) -> ReadingReview:
    review = review_of(stored, product.slug)
    record = review.record
    own = {fact.attribute_id: fact for fact in product.facts if fact.accepted}
    backing = _Backing(own, _sources(studies_of((review,))), _claims(claims_of((review,))))
    answers = {
        **{Token("", one.attribute_id): answer(one, one.attribute) for one in own.values()},
        **_answers_of_others(review),
    }
    return ReadingReview(
        verdict=line(record.verdict, answers),
        summary=line(record.summary, answers),
        good=tuple(backing.statement(one, answers) for one in record.good),
        less_good=tuple(backing.statement(one, answers) for one in record.less_good),
        best_for=_lines(record.best_for, answers),
        not_for=_lines(record.not_for, answers),
        unknown=_lines(record.unknown, answers),
        alternatives=tuple(_alternatives(review, answers)),
        body=paragraphs(review.body, answers),
        written_on=stored.written_on,
        checked_on=stored.checked_on,
        method=stored.method,
        by=stored.by,
    )


def answer(fact: Fact, attribute: Attribute) -> Answer:
    """What a token of that fact prints."""
    return Answer(value_in_words(attribute, fact.value), fact.source_id, fact.weak)


@dataclass(frozen=True)
class _Backing:
    """What the statements of one review may rest on, by id."""

    facts: Mapping[str, Fact]
    studies: Mapping[str, Source]
    claims: Mapping[str, Claim]

    def statement(self, record: StatementRecord, answers: Answers) -> Statement:
        """The statement with its sources, each once."""
        sources = [
            *(self.facts[one].source for one in record.facts if one in self.facts),
            *(self.studies[one] for one in record.studies if one in self.studies),
        ]
        return Statement(
            words=line(record.text, answers),
            facts=tuple(record.facts),
            missing=tuple(record.missing),
            sources=tuple({one.id: one for one in sources}.values()),
            claims=tuple(self.claims[one] for one in record.claims if one in self.claims),
        )


def _lines(texts: Iterable[str], answers: Answers) -> tuple[Paragraph, ...]:
    return tuple(line(text, answers) for text in texts)


def _answers_of_others(review: Review) -> dict[Token, Answer]:
    slugs = {token.slug for text in review.texts for token in tokens_of(text.words)} - {""}
    rows = db.session.execute(
        sa.select(Product.slug, Fact, Attribute)
        .join(Fact, Fact.product_id == Product.id)
        .join(Attribute, Attribute.id == Fact.attribute_id)
        .where(Product.slug.in_(slugs), Fact.accepted)
    )
    return {Token(slug, one.id): answer(fact, one) for slug, fact, one in rows}


def _alternatives(review: Review, answers: Answers) -> Iterable[Alternative]:
    rows = db.session.execute(
        sa.select(Product.slug, Product.name).where(
            Product.slug.in_(review.other_machines), Product.retired_at.is_(None)
        )
    )
    names: dict[str, str] = {row.slug: row.name for row in rows}
    for one in review.record.alternatives:
        if one.slug in names:
            yield Alternative(one.slug, names[one.slug], line(one.why, answers))


def _sources(ids: Iterable[str]) -> Mapping[str, Source]:
    return {one.id: one for one in db.session.scalars(sa.select(Source).where(Source.id.in_(ids)))}


def _claims(ids: Iterable[str]) -> Mapping[str, Claim]:
    return {one.id: one for one in db.session.scalars(sa.select(Claim).where(Claim.id.in_(ids)))}
