"""The revision of the catalogue: a number raised with every change, in the same transaction."""

from __future__ import annotations

import sqlalchemy as sa

from reviews_app.catalogue.products import Revision
from reviews_app.db import db


def current_revision() -> int:
    """The number of the last committed change this transaction sees; 0 before the first import."""
    return db.session.scalar(sa.select(Revision.number).where(Revision.id == 1)) or 0


def raise_revision() -> int:
    """The next revision number, stored with the caller's transaction. The caller commits."""
    revision = db.session.get(Revision, 1, with_for_update=True)
    if revision is None:
        revision = Revision(id=1, number=0)
        db.session.add(revision)
    revision.number += 1
    return revision.number
