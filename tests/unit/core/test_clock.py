"""Clocks: what the machine says, and what a test says."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trainer.core.clock import ManualClock, SystemClock
from trainer.core.ports import Clock


def test_both_clocks_fit_the_port() -> None:
    clocks: tuple[Clock, ...] = (SystemClock(), ManualClock())
    assert all(clock.now().tzinfo is UTC for clock in clocks)


def test_the_system_clock_reads_the_machine() -> None:
    clock = SystemClock()
    before_s, before = time.monotonic(), datetime.now(UTC)
    at_s, now = clock.monotonic_s(), clock.now()
    assert before_s <= at_s <= time.monotonic()
    assert before <= now <= datetime.now(UTC)


@pytest.mark.parametrize("variable", ["Europe/Berlin", ":Europe/Berlin"])
def test_the_zone_is_the_one_the_variable_names(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", variable)
    assert SystemClock().zone_name() == "Europe/Berlin"


def test_without_the_variable_the_zone_is_where_localtime_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    target = tmp_path / "zoneinfo" / "America" / "Argentina" / "Salta"
    localtime = tmp_path / "localtime"
    localtime.symlink_to(target)
    assert SystemClock(localtime).zone_name() == "America/Argentina/Salta"


@pytest.mark.parametrize("place", ["localtime", "zoneinfo", "zoneinfo/Mars/Olympus"])
def test_a_zone_without_a_name_is_told_by_its_offset(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    time.tzset()
    expected = datetime.now(UTC).astimezone().strftime("%z")
    assert SystemClock(tmp_path / place).zone_name() == expected


def test_a_zone_by_rule_is_told_by_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "ABC-3")
    time.tzset()
    try:
        assert SystemClock().zone_name() == "+0300"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_moving_a_manual_clock_moves_both_readings() -> None:
    clock = ManualClock(datetime(2026, 5, 1, 12, tzinfo=UTC), zone="Europe/Berlin")
    clock.move(1.5)
    assert clock.monotonic_s() == 1.5
    assert clock.now() == datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(seconds=1.5)
    assert clock.zone_name() == "Europe/Berlin"


def test_a_jump_of_the_wall_clock_leaves_durations_alone() -> None:
    clock = ManualClock()
    before = clock.now()
    clock.jump(-3600.0)
    assert clock.monotonic_s() == 0.0
    assert clock.now() == before - timedelta(hours=1)
