"""Bringing the database in step with a folder of data files: all of it, or nothing.

First everything is read and checked (`read`), then read again and stored (`store`), and at the end
words and sources that nothing uses any more are taken out (`sweep`). The caller commits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue import exporter, storing, sweeping, synthetic
from reviews_app.catalogue.accepting import CitedSource
from reviews_app.catalogue.aliases import AliasesFile, check_aliases
from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.checking import ProductCheck, Words
from reviews_app.catalogue.folder import Faults, KnownIds, Record, check
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.reading import Folder, Placed, open_folder
from reviews_app.catalogue.records import ProductRecord, SourceRecord
from reviews_app.catalogue.records_vocabulary import (
    ATTRIBUTES,
    TAXONOMY,
    AttributesFile,
    TaxonomyFile,
    check_attributes,
    check_taxonomy,
)
from reviews_app.catalogue.rows import product_rows
from reviews_app.catalogue.sources import Standing
from reviews_app.db import db

BATCH = 500

Progress = Callable[[int], None]
"""Told after every few products how many more are done."""


def _unwatched(_done: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Catalogue:
    """A folder that was read to its end. Without aliases in it, those stored stay."""

    folder: Folder
    words: Words
    sources: dict[str, CitedSource]
    brands: dict[str, str]
    aliases: AliasesFile | None
    slugs: frozenset[str]
    left: tuple[str, ...]

    def known_ids(self, *, prune: bool) -> KnownIds:
        """What guidance may refer to once this catalogue is stored."""
        kept = () if prune else self.left
        return KnownIds(
            sources=frozenset(self.sources),
            mechanisms=frozenset(each.id for each in self.words.taxonomy.mechanisms),
            types=frozenset(each.id for each in self.words.taxonomy.types),
            products=self.slugs.union(kept),
        )


def find_folder(path: Path, faults: Faults) -> Folder | None:
    """The folder at `path`, not yet read; None, with the fault noted, where there is none."""
    return open_folder(path, faults)


def read(folder: Folder, faults: Faults, progress: Progress = _unwatched) -> Catalogue | None:
    """The folder, read and checked as a whole. Store it only if `faults` has none.

    None where the words could not be read, without which nothing else can be checked.
    """
    words = _read_words(folder, faults)
    sources = _read_sources(folder, faults)
    if words is None:
        faults.add("folder", "products", "", "not checked, since the words above could not be read")
        return None
    checker = ProductCheck(words, sources.keys(), faults)
    slugs: dict[str, str] = {}
    for placed in _watched(folder.products(faults), progress):
        _note_slug(placed, slugs, faults)
        if placed.record is not None:
            checker.check(placed.record, file=placed.file, where=placed.where)
    if not slugs and not faults:
        faults.add("folder", "products", "", "holds no product")
    brands = {slug: name for slug, (name, _) in checker.spelled.items()}
    aliases = folder.aliases(faults)
    if aliases is not None:
        check_aliases(aliases, brands, sources.keys(), faults)
    known = frozenset(slugs)
    return Catalogue(folder, words, sources, brands, aliases, known, tuple(_left(known)))


def store(
    catalogue: Catalogue, faults: Faults, *, prune: bool, progress: Progress = _unwatched
) -> Changes:
    """Make the database say what the folder says. Notes a fault where the folder changed meanwhile.

    Products that left the folder are retired if `prune`, and otherwise stay as they are.
    """
    changes = Changes()
    storing.store_words(catalogue.words, changes)
    _store_sources(catalogue.folder, faults, changes)
    storing.store_brands(catalogue.brands, changes)
    if catalogue.aliases is not None:
        storing.store_aliases(catalogue.aliases.aliases, changes)
    batch: list[tuple[str, ProductRecord]] = []
    for placed in _watched(catalogue.folder.products(faults), progress):
        if placed.record is None or placed.slug not in catalogue.slugs:
            faults.add("folder", "products", "", "changed while it was being imported; try again")
            return changes
        batch.append((placed.slug, placed.record))
        if len(batch) == BATCH:
            _store_batch(batch, catalogue, changes)
            batch.clear()
    _store_batch(batch, catalogue, changes)
    if prune:
        storing.retire(catalogue.left, dt.datetime.now(dt.UTC).replace(tzinfo=None), changes)
    return changes


def sweep(catalogue: Catalogue, faults: Faults) -> Changes:
    """Take out words, brands and sources that left the folder, after guidance was stored too.

    Notes a fault for a word that left while a machine that stays, or guidance, still uses it.
    """
    changes = Changes()
    sweeping.sweep(catalogue.words, catalogue.sources.keys(), changes, faults)
    return changes


def _read_words(folder: Folder, faults: Faults) -> Words | None:
    before = faults.total
    taxonomy = folder.taxonomy(faults)
    attributes = folder.attributes(faults)
    if faults.total > before:
        return None
    if taxonomy is None:
        taxonomy = _stored(TaxonomyFile, exporter.taxonomy_document(), TAXONOMY, faults)
    if attributes is None:
        attributes = _stored(AttributesFile, exporter.attributes_document(), ATTRIBUTES, faults)
    if taxonomy is None or attributes is None:
        return None
    check_taxonomy(taxonomy, faults)
    check_attributes(taxonomy, attributes, faults)
    return None if faults.total > before else Words(taxonomy, attributes)


def _stored(
    record: type[Record], document: dict[str, Any], file: str, faults: Faults
) -> Record | None:
    """The words as the database has them, for a folder that brings none."""
    if not all(document.values()):
        reason = "is missing, and the database has no such words yet: import seed_data first"
        faults.add(file, "file", "", reason)
        return None
    return check(record, document, file=file, where="in the database", faults=faults)


def _read_sources(folder: Folder, faults: Faults) -> dict[str, CitedSource]:
    sources: dict[str, CitedSource] = {}
    for file, where, source in folder.sources(faults):
        if source.id in sources:
            faults.add(file, where, source.id, "stands twice")
        if synthetic.is_refused_url(source.url):
            faults.add(file, where, source.url, synthetic.REFUSED)
        standing = Standing.WEAK if source.weak else Standing(source.kind)
        sources[source.id] = CitedSource(source.title, source.published or "", standing)
    return sources


def _note_slug(placed: Placed, slugs: dict[str, str], faults: Faults) -> None:
    if not placed.slug:
        return
    if synthetic.is_refused_slug(placed.slug):
        faults.add(placed.file, placed.where or "file", placed.slug, synthetic.REFUSED)
    place = placed.where or placed.file
    first = slugs.setdefault(placed.slug, place)
    if first is not place:
        faults.add(placed.file, placed.where, placed.slug, f"the slug stands in {first} already")


def _left(known: frozenset[str]) -> Iterator[str]:
    stored = sa.select(Product.slug).where(Product.retired_at.is_(None)).order_by(Product.slug)
    for slug in db.session.scalars(stored.execution_options(yield_per=10_000)):
        if slug not in known:
            yield slug


def _store_sources(folder: Folder, faults: Faults, changes: Changes) -> None:
    batch: list[tuple[int, SourceRecord]] = []
    for position, (_, _, source) in enumerate(folder.sources(faults)):
        batch.append((position, source))
        if len(batch) == BATCH:
            storing.store_sources(batch, changes)
            batch.clear()
    storing.store_sources(batch, changes)


def _store_batch(
    batch: list[tuple[str, ProductRecord]], catalogue: Catalogue, changes: Changes
) -> None:
    rows = [
        product_rows(slug, record, catalogue.words, catalogue.sources) for slug, record in batch
    ]
    storing.store_products(rows, changes)


def _watched(products: Iterator[Placed], progress: Progress) -> Iterator[Placed]:
    for number, placed in enumerate(products, start=1):
        yield placed
        if number % 100 == 0:
            progress(100)
