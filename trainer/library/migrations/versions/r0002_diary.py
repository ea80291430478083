"""The diary: records of training, pain, devices, shoes, runs and plans, of every athlete."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "entry",
        sa.Column("entry_id", sa.Integer, primary_key=True),
        sa.Column("athlete_id", sa.Integer, sa.ForeignKey("athlete.athlete_id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("utc_offset_s", sa.Integer, nullable=False),
        sa.Column("is_simulated", sa.Boolean, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("taken_back_at", sa.DateTime, nullable=True),
    )
    op.create_index("entry_of_a_kind", "entry", ["athlete_id", "kind", "at"])
    op.create_index(
        "entry_once",
        "entry",
        ["athlete_id", "kind", "key"],
        unique=True,
        sqlite_where=sa.text("key != '' AND taken_back_at IS NULL"),
    )


def downgrade() -> None:
    """Refuse: going back would throw the diary away."""
    raise NotImplementedError("the diary cannot be taken back without losing it")
