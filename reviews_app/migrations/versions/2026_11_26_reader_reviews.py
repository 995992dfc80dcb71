"""Reader reviews.

Revision 0009, after 0008, made 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Texts compare by code point, as they do on SQLite.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")

LOG_IS_KEPT = "The moderation log is only ever added to"
TEXT_IS_THEIRS = "What a reader wrote is changed by nobody; an edit is a new version"

REFUSED = (
    ("moderation_entry", ("UPDATE", "DELETE", "TRUNCATE"), LOG_IS_KEPT),
    ("reader_review_version", ("UPDATE",), TEXT_IS_THEIRS),
    ("reader_review_need", ("UPDATE",), TEXT_IS_THEIRS),
)
"""What the database itself refuses, for each table."""


def upgrade() -> None:
    op.create_table(
        "moderation_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("about_account_id", sa.Integer(), nullable=True),
        sa.Column("digest", TEXT, nullable=True),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("seal", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_entry")),
    )
    op.create_index(
        op.f("ix_moderation_entry_product_id"), "moderation_entry", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_entry_review_id"), "moderation_entry", ["review_id"], unique=False
    )

    op.create_table(
        "review_ban",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_review_ban_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_review_ban")),
    )
    op.create_table(
        "product_rating",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("mean_centi", sa.Integer(), nullable=True),
        sa.Column("shrunk_centi", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_rating_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_rating")),
    )
    op.create_table(
        "reader_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_reader_review_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_reader_review_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_review")),
        sa.UniqueConstraint(
            "product_id", "account_id", name=op.f("uq_reader_review_product_id_account_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_reader_review_account_id"), "reader_review", ["account_id"], unique=False
    )

    op.create_table(
        "helpful_vote",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_helpful_vote_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_helpful_vote_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "account_id", name=op.f("pk_helpful_vote")),
    )
    op.create_index(
        op.f("ix_helpful_vote_account_id"), "helpful_vote", ["account_id"], unique=False
    )

    op.create_table(
        "reader_review_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("months_owned", sa.Integer(), nullable=False),
        sa.Column("calf", TEXT, nullable=True),
        sa.Column("fitted", TEXT, nullable=True),
        sa.Column("broke", TEXT, nullable=True),
        sa.Column("broke_after_months", sa.Integer(), nullable=True),
        sa.Column("how_got", TEXT, nullable=False),
        sa.Column("tie", TEXT, nullable=False),
        sa.Column("proof", TEXT, nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reader_review_version_rating")),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_reader_review_version_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_review_version")),
        sa.UniqueConstraint(
            "review_id", "number", name=op.f("uq_reader_review_version_review_id_number")
        ),
    )
    op.create_table(
        "review_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("receipt", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_review_report_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_review_report_review_id_reader_review"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_report")),
        sa.UniqueConstraint("receipt", name=op.f("uq_review_report_receipt")),
    )
    op.create_index(
        op.f("ix_review_report_account_id"), "review_report", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_review_report_review_id"), "review_report", ["review_id"], unique=False
    )

    op.create_table(
        "published_review",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("in_burst", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_published_review_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_published_review_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["reader_review_version.id"],
            name=op.f("fk_published_review_version_id_reader_review_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_published_review")),
        sa.UniqueConstraint("version_id", name=op.f("uq_published_review_version_id")),
    )
    op.create_index(
        "ix_published_review_product",
        "published_review",
        ["product_id", "received_at"],
        unique=False,
    )

    op.create_table(
        "reader_review_need",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("need_id", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["reader_review_version.id"],
            name=op.f("fk_reader_review_need_version_id_reader_review_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "need_id", name=op.f("pk_reader_review_need")),
    )
    op.create_index(
        op.f("ix_reader_review_need_need_id"), "reader_review_need", ["need_id"], unique=False
    )

    op.create_table(
        "waiting_review",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("is_appeal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reader_review.id"],
            name=op.f("fk_waiting_review_review_id_reader_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["reader_review_version.id"],
            name=op.f("fk_waiting_review_version_id_reader_review_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_waiting_review")),
        sa.UniqueConstraint("version_id", name=op.f("uq_waiting_review_version_id")),
    )
    op.create_index(op.f("ix_waiting_review_since"), "waiting_review", ["since"], unique=False)

    op.create_table(
        "takedown_proposal",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["published_review.review_id"],
            name=op.f("fk_takedown_proposal_review_id_published_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_takedown_proposal")),
    )
    for table, verbs, words in REFUSED:
        _guard(table, verbs, words)


def downgrade() -> None:
    op.drop_table("takedown_proposal")
    op.drop_table("waiting_review")
    op.drop_table("reader_review_need")
    op.drop_table("published_review")
    op.drop_table("review_report")
    op.drop_table("reader_review_version")
    op.drop_table("helpful_vote")
    op.drop_table("reader_review")
    op.drop_table("product_rating")
    op.drop_table("review_ban")
    op.drop_table("moderation_entry")
    if op.get_bind().dialect.name == "postgresql":
        for table, _, _ in REFUSED:
            op.execute(f"DROP FUNCTION {table}_refuse()")


def _guard(table: str, verbs: tuple[str, ...], words: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in verbs:
            if verb != "TRUNCATE":  # it has no such verb
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )
    for verb in verbs:
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
        )
