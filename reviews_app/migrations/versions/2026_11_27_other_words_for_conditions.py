"""Other words for conditions and signs.

Revision 0014, after 0013, made 2026-11-27.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    none = sa.text("'[]'")
    for table in ("contraindication", "red_flag"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("also", sa.JSON(), nullable=False, server_default=none))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("also", server_default=None)


def downgrade() -> None:
    for table in ("contraindication", "red_flag"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("also")
