"""What of a review another may share: where it came from and its words, as digests, for a while.

Nothing here sees stars. A place is kept as a digest under a key that is not in the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection

import sqlalchemy as sa

from reviews_app import limits
from reviews_app.catalogue.products import Product
from reviews_app.db import db
from reviews_app.reviews.readers.models import ReaderReview, ReviewMark
from reviews_app.reviews.readers.rules import MARKS_KEPT, RUN_WORDS, RUNS_KEPT, Shared

WORD = re.compile(r"[^\W_]+")
DIGEST_BYTES = 7
"""Short enough for a whole number of any database, long enough that no two meet by chance."""

Mark = tuple[Shared, int]
"""What may be shared, and its digest."""


def places(secret: str, *, address: str | None, device: str | None) -> tuple[Mark, ...]:
    """The marks of where something comes from: a network address and the number of a browser.

    `secret` is what the digests are under. They meet nothing else that is counted by address.
    """
    found = {Shared.ADDRESS: address, Shared.DEVICE: device}
    return tuple(
        (kind, int(limits.digest(f"review by {kind}: {place}", secret)[: 2 * DIGEST_BYTES], 16))
        for kind, place in found.items()
        if place
    )


def keep(review: ReaderReview, text: str, places: Collection[Mark], at: dt.datetime) -> None:
    """Keep the marks of what was just sent: its words instead of older ones, its place besides."""
    forget_old(at)
    known = sa.or_(
        ReviewMark.kind == Shared.TEXT.value,
        ReviewMark.digest.in_([digest for _, digest in places]),
    )
    db.session.execute(sa.delete(ReviewMark).where(ReviewMark.review_id == review.id, known))
    runs = [(Shared.TEXT, run) for run in runs_of(text, maker_of(review.product_id))]
    rows = [
        {"review_id": review.id, "kind": kind.value, "digest": digest, "at": at}
        for kind, digest in (*places, *runs)
    ]
    if rows:
        db.session.execute(sa.insert(ReviewMark), rows)


def runs_of(text: str, maker: str) -> set[int]:
    """The runs of words kept of a text: those whose digests come first, so the same of any text.

    Digests of one maker's reviews meet no others.
    """
    words = WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}
    digests = {
        int.from_bytes(
            hashlib.blake2b(f"{maker}\n{run}".encode(), digest_size=DIGEST_BYTES).digest()
        )
        for run in runs
    }
    return set(sorted(digests)[:RUNS_KEPT])


def maker_of(product_id: int) -> str:
    """Whose machine it is, as `maker` says it."""
    return maker(product_id, db.session.get_one(Product, product_id).brand_id)


def maker(product_id: int, brand_id: str | None) -> str:
    """Who made a machine; one without a stated maker stands for itself."""
    return brand_id or f"machine {product_id}"


def marks_of(review_id: int) -> list[ReviewMark]:
    """What is kept of where a review came from."""
    return list(
        db.session.scalars(
            sa.select(ReviewMark)
            .where(ReviewMark.review_id == review_id, ReviewMark.kind != Shared.TEXT.value)
            .order_by(ReviewMark.kind, ReviewMark.at)
        )
    )


def forget_places(review_ids: Collection[int]) -> None:
    """Forget where these reviews came from; their words are still there to be read."""
    db.session.execute(
        sa.delete(ReviewMark).where(
            ReviewMark.review_id.in_(review_ids), ReviewMark.kind != Shared.TEXT.value
        )
    )


def forget_old(at: dt.datetime) -> None:
    """Forget the marks whose time is over."""
    db.session.execute(sa.delete(ReviewMark).where(ReviewMark.at <= at - MARKS_KEPT))
