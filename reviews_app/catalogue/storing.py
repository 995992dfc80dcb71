"""Writing records to their tables, touching only what differs from what is there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.aliases import AliasRecord
from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.checking import Words
from reviews_app.catalogue.products import Brand, BrandAlias, Fact, FactOption, Product, Recall
from reviews_app.catalogue.records import SourceRecord, slugified
from reviews_app.catalogue.rows import CHILDREN, ProductRows, Row, table_of
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

_NOT_COMPARED = {"id", "product_id", "retired_at"}


def store_words(words: Words, changes: Changes) -> None:
    """Add and change mechanisms, types, areas, forms and attributes; what left stays for now."""
    taxonomy = words.taxonomy
    _store_words(Mechanism, "mechanism", [_plain(each) for each in taxonomy.mechanisms], changes)
    _store_words(MassageType, "massage type", [_type_row(each) for each in taxonomy.types], changes)
    _store_words(Area, "area", [_plain(each) for each in taxonomy.areas], changes)
    _store_words(Form, "form", [_plain(each) for each in taxonomy.forms], changes)
    attributes = [_plain(each) for each in words.declared.attributes]
    _store_words(Attribute, "attribute", attributes, changes)
    db.session.execute(sa.delete(AttributeExclusion))
    excluded = [
        {"attribute_id": attribute.id, "form_id": form.id}
        for attribute in words.declared.attributes
        for form in taxonomy.forms
        if not attribute.applies_to(form.id)
    ]
    if excluded:
        db.session.execute(sa.insert(AttributeExclusion), excluded)


def store_brands(brands: Mapping[str, str], changes: Changes) -> None:
    """Add brands, and change the spelling of those that changed."""
    rows = [{"id": slug, "name": name} for slug, name in brands.items()]
    _upsert(Brand, "brand", rows, changes)


def store_aliases(aliases: Sequence[AliasRecord], changes: Changes) -> None:
    """Add, change and take out other names of brands; brands and sources are stored before."""
    rows = [
        {
            "id": alias.id,
            "brand_id": slugified(alias.brand),
            "name": alias.name,
            "because": alias.because,
            "source_id": alias.source,
        }
        for alias in aliases
    ]
    left = db.session.scalars(
        sa.select(BrandAlias.id).where(BrandAlias.id.not_in([row["id"] for row in rows]))
    ).all()
    db.session.execute(sa.delete(table_of(BrandAlias)).where(table_of(BrandAlias).c.id.in_(left)))
    changes.removed.add_all("other name", left)
    _store_words(BrandAlias, "other name", rows, changes)


def store_sources(numbered: Sequence[tuple[int, SourceRecord]], changes: Changes) -> None:
    """Add and change sources, each with its position."""
    rows = [{**source.model_dump(), "position": position} for position, source in numbered]
    _upsert(Source, "source", rows, changes)


def store_products(incoming: Sequence[ProductRows], changes: Changes) -> None:
    """Add products, replace those that differ, and bring back those that were retired."""
    slugs = [rows.product["slug"] for rows in incoming]
    stored = stored_products(slugs)
    retired = set(
        db.session.scalars(
            sa.select(Product.slug).where(Product.slug.in_(slugs), Product.retired_at.is_not(None))
        )
    )
    new, changed = [], []
    for rows in incoming:
        slug = rows.product["slug"]
        if slug in stored:
            _keep_recalls(rows, stored[slug][1])
        if slug not in stored:
            new.append(rows)
            changes.added.add("product", slug)
        elif rows != stored[slug][1] or slug in retired:
            changed.append((stored[slug][0], rows))
            changes.changed.add("product", slug)
    _replace(changed)
    _insert(new)


def _keep_recalls(rows: ProductRows, stored: ProductRows) -> None:
    """Where the data does not speak of recalls, those on record are part of it."""
    name = Recall.__tablename__
    rows.children.setdefault(name, stored.children.get(name, []))


def stored_products(slugs: Sequence[str]) -> dict[str, tuple[int, ProductRows]]:
    """What is stored of these products, by slug, each with its id; unknown slugs are left out."""
    found = db.session.execute(
        sa.select(*table_of(Product).columns).where(Product.slug.in_(slugs))
    ).mappings()
    by_id = {row["id"]: ProductRows(_compared(row)) for row in found}
    ids: sa.BindParameter[int] = sa.bindparam("ids", list(by_id), expanding=True)
    for kind in CHILDREN:
        for product_id, rows in _stored_children(kind, ids).items():
            by_id[product_id].children[kind.__tablename__] = rows
    return {rows.product["slug"]: (id_, rows) for id_, rows in by_id.items()}


def retire(slugs: Iterable[str], at: dt.datetime, changes: Changes) -> None:
    """Mark these products as having left the catalogue at `at` (UTC)."""
    for slug in slugs:
        leave = sa.update(Product).where(Product.slug == slug).values(retired_at=at)
        db.session.execute(leave.execution_options(synchronize_session=False))
        changes.removed.add("product", slug)


def _stored_children(kind: type[Base], ids: Any) -> dict[int, list[Row]]:
    table = table_of(kind)
    order = table.c.position if "position" in table.c else table.c.mechanism_id
    query = sa.select(table).where(table.c.product_id.in_(ids))
    options = _stored_options(ids) if kind is Fact else None
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.execute(query.order_by(table.c.product_id, order)).mappings():
        compared = _compared(row)
        if options is not None:
            compared["options"] = sorted(options[row["id"]])
        found[row["product_id"]].append(compared)
    return found


def _stored_options(ids: Any) -> dict[int, list[str]]:
    query = sa.select(FactOption.fact_id, FactOption.option).join(
        Fact, Fact.id == FactOption.fact_id
    )
    found: dict[int, list[str]] = defaultdict(list)
    for fact_id, option in db.session.execute(query.where(Fact.product_id.in_(ids))):
        found[fact_id].append(option)
    return found


def _replace(changed: Sequence[tuple[int, ProductRows]]) -> None:
    ids = [product_id for product_id, _ in changed]
    if not ids:
        return
    facts = sa.select(Fact.id).where(Fact.product_id.in_(ids))
    db.session.execute(sa.delete(table_of(FactOption)).where(FactOption.fact_id.in_(facts)))
    for kind in CHILDREN:
        table = table_of(kind)
        db.session.execute(sa.delete(table).where(table.c.product_id.in_(ids)))
    for product_id, rows in changed:
        own = sa.update(table_of(Product)).where(table_of(Product).c.id == product_id)
        db.session.execute(own.values(**rows.product, retired_at=None))
    _insert_children(changed)


def _insert(new: Sequence[ProductRows]) -> None:
    if not new:
        return
    first = _next_id(Product)
    numbered = [(first + offset, rows) for offset, rows in enumerate(new)]
    _insert_rows(Product, [{"id": id_, **rows.product} for id_, rows in numbered])
    _note_ids(Product)
    _insert_children(numbered)


def _insert_children(numbered: Sequence[tuple[int, ProductRows]]) -> None:
    for kind in CHILDREN:
        name = kind.__tablename__
        rows = [
            {**row, "product_id": product_id}
            for product_id, product in numbered
            for row in product.children.get(name, ())
        ]
        if kind is Fact:
            _insert_facts(rows)
        else:
            _insert_rows(kind, rows)


def _insert_facts(rows: list[Row]) -> None:
    options: list[Row] = []
    for id_, row in enumerate(rows, start=_next_id(Fact)):
        row["id"] = id_
        options += [{"fact_id": id_, "option": option} for option in row.pop("options")]
    _insert_rows(Fact, rows)
    _insert_rows(FactOption, options)
    _note_ids(Fact)


def _insert_rows(kind: type[Base], rows: list[Row]) -> None:
    if rows:
        db.session.execute(sa.insert(table_of(kind)), rows)


def _next_id(kind: type[Product] | type[Fact]) -> int:
    return (db.session.scalar(sa.select(sa.func.max(kind.id))) or 0) + 1


def _note_ids(kind: type[Product] | type[Fact]) -> None:
    """PostgreSQL counts the ids it gives; those we chose must not be given again."""
    if db.session.get_bind().dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(kind.__tablename__, "id")
        highest = sa.select(sa.func.max(kind.id)).scalar_subquery()
        db.session.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1))))


def _store_words(kind: type[Base], name: str, rows: list[Row], changes: Changes) -> None:
    numbered = [{**row, "position": position} for position, row in enumerate(rows)]
    _upsert(kind, name, numbered, changes)


def _upsert(kind: type[Base], name: str, rows: list[Row], changes: Changes) -> None:
    table = table_of(kind)
    ids = [row["id"] for row in rows]
    found = db.session.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()
    stored = {row["id"]: dict(row) for row in found}
    new = [row for row in rows if row["id"] not in stored]
    _insert_rows(kind, new)
    changes.added.add_all(name, (row["id"] for row in new))
    for row in rows:
        if row["id"] in stored and repr(sorted(row.items())) != repr(
            sorted(stored[row["id"]].items())
        ):
            db.session.execute(sa.update(table).where(table.c.id == row["id"]).values(**row))
            changes.changed.add(name, row["id"])


def _plain(record: Any) -> Row:
    row: Row = record.model_dump()
    return row


def _type_row(record: Any) -> Row:
    row = record.model_dump()
    row["mechanism_id"] = row.pop("mechanism")
    row["assigned_when"] = [
        clause.model_dump(exclude_defaults=True) for clause in record.assigned_when
    ]
    return dict(row)


def _compared(row: sa.RowMapping) -> Row:
    return {key: value for key, value in row.items() if key not in _NOT_COMPARED}
