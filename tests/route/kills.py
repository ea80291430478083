"""Killing a session at some moment, as a power cut would, and what is left of it."""

import os
import random
import signal
import subprocess
from pathlib import Path

from tests.route.rig import Home, wait_until
from trainer.core.packets import CountsPacket
from trainer.recording.recording import Recording


def kill_at(seed: int) -> tuple[float, int]:
    """Return a random speed and the size of the recording at which to kill."""
    rng = random.Random(seed)  # noqa: S311 - a moment is no secret
    return round(rng.uniform(1.0, 20.0), 2), rng.randrange(2_500, 12_000)


def wait_for_part(home: Home) -> Path:
    """Return the recording under way, as soon as it is there."""
    wait_until(lambda: bool(home.parts))
    return home.parts[0]


def kill(running: "subprocess.Popen[str]") -> None:
    """Kill a process that we started, as a power cut would, and see it gone."""
    os.kill(running.pid, signal.SIGKILL)
    with running:
        running.communicate()
    assert running.returncode == -signal.SIGKILL


def stream_s(recording: Recording) -> float:
    """Return the seconds between the first and the last frame, by the pad's own clock."""
    ticks = [packet.tick_us for packet in recording.packets if isinstance(packet, CountsPacket)]
    return (ticks[-1] - ticks[0]) % 2**32 / 1e6
