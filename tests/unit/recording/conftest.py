"""What the recording's tests share: a header, packets as a pad sends them, a disk that fills up."""

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import numpy as np
import pytest

from calibration import Calibration
from trainer.core.cues import Side
from trainer.core.packets import CountsPacket, Status, Stream, StreamInfo
from trainer.core.units import Unit
from trainer.recording.header import RecordingHeader

CHANNELS = ("hallux", "toes", "ball", "heel")


@pytest.fixture
def header() -> RecordingHeader:
    """Return a header with a value other than the default in every field."""
    return RecordingHeader(
        session_id="20260102-181530-ab12",
        started_at=datetime(2026, 1, 2, 17, 15, 30, 250_000, tzinfo=UTC),
        zone="Europe/Berlin",
        utc_offset_s=3600,
        source="sim",
        is_simulated=True,
        streams=(
            StreamInfo(Stream.FORCE, CHANNELS, Unit.COUNTS, 0.0125, 2.0),
            StreamInfo(Stream.IMU, ("ax_ms2", "ay_ms2"), Unit.IMU),
        ),
        calibration=Calibration(
            CHANNELS,
            (1.5, -2.0, 3.25, 1e5),
            tuple(tuple(0.1 * row + 1e-7 * column for column in range(4)) for row in range(4)),
            0x7FFFFF,
            "pad of 2 January",
        ),
        athlete="Zoë",
        side=Side.RIGHT,
        exercise="toe_curl",
        settings={"detection": {"floor_n": 0.8}, "seed": 3},
        versions={"footspring": "0.1.0", "numpy": "2.4"},
    )


@pytest.fixture
def packet() -> Callable[[int], CountsPacket]:
    """Return a maker of the pad's packets by number: 8 samples of 4 cells, noise included."""
    rng = np.random.default_rng(1)
    noise = rng.integers(-3000, 3000, (64, 8, 4), dtype=np.int32)

    def make(number: int) -> CountsPacket:
        return CountsPacket(
            stream=Stream.FORCE,
            seq=number % 65536,
            tick_us=number * 100_000 % 2**32,
            period_us16=200_000,
            dropped_total=0,
            status=Status.OK,
            counts=noise[number % 64] + 120_000,
            arrival_s=12.0 + number * 0.1 + 1e-9,
        )

    return make


@pytest.fixture
def small_disk() -> Callable[[int], AbstractContextManager[None]]:
    """Return a context in which the system refuses to let any file grow beyond some bytes."""

    @contextmanager
    def limit(size: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limit
