"""Answers of makers.

Revision 0010, after 0009, made 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "brand_representative",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", TEXT, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_brand_representative_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_brand_representative")),
    )
    op.create_table(
        "maker_answer",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("brand_id", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_maker_answer_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_maker_answer_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_maker_answer")),
    )
    op.create_index(op.f("ix_maker_answer_account_id"), "maker_answer", ["account_id"])


def downgrade() -> None:
    op.drop_table("maker_answer")
    op.drop_table("brand_representative")
