"""A moderation log that anybody can check: who decided is sealed under a salt.

Revision 0012, after 0011, made 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    # Entries of before have none, and stay as they were sealed.
    op.add_column("moderation_entry", sa.Column("salt", TEXT, nullable=False, server_default=""))
    op.create_index(op.f("ix_moderation_entry_at"), "moderation_entry", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_moderation_entry_at"), "moderation_entry")
    op.drop_column("moderation_entry", "salt")
