"""What every source keeps to: simulated pad, replay and devices run the same suite."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

import numpy as np
import pytest

from tests.unit.sources.pinworld import start_emulated
from tests.virtual.onradio import OnRadio
from tests.virtual.virtualtime import run_virtual
from trainer.core.clock import ManualClock
from trainer.core.cues import (
    BalanceAsked,
    CheckAsked,
    ClockStarted,
    CountdownStarted,
    Cue,
    LoadAsked,
    MaxPressAsked,
    MvcMeasured,
    PauseStarted,
    PressAsked,
    RejectReason,
    RelaxAsked,
    RepCounted,
    RepRejected,
    RepTakenBack,
    RestStarted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetRated,
    SetStarted,
    Side,
    StopExplained,
    StopReason,
    TapsAsked,
    TareAsked,
)
from trainer.core.packets import (
    ClockPacket,
    CountsPacket,
    Packet,
    Status,
    Stream,
    StreamInfo,
    UnitPacket,
)
from trainer.core.ports import Clock, Source
from trainer.core.units import Unit
from trainer.recording.header import RecordingHeader
from trainer.recording.recording import Recording
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.source import PinsSource
from trainer.sources.replay import ReplaySource
from trainer.sources.sim.config import SimConfig, hard
from trainer.sources.sim.source import SimSource


def simulated_pad(clock: Clock) -> Source:
    return SimSource(SimConfig(duration_s=20.0), speed=None, clock=clock)


def hard_simulated_pad(clock: Clock) -> Source:
    return SimSource(hard(SimConfig(seed=2, duration_s=20.0)), speed=None, clock=clock)


def replayed_session(clock: Clock) -> Source:
    """Return a replay of an own recording: its packets, as the pad sent them."""
    info = StreamInfo(Stream.FORCE, ("force",), Unit.COUNTS, delay_periods=2.0)
    packets = tuple(
        CountsPacket(
            Stream.FORCE,
            number,
            number * 100_000,
            200_000,
            0,
            Status.OK,
            np.full((8, 1), number, dtype=np.int32),
            number * 0.1,
        )
        for number in range(200)
    )
    started_at = datetime(2026, 1, 1, tzinfo=UTC)
    header = RecordingHeader("s", started_at, "UTC", 0, "sim", is_simulated=False, streams=(info,))
    recording = Recording(Path("a.mcap"), header, (info,), packets)
    return ReplaySource(recording, speed=None, clock=clock)


def replayed_file(clock: Clock) -> Source:
    """Return a replay of a CSV: one packet of all its rows."""
    time_s = np.arange(2000) / 100
    info = StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, 0.01)
    packet = UnitPacket(Stream.FORCE, time_s, np.sin(time_s)[:, None], float(time_s[-1]))
    recording = Recording(Path("a.csv"), None, (info,), (packet,))
    return ReplaySource(recording, speed=None, clock=clock)


def node_on_the_radio(clock: Clock) -> Source:
    """Return the firmware's own node behind a virtual radio."""
    return OnRadio(clock)


def pins_by_spi(clock: Clock) -> Source:
    job = Job(Driver.HX711_SPI, ("toes", "heel"), buses=(0, 1))
    return PinsSource((job,), ("toes", "heel"), clock, start_emulated)


def pins_by_gpio(clock: Clock) -> Source:
    cells = ("hallux", "toes", "ball", "heel")
    job = Job(Driver.HX711_GPIO, cells, (5, 13, 16, 26), 6)
    return PinsSource((job,), cells, clock, start_emulated)


def pins_with_nau7802(clock: Clock) -> Source:
    cells = ("toes", "heel")
    job = Job(Driver.NAU7802, cells)
    return PinsSource((job,), cells, clock, start_emulated)


def pins_with_inertial_sensor(clock: Clock) -> Source:
    cells = ("toes", "heel")
    jobs = (Job(Driver.NAU7802, cells), Job(Driver.LSM6DS, ("inertial sensor",)))
    return PinsSource(jobs, cells, clock, start_emulated)


LIVE: Final[tuple[Callable[[Clock], Source], ...]] = (
    simulated_pad,
    hard_simulated_pad,
    node_on_the_radio,
    pins_by_spi,
    pins_by_gpio,
    pins_with_nau7802,
    pins_with_inertial_sensor,
)

SOURCES: Final = (*LIVE, replayed_session, replayed_file)
"""Each makes a source that ends by itself; time is virtual."""

EVERY_CUE: Final[tuple[Cue, ...]] = (
    TareAsked(0.0, 2.0),
    CheckAsked(0.0),
    MaxPressAsked(0.0, Side.LEFT, 1, 3, 4.0),
    CountdownStarted(0.0, 3.0),
    SetStarted(0.0, Side.LEFT, 1, 3, 20),
    PressAsked(0.0, 1, 40.0, 2.0),
    PressAsked(0.0, 2, None, 2.0),
    RelaxAsked(0.0),
    RepCounted(0.0, 1, 40.0),
    RepRejected(0.0, RejectReason.TOO_SHORT),
    RepTakenBack(0.0, 1),
    MvcMeasured(0.0, Side.LEFT, 90.0),
    SetEnded(0.0, 1, 20),
    RestStarted(0.0, 60.0, Side.RIGHT),
    SessionEnded(0.0, is_complete=True),
    SessionStopped(0.0, StopReason.PAIN),
    StopExplained(0.0, StopReason.PAIN),
    ClockStarted(0.0, 5.0),
    TapsAsked(0.0, 2.0),
    BalanceAsked(0.0, 5.0, Side.LEFT),
    LoadAsked(0.0, 5.0, 200.0, 300.0),
    PauseStarted(0.0),
    SetRated(0.0, 1, 5.0, None),
)

