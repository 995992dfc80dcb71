"""Taking out words, brands and sources that left the folder and that nothing uses any more."""

from __future__ import annotations

from collections.abc import Iterator, Set

import sqlalchemy as sa

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.checking import Words
from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.products import Brand
from reviews_app.catalogue.records import SOURCE_ID
from reviews_app.catalogue.records_vocabulary import ATTRIBUTES, TAXONOMY
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
    kept = (
        (MassageType, "massage type", TAXONOMY, {each.id for each in taxonomy.types}),
        (Mechanism, "mechanism", TAXONOMY, {each.id for each in taxonomy.mechanisms}),
        (Area, "area", TAXONOMY, {each.id for each in taxonomy.areas}),
        (Attribute, "attribute", ATTRIBUTES, {each.id for each in words.declared.attributes}),
        (Form, "form", TAXONOMY, {each.id for each in taxonomy.forms}),
    )
    for kind, name, file, ids in kept:
        for id_ in _left(kind, ids):
            user = _user(kind, id_)
            if user is None:
                _delete(kind, id_)
                changes.removed.add(name, id_)
            else:
                faults.add(file, name, id_, f"was taken out but is still used by {user}")
    for kind, name, ids in ((Brand, "brand", set()), (Source, "source", sources)):
        for id_ in _left(kind, ids):
            if _is_ours(kind, id_) and _user(kind, id_) is None:
                _delete(kind, id_)
                changes.removed.add(name, id_)


def _left(kind: type[Base], ids: Set[str]) -> Iterator[str]:
    for id_ in db.session.scalars(sa.select(kind.__table__.c.id)).all():
        if id_ not in ids:
            yield id_


def _is_ours(kind: type[Base], id_: str) -> bool:
    return kind is not Source or SOURCE_ID.fullmatch(id_) is not None


def _user(kind: type[Base], id_: str) -> str | None:
    """The name of a table with a row that refers to this one, or None."""
    for table in Base.metadata.sorted_tables:
        if table is AttributeExclusion.__table__:
            continue
        for key in table.foreign_keys:
            if key.column is kind.__table__.c.id:
                used = sa.select(sa.literal(1)).select_from(table).where(key.parent == id_)
                if db.session.execute(used.limit(1)).first() is not None:
                    return table.name.replace("_", " ")
    return None


def _delete(kind: type[Base], id_: str) -> None:
    if kind in (Attribute, Form):
        exclusion = AttributeExclusion.__table__
        column = exclusion.c.attribute_id if kind is Attribute else exclusion.c.form_id
        db.session.execute(sa.delete(exclusion).where(column == id_))  # type: ignore[arg-type]
    table = kind.__table__
    db.session.execute(sa.delete(table).where(table.c.id == id_))  # type: ignore[arg-type]
