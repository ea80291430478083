"""The pad on this Pi's own pins, as the user's pins.toml says; nobody stands on it."""

import asyncio

import numpy as np
import pytest

from trainer.core.clock import SystemClock
from trainer.core.folders import user_folders
from trainer.core.packets import CountsPacket, Stream
from trainer.sources.catalog import Wanted, find_source
from trainer.sources.pins.source import PinsSource

DURATION_S = 20.0

pytestmark = pytest.mark.hardware


def _read() -> tuple[list[CountsPacket], PinsSource]:
    clock = SystemClock()
    source = find_source(Wanted("pins", pins=user_folders().pins), clock).source
    assert isinstance(source, PinsSource)
    packets: list[CountsPacket] = []

    async def read() -> None:
        await source.open()
        end_s = clock.monotonic_s() + DURATION_S
        while clock.monotonic_s() < end_s:
            packets.extend(p for p in await source.read() if isinstance(p, CountsPacket))
        await source.close()

    asyncio.run(read())
    return [packet for packet in packets if packet.stream is Stream.FORCE], source


def test_a_pad_at_rest_delivers_at_its_rate_with_few_readings_thrown_away() -> None:
    packets, source = _read()
    print(source.vitals.health.about)  # noqa: T201 - for whoever wires a pad
    rows = sum(len(packet.counts) for packet in packets)
    rate_hz = 16e6 / packets[-1].period_us16
    assert 60 < rate_hz < 100, "RATE is low: lift its pin, or bridge its jumper"
    assert rows > 0.95 * rate_hz * (DURATION_S - 1.0)
    counts = np.concatenate([packet.counts for packet in packets])
    assert len(np.unique(counts[:, 0])) > 10, "the same value all the time: no cell, or no supply"
    assert float(np.std(counts, axis=0).max()) < 5000, "noise of real pads is 79 to 446 counts"
