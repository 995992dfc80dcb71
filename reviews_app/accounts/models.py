"""An account as it is stored, with its roles, its sessions and its recovery codes.

Moments are in UTC and carry no zone, as Flask-Security hands them. Whatever points to an account
goes with it, unless a rule says otherwise (`reviews_app/personal.py`).
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_security import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.exc import ObjectDeletedError

from reviews_app.accounts.roles import READER, ROLES
from reviews_app.db import Base, now


class AccountRole(RoleMixin, Base):
    """One role of one account, and since when."""

    __tablename__ = "account_role"
    __table_args__ = (
        sa.CheckConstraint(f"name IN ({', '.join(map(repr, ROLES))})", name="name_is_known"),
    )

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]


class Account(UserMixin, Base):
    """A person who can sign in. `email` is in lower case; `public_name` is shown with reviews.

    The columns from `fs_uniquifier` on have the names that Flask-Security wants: what sessions
    refer to, so that a new one ends them all; how a second factor is asked for; its secret, sealed;
    the last code that was used, which is not taken again.
    """

    __tablename__ = "account"
    # The number of somebody who left is never given to another.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    public_name: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]

    roles: Mapped[list[AccountRole]] = relationship(  # type: ignore[assignment]
        order_by=AccountRole.name, cascade="all, delete-orphan", passive_deletes=True
    )

    def verify_and_update_password(self, password: str) -> bool:
        """Whether it is the password, and still is when that is known: checking takes a while."""
        try:
            before = self.password
            right = bool(super().verify_and_update_password(password))
            rehashed = sa.inspect(self).attrs.password.history.has_changes()
            return right and (rehashed or self.password == before)
        except ObjectDeletedError:  # left meanwhile
            return False

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """A second factor is asked of staff, and of everybody who has set one up, every time."""
        return self.is_staff or bool(tf_setup_methods), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Staff cannot do without."""
        return self.is_staff

    @property
    def role_names(self) -> frozenset[str]:
        """The roles of this account."""
        return frozenset(role.name for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether this account may do more than a reader."""
        return bool(self.role_names - {READER})


class AccountSession(Base):
    """A browser that somebody signs in with, or is about to; known by the digest of its secret."""

    __tablename__ = "account_session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class RecoveryCode(Base):
    """A code that stands in for the second factor once; only its digest is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
