"""The catalogue as the seed folder it could have been imported from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reviews_app.catalogue.aliases import ALIASES
from reviews_app.catalogue.directory import brand_ids
from reviews_app.catalogue.folder import write_toml
from reviews_app.catalogue.products import Brand, BrandAlias, Product
from reviews_app.catalogue.reading import PRODUCTS, sources_file
from reviews_app.catalogue.records import SOURCE_ID
from reviews_app.catalogue.records_vocabulary import ATTRIBUTES, TAXONOMY
from reviews_app.catalogue.rows import ProductRows, Row, table_of
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.storing import stored_products
from reviews_app.catalogue.vocabulary import Area, Attribute, Form, MassageType, Mechanism
from reviews_app.db import Base, db

BATCH = 500
SOURCES_FILE_CHARACTERS = 400_000
"""About how much one file of sources holds: a file is refused at import when it is far larger."""

Document = dict[str, Any]

_ABOUT_TAXONOMY = """\
The words machines are described in; their order here is their order on the site.
mechanisms: what evidence and contraindications attach to.
types: what a reader would call the massage. A type with assigned_when is given by the
  importer, to a machine that meets any of its clauses; every other type is set by an
  editor in the file of the machine. words are looked for in the sources of a machine, so
  that the type can cite one: whole words in lower case, capitals in the source do not matter.
areas: the parts of the leg, foot to glutes, with words in the same sense.
forms: the shape a machine comes in."""

_ABOUT_ATTRIBUTES = """\
Everything that can be known of a machine, in the order of the product page.
kind: yes_no, number (one, or a list where there are several settings), choice (one of
  options), choices (a list; free text without options), dimensions (one to three lengths).
filter: options, range, or fit (fit names the part measured, fit_bound the limit stated);
  left out means that a listing cannot be narrowed by it.
better: higher or lower, left out where neither is. forms: the forms it can apply to, left
  out means all. on_card: shown on a card of a listing when known. Units are in the id."""

_ABOUT_ALIASES = """\
Other names that readers look for a brand by. brand: spelled as in the files of its machines;
a name must hold for every one of them, and because and source say why. A name that only some
machines bear stands in theirs, where it is found already."""

_ABOUT_SOURCES = """\
Where facts come from. kind: regulator, manual, maker, study, review or shop. weak = true
marks a copy, a generated page or a link farm: shown as such, and beaten by any other.
A large catalogue goes on in sources-2.toml, sources-3.toml and so on.
Ids beginning with E are those of the evidence, in evidence/studies.toml."""


def write(folder: Path, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Write words, sources and every product that is not retired; how many products that is.

    Raises OSError where a file cannot be written.
    """
    write_toml(folder / TAXONOMY, taxonomy_document(), _ABOUT_TAXONOMY)
    write_toml(folder / ATTRIBUTES, attributes_document(), _ABOUT_ATTRIBUTES)
    for number, listed in enumerate(_source_lists(), start=1):
        write_toml(folder / sources_file(number), {"sources": listed}, _ABOUT_SOURCES)
    (folder / PRODUCTS).mkdir(exist_ok=True)
    brands = {brand.id: brand.name for brand in db.session.execute(sa.select(Brand.id, Brand.name))}
    here = set(brand_ids())
    aliases = [_alias(row, brands) for row in _words(BrandAlias) if row["brand_id"] in here]
    if aliases:
        write_toml(folder / ALIASES, {"aliases": aliases}, _ABOUT_ALIASES)
    weak = frozenset(db.session.scalars(sa.select(Source.id).where(Source.weak)))
    count = 0
    for batch in _batches():
        for slug, (_, rows) in stored_products(batch).items():
            document = product_document(rows, brands, weak)
            write_toml(folder / PRODUCTS / f"{slug}.toml", document)
        count += len(batch)
        progress(len(batch))
    return count


def product_count() -> int:
    """How many products an export writes."""
    query = sa.select(sa.func.count()).select_from(Product).where(Product.retired_at.is_(None))
    return db.session.scalar(query) or 0


def taxonomy_document() -> Document:
    """What `taxonomy.toml` says."""
    return {
        "mechanisms": list(_words(Mechanism)),
        "types": [_type(row) for row in _words(MassageType)],
        "areas": list(_words(Area)),
        "forms": list(_words(Form)),
    }


def attributes_document() -> Document:
    """What `attributes.toml` says."""
    return {"attributes": [_attribute(row) for row in _words(Attribute)]}


