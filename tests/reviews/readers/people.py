"""Accounts for tests of reviews: as many as are asked for, by number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reviews_app.accounts.models import Account, AccountRole
from reviews_app.db import db


def people(ids: Iterable[int]) -> None:
    """Make sure that these accounts are there. Commits."""
    made_at = dt.datetime.fromisoformat("2026-01-01")
    for id_ in ids:
        if db.session.get(Account, id_) is None:
            db.session.add(
                Account(
                    id=id_,
                    email=f"synthetic-reader-{id_}@people.example",
                    public_name=f"Synthetic Person {id_}",
                    made_at=made_at,
                    confirmed_at=made_at,
                    fs_uniquifier=f"synthetic-{id_}",
                    roles=[AccountRole(name="reader", given_at=made_at)],
                )
            )
    db.session.commit()
