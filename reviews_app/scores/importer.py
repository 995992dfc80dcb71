"""Bringing in methods as they are published, and scoring what an import changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from reviews_app.catalogue import directory
from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults
from reviews_app.db import db
from reviews_app.scores.checking import check_method, stored_vocabulary
from reviews_app.scores.files import METHODS, MethodFile, file_of, read_methods, record_of
from reviews_app.scores.models import Method
from reviews_app.scores.storing import score_products

Methods = Sequence[MethodFile]

FEEDS_NO_SCORE = (
    *(
        "desk review",
        "brand",
        "area",
        "claim",
        "study",
        "grade",
        "contraindication",
        "red flag",
        "term",
    ),
    *("question", "guide", "type text"),
)
"""Kinds of things that a score reads nothing of; whatever else changes, all are scored anew."""


def read(folder: Path, faults: Faults) -> Methods | None:
    """The methods below `folder`, each sound by itself; None where the folder holds none."""
    return read_methods(folder, faults) if (folder / METHODS).is_dir() else None


def store(methods: Methods | None, faults: Faults) -> Changes:
    """Store the versions that are new, and hold the current one against the catalogue; no commit.

    Catalogue and guidance must be stored already. A version that was published can neither change
    nor go: either is a fault. With None the versions stored before stay.
    """
    changes = Changes()
    before = faults.total
    stored = {one.version: one.document for one in db.session.scalars(sa.select(Method))}
    if methods is not None:
        _check_published(methods, stored, faults)
    new = [one for one in methods or () if one.record.version not in stored]
    vocabulary = stored_vocabulary()
    for one in _to_check(new, stored):
        check_method(one, vocabulary, faults)
    if faults.total == before:
        for one in new:
            day = one.record.published_on.isoformat()
            version = one.record.version
            db.session.add(Method(version=version, published_on=day, document=one.document))
            changes.added.add("method", str(version))
        db.session.flush()
    return changes


def score(changes: Changes) -> list[int]:
    """Score, by the current method, what `changes` may have altered; ids of changed scores.

    Where only products changed those, otherwise every one. Nothing where there is no method.
    """
    document = db.session.scalar(sa.select(Method.document).order_by(Method.version.desc()))
    if document is None or not changes:
        return []
    # A source that only came or went shows in the products that cite it; one that is weak now
    # may be behind warnings of products that did not change.
    sources = () if changes.changed.counts["source"] else ("source",)
    slugs = changes.products_only(beside=(*FEEDS_NO_SCORE, *sources))
    ids = None if slugs is None else directory.product_ids(slugs)
    return score_products(record_of(document), ids)


def _check_published(methods: Methods, stored: dict[int, str], faults: Faults) -> None:
    documents = {one.record.version: one.document for one in methods}
    for version, document in stored.items():
        if version not in documents:
            reason = "was published, and cannot be taken out"
        elif documents[version] != document:
            reason = f"was published, and cannot change: publish version {max(stored) + 1} instead"
        else:
            continue
        faults.add(file_of(version), "version", version, reason)
    for version in documents:
        if version not in stored and version < max(stored, default=0):
            reason = f"is not above {max(stored)}, which was published"
            faults.add(file_of(version), "version", version, reason)


def _to_check(new: Methods, stored: dict[int, str]) -> Methods:
    """What is new; and the version in force, should attributes have gone from under it."""
    if new or not stored:
        return new
    document = stored[max(stored)]
    return [MethodFile(record_of(document), document)]
