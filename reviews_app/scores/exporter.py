"""Writing the published methods back as the files they came from."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from reviews_app.db import db
from reviews_app.scores.files import file_of
from reviews_app.scores.models import Method


def write(folder: Path) -> None:
    """Write `methods/` below `folder`, to the byte; nothing where no method was published."""
    for method in db.session.scalars(sa.select(Method).order_by(Method.version)):
        path = folder / file_of(method.version)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(method.document, encoding="utf-8", newline="")
