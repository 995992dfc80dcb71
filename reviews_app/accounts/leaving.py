"""What of an account its person may take along, and what becomes of it when they leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviews_app.accounts import recovery, sessions
from reviews_app.accounts.models import Account, AccountRole
from reviews_app.accounts.queries import get_account
from reviews_app.db import db
from reviews_app.personal import Rule


def export(account_id: int, rules: Iterable[Rule]) -> dict[str, Any]:
    """All that is kept of an account, but for what only guards it: hashes, secrets, digests."""
    account = get_account(account_id)
    own = {
        "number": account.id,
        "email": account.email,
        "public_name": account.public_name,
        "active": account.active,
        "made_at": stamp(account.made_at),
        "confirmed_at": stamp(account.confirmed_at) if account.confirmed_at else None,
        "second_factor": account.tf_primary_method,
    }
    return {"account": own} | {rule.name: rule.export(account_id) for rule in rules}


def leave(account_id: int, rules: Iterable[Rule], *, keep: bool) -> None:
    """Take an account away. What its person wrote stays without them if `keep`, else goes too."""
    for rule in rules:
        rule.leave(account_id, keep)
    db.session.execute(sa.delete(Account).where(Account.id == account_id))
    db.session.expire_all()


def stamp(moment: datetime) -> str:
    """A stored moment as programs read it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _roles(account_id: int) -> list[dict[str, Any]]:
    roles = get_account(account_id).roles
    return [{"role": role.name, "since": stamp(role.given_at)} for role in roles]


def _sessions(account_id: int) -> list[dict[str, Any]]:
    return [
        {"signed_in_at": stamp(one.started_at), "last_used_at": stamp(one.seen_at)}
        for one in sessions.listed(account_id)
    ]


def _forget_roles(account_id: int, _keep: bool) -> None:
    db.session.execute(sa.delete(AccountRole).where(AccountRole.account_id == account_id))


RULES = (
    Rule("account_role", "account_id", "roles", _roles, _forget_roles),
    Rule(
        "account_session",
        "account_id",
        "sessions",
        _sessions,
        lambda account_id, _keep: sessions.end_all(account_id),
    ),
    Rule(
        "recovery_code",
        "account_id",
        "recovery_codes",
        lambda account_id: [{"left": recovery.left(account_id)}],
        lambda account_id, _keep: recovery.forget(account_id),
    ),
)
