"""Fifty sessions killed at random moments, each recovered and reported."""

from statistics import median

import pytest

from tests.route.kills import kill, kill_at, stream_s, wait_for_part
from tests.route.rig import Home, wait_until
from trainer.recording.reader import read_recording

KILLS = 50

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


def test_fifty_kills_lose_nothing_that_had_reached_the_disk(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept_s, speeds = [], []
    for number in range(KILLS):
        home = Home(tmp_path_factory.mktemp("killed"))
        speed, at_bytes = kill_at(1000 * seed + number)
        running = home.start("run", "--seed", number, "--speed", speed, "--skip-mvc")
        part = wait_for_part(home)
        wait_until(lambda: part.stat().st_size >= at_bytes)  # noqa: B023 - called at once
        before = home.root / "before.mcap"
        before.write_bytes(part.read_bytes())
        kill(running)
        assert home.say("sessions").status == 0
        recording = read_recording(home.recordings[0])
        # At most the one piece that was being written at that moment; what was there before is all
        # there.
        assert len(recording.left_out) <= 1
        assert len(recording.packets) >= len(read_recording(before).packets)
        assert home.say("report", "last").status == 0
        kept_s.append(stream_s(recording))
        speeds.append(speed)
    print(  # noqa: T201 - kept in docs/soak.md
        f"{KILLS} kills at {min(speeds):.1f} to {max(speeds):.1f} x real time: every packet that "
        f"had reached the disk was recovered, {median(kept_s):.1f} s of stream in the median"
    )
