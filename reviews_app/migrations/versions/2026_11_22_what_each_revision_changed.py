"""What each revision changed.

Revision 0003, after 0002, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_change")),
    )
    with op.batch_alter_table("catalogue_change") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalogue_change_revision"), ["revision"], unique=False
        )


def downgrade() -> None:
    op.drop_table("catalogue_change")
