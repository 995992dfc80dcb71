"""Recalls in full, and groups of conditions.

Revision 0002, after 0001, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("contraindication") as batch_op:
        # Until the next import, which knows better, a condition is looked for in the last group.
        last = "where and how you would use it"
        batch_op.add_column(sa.Column("group", TEXT, nullable=False, server_default=last))
    with op.batch_alter_table("contraindication") as batch_op:
        batch_op.alter_column("group", server_default=None)

    # No version before this one could import a recall, so the table is empty.
    with op.batch_alter_table("recall") as batch_op:
        batch_op.add_column(sa.Column("models", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("units", TEXT, nullable=True))
        batch_op.add_column(sa.Column("closed_on", TEXT, nullable=True))
        batch_op.add_column(sa.Column("confirmed", TEXT, nullable=True))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False))
        batch_op.create_index(batch_op.f("ix_recall_source_id"), ["source_id"], unique=False)
        batch_op.drop_column("affected")


def downgrade() -> None:
    with op.batch_alter_table("recall") as batch_op:
        batch_op.add_column(sa.Column("affected", TEXT, nullable=False, server_default=""))
        batch_op.drop_index(batch_op.f("ix_recall_source_id"))
        batch_op.drop_column("position")
        batch_op.drop_column("confirmed")
        batch_op.drop_column("closed_on")
        batch_op.drop_column("units")
        batch_op.drop_column("models")
    with op.batch_alter_table("recall") as batch_op:
        batch_op.alter_column("affected", server_default=None)

    with op.batch_alter_table("contraindication") as batch_op:
        batch_op.drop_column("group")
