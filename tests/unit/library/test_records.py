"""Records: a day is the day on the person's wall, whoever reads it wherever."""

from dataclasses import replace
from datetime import UTC, date, datetime

from trainer.library.records import SessionRecord, new_session_id


def test_the_day_is_the_local_one(session: SessionRecord) -> None:
    assert session.local_day == date(2026, 1, 2)
    assert session.local_started_at.isoformat() == "2026-01-02T23:30:00.123456-05:00"
    assert replace(session, utc_offset_s=3600).local_day == date(2026, 1, 3)


def test_ids_sort_by_time_and_differ_within_a_second() -> None:
    early = new_session_id(datetime(2026, 1, 2, 23, 30, 0, tzinfo=UTC))
    late = new_session_id(datetime(2026, 1, 3, 0, 0, 0, tzinfo=UTC))
    assert early < late
    assert early.startswith("20260102-233000-")
    same_second = {new_session_id(datetime(2026, 1, 2, tzinfo=UTC)) for _ in range(20)}
    assert len(same_second) > 15
