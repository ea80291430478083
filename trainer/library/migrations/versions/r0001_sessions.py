"""The first tables: athletes, their sessions and maximal presses."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "athlete",
        sa.Column("athlete_id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
    )
    op.create_table(
        "session",
        sa.Column("session_id", sa.String, primary_key=True),
        sa.Column("athlete_id", sa.Integer, sa.ForeignKey("athlete.athlete_id"), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("utc_offset_s", sa.Integer, nullable=False),
        sa.Column("exercise", sa.String, nullable=False),
        sa.Column("side_plan", sa.String, nullable=False),
        sa.Column("is_simulated", sa.Boolean, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("stop_reason", sa.String, nullable=False),
        sa.Column("sets", sa.Integer, nullable=False),
        sa.Column("reps", sa.Integer, nullable=False),
        sa.Column("duration_s", sa.Float, nullable=False),
        sa.Column("recording", sa.String, nullable=False),
        sa.Column("report", sa.String, nullable=False),
    )
    op.create_index("session_started_at", "session", ["started_at"])
    op.create_table(
        "mvc",
        sa.Column("mvc_id", sa.Integer, primary_key=True),
        sa.Column("athlete_id", sa.Integer, sa.ForeignKey("athlete.athlete_id"), nullable=False),
        sa.Column("side", sa.String, nullable=False),
        sa.Column("exercise", sa.String, nullable=False),
        sa.Column("pad", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("mvc_n", sa.Float, nullable=False),
        sa.Column("is_simulated", sa.Boolean, nullable=False),
    )
    op.create_index("mvc_of_a_foot", "mvc", ["athlete_id", "side", "exercise", "pad", "at"])


def downgrade() -> None:
    """Refuse: going back would throw the sessions away."""
    raise NotImplementedError("the first tables cannot be taken back without losing the sessions")
