"""Taking out words, brands and sources that left the folder and that nothing uses any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.checking import Words
from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.products import Brand
from reviews_app.catalogue.records import SOURCE_ID
from reviews_app.catalogue.records_vocabulary import ATTRIBUTES, TAXONOMY
from reviews_app.catalogue.rows import table_of
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import (
    Area,
    Attribute,
    AttributeExclusion,
    Form,
    MassageType,
    Mechanism,
)
from reviews_app.db import Base, db


def sweep(words: Words, sources: Set[str], changes: Changes, faults: Faults) -> None:
    """Delete what left and is unused; a word that left and is still used is noted as a fault."""
    taxonomy = words.taxonomy
    kept: tuple[tuple[type[Base], str, str, Iterable[Any]], ...] = (
        (MassageType, "massage type", TAXONOMY, taxonomy.types),
        (Mechanism, "mechanism", TAXONOMY, taxonomy.mechanisms),
        (Area, "area", TAXONOMY, taxonomy.areas),
        (Attribute, "attribute", ATTRIBUTES, words.declared.attributes),
        (Form, "form", TAXONOMY, taxonomy.forms),
    )
    for kind, name, file, records in kept:
        for id_ in _left(kind, {record.id for record in records}):
            user = _user(kind, id_)
            if user is None:
                _delete(kind, name, id_, changes)
            else:
                faults.add(file, name, id_, f"was taken out but is still used by {user}")
    _sweep_unused(Brand, "brand", set(), changes)
    _sweep_unused(Source, "source", sources, changes)


def _sweep_unused(kind: type[Base], name: str, ids: Set[str], changes: Changes) -> None:
    for id_ in _left(kind, ids):
        # Sources of the evidence are kept by guidance.
        is_ours = kind is not Source or SOURCE_ID.fullmatch(id_)
        if is_ours and _user(kind, id_) is None:
            _delete(kind, name, id_, changes)


def _left(kind: type[Base], ids: Set[str]) -> Iterator[str]:
    for id_ in db.session.scalars(sa.select(table_of(kind).c.id)).all():
        if id_ not in ids:
            yield id_


def _user(kind: type[Base], id_: str) -> str | None:
    """The name of a table with a row that refers to this one, or None."""
    for table in Base.metadata.sorted_tables:
        if table is table_of(AttributeExclusion):
            continue
        for key in table.foreign_keys:
            if key.column is table_of(kind).c.id:
                used = sa.select(sa.literal(1)).select_from(table).where(key.parent == id_)
                if db.session.execute(used.limit(1)).first() is not None:
                    return table.name.replace("_", " ")
    return None


def _delete(kind: type[Base], name: str, id_: str, changes: Changes) -> None:
    if kind in (Attribute, Form):
        exclusion = table_of(AttributeExclusion)
        column = exclusion.c.attribute_id if kind is Attribute else exclusion.c.form_id
        db.session.execute(sa.delete(exclusion).where(column == id_))
    table = table_of(kind)
    db.session.execute(sa.delete(table).where(table.c.id == id_))
    changes.removed.add(name, id_)