MOST_READS: Final = 100_000


@dataclass
class Heard:
    """What one source delivered from its opening to its end."""

    streams: tuple[StreamInfo, ...]
    reads: list[Sequence[Packet]]
    arrivals_s: list[float]
    """Clock at each read's return."""

    @property
    def packets(self) -> list[Packet]:
        return [packet for read in self.reads for packet in read]


@pytest.fixture(params=SOURCES, ids=lambda make: make.__name__, name="make")
def make_source(request: pytest.FixtureRequest) -> Callable[[Clock], Source]:
    make: Callable[[Clock], Source] = request.param
    return make


def test_each_stream_is_declared_once(make: Callable[[Clock], Source]) -> None:
    names = [info.stream for info in listen(make).streams]
    assert names
    assert len(set(names)) == len(names)


def test_packets_are_shaped_as_their_stream_says(make: Callable[[Clock], Source]) -> None:
    heard = listen(make)
    streams = {info.stream: info for info in heard.streams}
    assert heard.packets
    for packet in heard.packets:
        if isinstance(packet, ClockPacket):
            continue
        info = streams[packet.stream]
        rows = packet.counts if isinstance(packet, CountsPacket) else packet.values
        assert isinstance(packet, CountsPacket) == (info.unit is Unit.COUNTS)
        assert rows.ndim == 2
        assert len(rows) > 0
        assert rows.shape[1] == len(info.channels)


def test_counts_fit_their_fields(make: Callable[[Clock], Source]) -> None:
    for packet in listen(make).packets:
        if isinstance(packet, CountsPacket):
            assert packet.counts.dtype == np.int32
            assert -0x800000 <= packet.counts.min() <= packet.counts.max() <= 0x7FFFFF
            assert 0 <= packet.seq < 2**16
            assert 0 <= packet.tick_us < 2**32
            assert 0 <= packet.dropped_total < 2**16
            assert packet.period_us16 > 0
        elif isinstance(packet, UnitPacket):
            assert packet.values.dtype == np.float64
            assert packet.time_s.shape == (len(packet.values),)


@pytest.mark.parametrize("make", LIVE)
def test_arrivals_never_step_back(make: Callable[[Clock], Source]) -> None:
    heard = listen(make, seconds_per_read=0.25)
    arrivals_s = [packet.arrival_s for packet in heard.packets]
    assert len(arrivals_s) > 1
    assert arrivals_s == sorted(arrivals_s)


def test_after_the_end_nothing_comes(make: Callable[[Clock], Source]) -> None:
    async def read_beyond() -> list[Sequence[Packet]]:
        source = make(ManualClock())
        await source.open()
        while await source.read():
            pass
        beyond = [await source.read() for _ in range(3)]
        await source.close()
        return beyond

    assert [len(read) for read in run_virtual(read_beyond())] == [0, 0, 0]


def test_every_cue_may_be_spoken_at_any_time(make: Callable[[Clock], Source]) -> None:
    assert {type(cue) for cue in EVERY_CUE} == set(get_args(Cue))
    forwards, backwards = listen(make, EVERY_CUE), listen(make, EVERY_CUE[::-1])
    assert forwards.packets
    assert len(forwards.packets) == pytest.approx(len(backwards.packets), rel=0.05)


def test_closing_twice_and_reading_a_closed_source_are_safe(
    make: Callable[[Clock], Source],
) -> None:
    async def close_twice() -> Sequence[Packet]:
        source = make(ManualClock())
        await source.open()
        await source.read()
        await source.close()
        await source.close()
        return await source.read()

    assert len(run_virtual(close_twice())) == 0


def test_a_source_can_be_closed_before_it_was_opened(make: Callable[[Clock], Source]) -> None:
    run_virtual(make(ManualClock()).close())


def listen(
    make: Callable[[Clock], Source], cues: Sequence[Cue] = (), *, seconds_per_read: float = 0.0
) -> Heard:
    """Read a source to its end; one cue is spoken after each of the first reads."""
    clock = ManualClock()
    source = make(clock)

    async def read_all() -> Heard:
        await source.open()
        heard = Heard(source.streams, [], [])
        while packets := await source.read():
            assert len(heard.reads) < MOST_READS, "the source does not end"
            heard.reads.append(packets)
            heard.arrivals_s.append(clock.monotonic_s())
            clock.move(seconds_per_read)
            if len(heard.reads) <= len(cues):
                source.hear(cues[len(heard.reads) - 1])
        await source.close()
        return heard

    return run_virtual(read_all())
