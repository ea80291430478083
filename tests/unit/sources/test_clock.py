"""No sensor: time that goes on at the pace that is asked for."""

import pytest

from tests.virtual.virtualtime import run_virtual
from trainer.core.clock import ManualClock
from trainer.core.packets import UnitPacket
from trainer.sources.clock import ClockSource


async def elapsed_s(source: ClockSource, clock: ManualClock, reads: int) -> tuple[float, float]:
    """Return the stream's time and the clock's after some reads."""
    begun_s = clock.monotonic_s()
    await source.open()
    stamps: list[float] = []
    for _ in range(reads):
        for packet in await source.read():
            assert isinstance(packet, UnitPacket)
            assert not packet.values.any()
            stamps += packet.time_s.tolist()
    assert stamps == sorted(set(stamps))
    return stamps[-1], clock.monotonic_s() - begun_s


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_its_time_goes_on_at_the_speed_that_was_asked_for(speed: float) -> None:
    clock = ManualClock()

    async def sleep(seconds: float) -> None:
        clock.move(seconds)

    source = ClockSource(speed=speed, clock=clock, sleep=sleep)
    stream_s, waited_s = run_virtual(elapsed_s(source, clock, 50))
    assert stream_s == pytest.approx(5.0)
    assert waited_s == pytest.approx(5.0 / speed)


def test_it_is_neither_simulated_nor_a_replay_and_ends_when_it_is_closed() -> None:
    source = ClockSource(speed=None, clock=ManualClock())

    async def read_closed() -> int:
        await source.open()
        assert await source.read()
        await source.close()
        return len(await source.read())

    assert (source.is_simulated, source.is_replay) == (False, False)
    assert run_virtual(read_closed()) == 0


def test_a_speed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        ClockSource(speed=0.0, clock=ManualClock())
