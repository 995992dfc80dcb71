"""The reviews that come with the site: one a machine that may have one, none like another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.products import Brand, Product
from reviews_app.config import ROOT
from reviews_app.db import db
from reviews_app.reviews import exporter, importer
from reviews_app.reviews.checking import machines_of, may_be_reviewed
from reviews_app.reviews.pieces import spoken
from reviews_app.reviews.records import Review

SEED = ROOT / "seed_data"
A_SENTENCE = 4
"""Words; a shorter one is no sentence but a label."""


@pytest.fixture
def imported(real_catalogue: Flask) -> Iterator[None]:
    """A context in which the real catalogue can be asked."""
    with real_catalogue.app_context():
        yield


@pytest.fixture(scope="module")
def reviews() -> tuple[Review, ...]:
    """All of them, read once."""
    faults = Faults()
    found = importer.read(SEED, faults)
    assert [str(fault) for fault in faults.shown] == []
    assert found
    return found


@pytest.mark.usefixtures("imported")
def test_every_machine_that_enough_is_known_of_has_a_review(reviews: tuple[Review, ...]) -> None:
    machines = machines_of(set(db.session.scalars(sa.select(Product.slug))))

    due = {slug for slug, machine in machines.items() if may_be_reviewed(machine)}

    assert {review.slug for review in reviews} == due


@pytest.mark.usefixtures("imported")
def test_export_is_the_folder_byte_for_byte(tmp_path: Path) -> None:
    exporter.write(tmp_path)

    for name in {path.name for path in (SEED / "reviews").iterdir()}:
        assert (tmp_path / "reviews" / name).read_bytes() == (SEED / "reviews" / name).read_bytes()


@pytest.mark.usefixtures("imported")
def test_no_sentence_stands_in_two_reviews(reviews: tuple[Review, ...]) -> None:
    names = set(db.session.scalars(sa.select(Product.name))) | set(
        db.session.scalars(sa.select(Brand.name))
    )
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    named = re.compile(rf"\b(?:{'|'.join(longest_first)})(?!\w)")
    standing: defaultdict[str, list[str]] = defaultdict(list)
    for review in reviews:
        for sentence in {one for text in review.texts for one in _sentences(text.words, named)}:
            standing[sentence].append(review.slug)

    assert {one: where for one, where in standing.items() if len(where) > 1} == {}


def test_no_two_reviews_are_alike(reviews: tuple[Review, ...]) -> None:
    """Five words in a row, shared: a tenth of the shorter of two reviews at most."""
    runs = {review.slug: _runs(review) for review in reviews}

    alike = [
        (one, other)
        for one, other in combinations(runs, 2)
        if len(runs[one] & runs[other]) > 0.1 * min(len(runs[one]), len(runs[other]))
    ]

    assert alike == []


def _sentences(text: str, named: re.Pattern[str]) -> Iterator[str]:
    """Without names, figures and tokens, in lower case."""
    for sentence in re.split(r"[.!?;:]\s+|[.!?;:]$", named.sub(" ", spoken(text))):
        plain = re.sub(r"\{[^}]*\}|[^a-z ]", " ", sentence.lower())
        if len(plain.split()) >= A_SENTENCE:
            yield " ".join(plain.split())


def _runs(review: Review) -> set[tuple[str, ...]]:
    said = [re.findall(r"[a-z]+", spoken(text.words).lower()) for text in review.texts]
    return {tuple(one[n : n + 5]) for one in said for n in range(len(one) - 4)}
