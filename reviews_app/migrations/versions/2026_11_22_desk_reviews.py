"""Desk reviews.

Revision 0005, after 0004, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_review",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("good", sa.JSON(), nullable=False),
        sa.Column("less_good", sa.JSON(), nullable=False),
        sa.Column("best_for", sa.JSON(), nullable=False),
        sa.Column("not_for", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_on", sa.String(), nullable=False),
        sa.Column("checked_on", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_desk_review_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_desk_review")),
    )


def downgrade() -> None:
    op.drop_table("desk_review")
