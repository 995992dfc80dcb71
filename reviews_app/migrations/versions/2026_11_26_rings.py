"""What reviews share with others, and which of an answer's versions was answered.

Revision 0011, after 0010, made 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "review_mark",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_review_mark_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "kind", "digest", name=op.f("pk_review_mark")),
    )
    op.create_index(op.f("ix_review_mark_at"), "review_mark", ["at"])
    op.create_index(op.f("ix_review_mark_digest"), "review_mark", ["digest"])
    op.create_table(
        "ring_hold",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("shared", TEXT, nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_ring_hold_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_ring_hold")),
    )
    op.create_index(op.f("ix_ring_hold_ring"), "ring_hold", ["ring"])
    # What was published before anybody looked for rings is in none. The tables are not copied, as
    # a batch would: what refers to their rows would go.
    op.add_column(
        "published_review",
        sa.Column("in_ring", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "maker_answer", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    # Which version was answered stands in the log.
    op.execute(
        "UPDATE maker_answer SET version = COALESCE((SELECT max(version) FROM moderation_entry "
        "WHERE moderation_entry.review_id = maker_answer.review_id "
        "AND action = 'answer-received'), 1)"
    )


def downgrade() -> None:
    op.drop_column("maker_answer", "version")
    op.drop_column("published_review", "in_ring")
    op.drop_table("ring_hold")
    op.drop_table("review_mark")
