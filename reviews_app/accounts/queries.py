"""What pages and commands ask of the accounts, in one place to import from."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

import sqlalchemy as sa

from reviews_app.accounts.models import Account, AccountRole
from reviews_app.accounts.roles import READER
from reviews_app.db import db, now
from reviews_app.errors import NotFound

__all__ = [
    "find_account",
    "get_account",
    "make_account",
    "now",
    "public_names",
    "set_roles",
    "take_step",
]


def get_account(account_id: int) -> Account:
    """The account with that number. Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def find_account(email: str) -> Account | None:
    """The account of that address, however it is written."""
    return db.session.scalar(sa.select(Account).where(Account.email == email.strip().lower()))


def public_names(account_ids: Iterable[int]) -> dict[int, str]:
    """The public names of these accounts by their numbers; who has left is not among them."""
    rows = db.session.execute(
        sa.select(Account.id, Account.public_name).where(Account.id.in_(tuple(account_ids)))
    )
    return {row.id: row.public_name for row in rows}


def make_account(
    email: str, public_name: str, roles: Iterable[str] = (READER,), *, password: str | None = None
) -> Account:
    """A new account, not confirmed yet; `password` is a hash, None until one is chosen."""
    made_at = now()
    account = Account(
        email=email.strip().lower(),
        public_name=public_name,
        password=password,
        active=True,
        made_at=made_at,
        fs_uniquifier=secrets.token_hex(32),
        roles=[AccountRole(name=name, given_at=made_at) for name in sorted(set(roles))],
    )
    db.session.add(account)
    db.session.flush()
    return account


def set_roles(account: Account, roles: Iterable[str]) -> None:
    """Let an account have these roles and no others; those it had keep their day."""
    wanted = set(roles)
    account.roles = [role for role in account.roles if role.name in wanted]
    new = wanted - {role.name for role in account.roles}
    account.roles += [AccountRole(name=name, given_at=now()) for name in sorted(new)]
    db.session.flush()


def take_step(account_id: int, step: int) -> bool:
    """Take the code of that step of a second factor; False where it was taken before."""
    taken = db.session.execute(
        sa.update(Account)
        .where(
            Account.id == account_id,
            sa.or_(Account.tf_last_counter.is_(None), Account.tf_last_counter < step),
        )
        .values(tf_last_counter=step)
        .returning(Account.id)
    )
    return taken.first() is not None
