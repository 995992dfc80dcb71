"""Writes to a catalogue for a while, as a process of its own beside those who read it.

`python -m tests.browse.index.writing URL SECONDS MANY`: changes one after the other, and a third of
the way an import of MANY machines at once, which are retired at once when another third is over.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from reviews_app import create_app
from reviews_app.catalogue.price_observations import PriceObservation
from reviews_app.catalogue.products import (
    Product,
    ProductArea,
    ProductMechanism,
    ProductType,
)
from reviews_app.catalogue.revision import raise_revision
from reviews_app.config import Config
from reviews_app.db import Base, db
from tests import factories
from tests.browse import world

FIRST = 60
PAUSE_SECONDS = 0.05
EVERY_SO_MANY_TAKEN_BACK = 7


def add(chance: random.Random, slug: str) -> Product:
    """A machine like others."""
    return factories.a_product(
        slug,
        name=chance.choice(world.NAMES),
        brand_id=chance.choice([None, *world.BRANDS]),
        form_id=chance.choice(world.FORMS),
        types=chance.sample(sorted(world.MECHANISM_OF), 2),
        facts={"heat": chance.random() < 0.5, "weight_kg": chance.choice([0.5, 1.0, 2.5])},
        prices=[(chance.choice([5999, 7999, 9000]), "USD", "regular", "2026-06")],
    )


def add_first() -> None:
    """The machines to begin with."""
    for n in range(FIRST):
        add(random.Random(n), f"first-{n}")  # noqa: S311 - no secret


def write(seconds: float, many: int) -> None:
    """Change, import, change, retire, change."""
    chance = random.Random(1)  # noqa: S311 - no secret
    turns = itertools.count(1)
    _changes(chance, turns, seconds / 3)
    imported = _import(many)
    _changes(chance, turns, seconds / 3)
    _retire(imported)
    _changes(chance, turns, seconds / 3)


def _changes(chance: random.Random, turns: itertools.count[int], seconds: float) -> None:
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        _one_change(chance, next(turns))
        time.sleep(PAUSE_SECONDS)


def _one_change(chance: random.Random, turn: int) -> None:
    """Add a machine and change or retire another; or do so and take it back."""
    other = db.session.get_one(Product, chance.randint(1, FIRST))
    other.name = chance.choice(world.NAMES)
    other.retired_at = factories.retired() if chance.random() < 0.3 else None
    changed = [add(chance, f"added-{turn}"), other]
    db.session.flush()
    raise_revision([one.id for one in changed])
    if turn % EVERY_SO_MANY_TAKEN_BACK == 0:
        db.session.rollback()
    else:
        db.session.commit()


def _import(many: int) -> list[int]:
    """Copies of the first machines without their facts, in one transaction; their ids."""
    (like,) = _rows(Product, "id", [1]).values()
    db.session.execute(
        sa.insert(Product),
        [{**like[0], "slug": f"imported-{n}", "retired_at": None} for n in range(many)],
    )
    new = sa.select(Product.id).where(Product.slug.startswith("imported-"))
    ids = list(db.session.scalars(new))
    for part in (ProductType, ProductArea, ProductMechanism, PriceObservation):
        rows = _rows(part, "product_id", range(1, FIRST + 1))
        copies = [
            {**row, "product_id": id_} for id_ in ids for row in rows.get(id_ % FIRST + 1, [])
        ]
        db.session.execute(sa.insert(part), copies)
    raise_revision(ids)
    db.session.commit()
    return ids


def _rows(model: type[Base], column: str, ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The rows that belong to some machines, without what makes them unique, by machine."""
    table = sa.inspect(model).local_table
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.session.execute(sa.select(table).where(table.c[column].in_(ids))).mappings():
        kept = {name: value for name, value in row.items() if name not in {"id", column}}
        found.setdefault(row[column], []).append(kept)
    return found


def _retire(ids: Collection[int]) -> None:
    gone = sa.update(Product).where(Product.id.between(min(ids), max(ids)))
    db.session.execute(gone.values(retired_at=factories.retired()))
    raise_revision(ids)
    db.session.commit()


if __name__ == "__main__":
    _, url, seconds, many = sys.argv
    with create_app(Config(database_url=url, secret_key="s" * 32)).app_context():
        write(float(seconds), int(many))