def product_document(rows: ProductRows, brands: dict[str, str], weak: frozenset[str]) -> Document:
    """What `products/<slug>.toml` says: what an editor wrote, without what follows by rule."""
    own, children = rows.product, rows.children
    brand = brands[own["brand_id"]] if own["brand_id"] else None
    plain = {
        "brand": brand,
        "name": own["name"],
        "model": own["model"],
        "manufacturer_url": own["manufacturer_url"],
        "form": own["form_id"],
        "types": [
            row["type_id"]
            for row in children.get("product_type", ())
            if row["assigned_by"] == "editor"
        ],
        "areas": [row["area_id"] for row in children.get("product_area", ())],
        "audience": {"is": own["audience"], "because": own["audience_because"]},
        "facts": [_fact(row, weak) for row in children.get("fact", ())],
        "prices": [_price(row) for row in children.get("price_observation", ())],
        "ratings": [_rating(row) for row in children.get("rating_elsewhere", ())],
        "records": [_pick(row, "kind", "detail") for row in children.get("regulatory_record", ())],
        "warnings": [_pick(row, "text") for row in children.get("warning", ())],
        "recalls": [_recall(row) for row in children.get("recall", ())],
    }
    return {key: value for key, value in plain.items() if value not in (None, [])}


def _source_lists() -> Iterator[list[Row]]:
    """The sources of the catalogue, not those of the evidence, for one file after another."""
    listed: list[Row] = []
    characters = 0
    for row in _words(Source):
        if not SOURCE_ID.fullmatch(row["id"]):
            continue
        if characters > SOURCES_FILE_CHARACTERS:
            yield listed
            listed, characters = [], 0
        listed.append(_without(row, weak=False))
        characters += sum(len(str(value)) for value in row.values())
    yield listed


def _batches() -> Iterator[list[str]]:
    last = ""
    while True:
        query = sa.select(Product.slug).where(Product.retired_at.is_(None), Product.slug > last)
        slugs = list(db.session.scalars(query.order_by(Product.slug).limit(BATCH)))
        if not slugs:
            return
        yield slugs
        last = slugs[-1]


def _words(kind: type[Base]) -> Iterator[Row]:
    table = table_of(kind)
    query = sa.select(table).order_by(table.c.position, table.c.id)
    for row in db.session.execute(query.execution_options(yield_per=BATCH)).mappings():
        yield _without({key: row[key] for key in row if key != "position"})


def _without(row: Row, **defaults: Any) -> Row:
    """The row without what need not be written: None, empty, and these defaults."""
    empty: tuple[Any, ...] = (None, "", [])
    return {
        key: value
        for key, value in row.items()
        if value not in empty and not (key in defaults and value is defaults[key])
    }


def _type(row: Row) -> Row:
    mechanism = row.pop("mechanism_id", None)
    clauses = row.pop("assigned_when", None)
    return _without({**row, "mechanism": mechanism, "assigned_when": clauses})


def _alias(row: Row, brands: dict[str, str]) -> Row:
    return {"brand": brands[row["brand_id"]], **_pick(row, "name", "because")}


def _attribute(row: Row) -> Row:
    options = row.pop("options", None)
    row = {key: value for key, value in row.items() if (key, value) != ("filter", "none")}
    return _without({**_without(row, on_card=False), "options": options})


def _fact(row: Row, weak: frozenset[str]) -> Row:
    noted = row["weak"] and row["source_id"] not in weak
    return _without(
        {
            "attribute": row["attribute_id"],
            "value": row["value"],
            "source": row["source_id"],
            "note": row["note"],
            "weak": True if noted else None,
            "preferred": row["preferred"],
        }
    )


def _price(row: Row) -> Row:
    return _without(
        {
            "amount": _shortest(row["amount_cents"] / 100),
            **{key: row[key] for key in ("currency", "seller", "terms", "as_of")},
            "source": row["source_id"],
        }
    )


def _rating(row: Row) -> Row:
    return _without(
        {
            "publisher": row["publisher"],
            "value": _shortest(row["value"]),
            "scale": _shortest(row["scale"]),
            **{key: row[key] for key in ("count", "as_of")},
            "source": row["source_id"],
        }
    )


def _recall(row: Row) -> Row:
    return _without(
        {
            **{key: row[key] for key in ("regulator", "notice_number", "hazard", "models")},
            "covers": "some units" if row["units"] else "all units",
            **{key: row[key] for key in ("units", "remedy", "issued_on", "checked_on")},
            **{key: row[key] for key in ("closed_on", "confirmed")},
            "source": row["source_id"],
        }
    )


def _pick(row: Row, *keys: str) -> Row:
    return {**{key: row[key] for key in keys}, "source": row["source_id"]}


def _shortest(number: float) -> float | int:
    return int(number) if number == int(number) else number
