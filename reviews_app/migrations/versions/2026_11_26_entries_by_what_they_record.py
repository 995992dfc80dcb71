"""Entries of the moderation log are found by what they record.

Revision 0013, after 0012, made 2026-11-26.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_moderation_entry_action"), "moderation_entry", ["action"])


def downgrade() -> None:
    op.drop_index(op.f("ix_moderation_entry_action"), "moderation_entry")
