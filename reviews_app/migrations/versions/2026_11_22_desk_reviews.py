"""Desk reviews.

Revision 0005, after 0004, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "desk_review",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("good", sa.JSON(), nullable=False),
        sa.Column("less_good", sa.JSON(), nullable=False),
        sa.Column("best_for", sa.JSON(), nullable=False),
        sa.Column("not_for", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("written_on", TEXT, nullable=False),
        sa.Column("checked_on", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_desk_review_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_desk_review")),
    )


def downgrade() -> None:
    op.drop_table("desk_review")
