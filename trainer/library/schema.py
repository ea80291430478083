"""The tables of the library and the revision that this program knows."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    text,
)
from sqlalchemy.types import TypeDecorator

HEAD: Final = "0002"
"""Newest revision in migrations/versions; a library at another one is moved to it or refused."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC: SQLite itself forgets the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the naive UTC time that is stored."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the aware UTC time that was stored."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


metadata: Final = MetaData()

athlete_table: Final = Table(
    "athlete",
    metadata,
    Column("athlete_id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)

session_table: Final = Table(
    "session",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("athlete_id", Integer, ForeignKey("athlete.athlete_id"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("zone", String, nullable=False),
    Column("utc_offset_s", Integer, nullable=False),
    Column("exercise", String, nullable=False),
    Column("side_plan", String, nullable=False),
    Column("is_simulated", Boolean, nullable=False),
    Column("status", String, nullable=False),
    Column("stop_reason", String, nullable=False),
    Column("sets", Integer, nullable=False),
    Column("reps", Integer, nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("recording", String, nullable=False),
    Column("report", String, nullable=False),
    Index("session_started_at", "started_at"),
)

mvc_table: Final = Table(
    "mvc",
    metadata,
    Column("mvc_id", Integer, primary_key=True),
    Column("athlete_id", Integer, ForeignKey("athlete.athlete_id"), nullable=False),
    Column("side", String, nullable=False),
    Column("exercise", String, nullable=False),
    Column("pad", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("mvc_n", Float, nullable=False),
    Column("is_simulated", Boolean, nullable=False),
    Index("mvc_of_a_foot", "athlete_id", "side", "exercise", "pad", "at"),
)

entry_table: Final = Table(
    "entry",
    metadata,
    Column("entry_id", Integer, primary_key=True),
    Column("athlete_id", Integer, ForeignKey("athlete.athlete_id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("zone", String, nullable=False),
    Column("utc_offset_s", Integer, nullable=False),
    Column("is_simulated", Boolean, nullable=False),
    Column("body", JSON, nullable=False),
    Column("taken_back_at", Instant, nullable=True),
    Index("entry_of_a_kind", "athlete_id", "kind", "at"),
    Index(
        "entry_once",
        "athlete_id",
        "kind",
        "key",
        unique=True,
        sqlite_where=text("key != '' AND taken_back_at IS NULL"),
    ),
)
