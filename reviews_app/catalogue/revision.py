"""The revision of the catalogue: a number raised with every change, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.catalogue.products import Revision
from reviews_app.db import Base, db

REVISIONS_KEPT = 1000
"""Changes of so many revisions are kept; a reader further behind reads everything again."""

MOST_PRODUCTS = 20_000
"""A revision that changed more products counts as one that changed everything."""


class CatalogueChange(Base):
    """What a revision changed: one product a row, or everything where `product_id` is None.

    Kept in the transaction that raised the revision, so that a reader who is behind knows what to
    read again. Not a foreign key: the product may be gone.
    """

    __tablename__ = "catalogue_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(index=True)
    product_id: Mapped[int | None]


def current_revision() -> int:
    """The number of the last committed change this transaction sees; 0 before the first import."""
    return db.session.scalar(sa.select(Revision.number).where(Revision.id == 1)) or 0


def raise_revision(changed: Collection[int] | None = None) -> int:
    """The next revision number, stored with the caller's transaction. The caller commits.

    `changed`: ids of the products that were added, changed, retired or brought back, if nothing
    else was that a listing shows; None when anything else was, such as an attribute or a need.
    """
    revision = db.session.get(Revision, 1, with_for_update=True)
    if revision is None:
        revision = Revision(id=1, number=0)
        db.session.add(revision)
    revision.number += 1
    _note(revision.number, changed)
    return revision.number


def _note(number: int, changed: Collection[int] | None) -> None:
    ids: list[int | None] = [None]
    if changed is not None and len(changed) <= MOST_PRODUCTS:
        ids = [*sorted(set(changed))]
    db.session.flush()
    if ids:
        db.session.execute(
            sa.insert(CatalogueChange), [{"revision": number, "product_id": one} for one in ids]
        )
    db.session.execute(
        sa.delete(CatalogueChange).where(CatalogueChange.revision <= number - REVISIONS_KEPT)
    )
