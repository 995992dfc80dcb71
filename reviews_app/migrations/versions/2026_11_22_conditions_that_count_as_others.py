"""Conditions that count as others.

Revision 0004, after 0003, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contraindication") as batch_op:
        none = sa.text("'[]'")
        batch_op.add_column(sa.Column("counts_as", sa.JSON(), nullable=False, server_default=none))
    with op.batch_alter_table("contraindication") as batch_op:
        batch_op.alter_column("counts_as", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("contraindication") as batch_op:
        batch_op.drop_column("counts_as")
