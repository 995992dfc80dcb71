"""Other names of brands.

Revision 0007, after 0006, made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "brand_alias",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("brand_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("because", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_brand_alias_brand_id_brand")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_brand_alias_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand_alias")),
    )
    with op.batch_alter_table("brand_alias") as batch_op:
        batch_op.create_index(batch_op.f("ix_brand_alias_brand_id"), ["brand_id"], unique=False)


def downgrade() -> None:
    op.drop_table("brand_alias")
