"""Methods and scores.

Revision 0006, after 0005, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "method",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_on", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_method")),
    )
    op.create_table(
        "score",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.Column("total_centi", sa.Integer(), nullable=True),
        sa.Column("coverage_percent", sa.Integer(), nullable=False),
        sa.Column("cap_centi", sa.Integer(), nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["method_version"], ["method.version"], name=op.f("fk_score_method_version_method")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_score_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", "method_version", name=op.f("pk_score")),
    )
    op.create_index(
        "ix_score_method_version_total", "score", ["method_version", "total_centi"], unique=False
    )
    op.create_table(
        "score_part",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.Column("part_id", TEXT, nullable=False),
        sa.Column("points_centi", sa.Integer(), nullable=True),
        sa.Column("coverage_percent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id", "method_version"],
            ["score.product_id", "score.method_version"],
            name=op.f("fk_score_part_product_id_score"),
        ),
        sa.PrimaryKeyConstraint(
            "product_id", "method_version", "part_id", name=op.f("pk_score_part")
        ),
    )


def downgrade() -> None:
    op.drop_table("score_part")
    op.drop_index("ix_score_method_version_total", table_name="score")
    op.drop_table("score")
    op.drop_table("method")
