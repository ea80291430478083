"""The stages in their order: any batching of packets and any tare give the same, live and after."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import Calibration, identity
from tests.unit.app.standins import INFO, frame, frames
from trainer.app.pipeline import Pipeline, calibration_for
from trainer.core.cues import MaxPressAsked, PressAsked, SetStarted, Side, TareAsked
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.hold import Hold
from trainer.core.packets import Packet, Stream, StreamInfo, UnitPacket
from trainer.core.settings import DetectionSettings
from trainer.core.units import NEWTON_PER_KG, Unit


def pressing(count: int = 150) -> list[Packet]:
    """Return packets with a press of 1.5 s every 3 s, and rest that moves a little."""
    packets = []
    for number in range(count):
        time_s = (number * 8 + np.arange(8)) / 80.0
        press = np.clip(4 * np.sin(2 * np.pi * time_s / 3.0), 0, 1) * 40.0
        packets.append(frame(number, 5.0 + 0.3 * np.sin(time_s / 7) + press))
    return packets


def made(info: StreamInfo = INFO) -> Pipeline:
    return Pipeline(info, identity(info.channels), DetectionSettings())


def run(packets: list[Packet], sizes: list[int], tares_s: tuple[float, ...] = ()) -> Pipeline:
    """Return a pipeline that took the packets in batches of the given sizes, turn by turn."""
    pipeline = made()
    for at_s in tares_s:
        pipeline.tell(TareAsked(at_s - 2.0, 2.0))
    at, turn = 0, 0
    while at < len(packets):
        size = sizes[turn % len(sizes)]
        pipeline.push(packets[at : at + size])
        at, turn = at + size, turn + 1
    pipeline.finish()
    return pipeline


def figures(holds: tuple[Hold, ...]) -> list[tuple[float, ...]]:
    return [(h.start_s, h.end_s, h.plateau_n, h.mean_n, h.impulse_n_s, h.rest_n) for h in holds]


@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=8), tare_s=st.floats(0.0, 14.0))
def test_any_batching_of_packets_gives_the_same_holds(sizes: list[int], tare_s: float) -> None:
    packets = pressing()
    one_by_one = run(packets, [1], (tare_s,))
    batched = run(packets, sizes, (tare_s,))
    assert len(one_by_one.holds()) >= 3
    assert np.allclose(figures(batched.holds()), figures(one_by_one.holds()), rtol=1e-9, atol=1e-12)
    kinds = [[type(event).__name__ for event in done.events] for done in (one_by_one, batched)]
    assert kinds[0] == kinds[1]


def test_a_tare_said_on_the_way_is_one_known_beforehand() -> None:
    packets = pressing()
    known = run(packets, [3], (4.6,))
    live = made()
    for number in range(0, len(packets), 3):
        if number == 42:
            live.tell(TareAsked(2.6, 2.0))
        live.push(packets[number : number + 3])
    live.finish()
    assert figures(live.holds()) == figures(known.holds())


def test_packets_of_other_streams_and_no_packets_change_nothing() -> None:
    packets = pressing(60)
    other = UnitPacket(Stream.IMU, np.zeros(3), np.zeros((3, 6)), 0.0)
    plain = run(packets, [2])
    mixed = made()
    for packet in packets:
        mixed.push(())
        mixed.push((other, packet, other))
    mixed.finish()
    assert figures(mixed.holds()) == figures(plain.holds())
    assert mixed.assembler.samples == plain.assembler.samples


def test_the_rate_is_known_from_the_first_packet_and_stays() -> None:
    pipeline = made()
    assert pipeline.measure_rate(frames(1)) == pytest.approx(80.0)
    pipeline.push(frames(100))
    assert pipeline.measure_rate(()) == pytest.approx(80.0)
    assert pipeline.link().rate_hz == pytest.approx(80.0)


def test_duration_goes_on_where_a_clock_steps_back() -> None:
    pipeline = made()
    pipeline.push(frames(10, first=100))
    pipeline.push(frames(10))
    pipeline.finish()
    assert pipeline.duration_s == pytest.approx(2 * 79 / 80)
    assert len(pipeline.gaps) == 1


def test_a_single_sample_has_no_rate_and_leads_to_nothing() -> None:
    pipeline = made(replace(INFO, period_s=None))
    pipeline.push([UnitPacket(Stream.FORCE, np.array([1.0]), np.array([[5.0]]), 1.0)])
    pipeline.finish()
    assert pipeline.holds() == ()
    assert pipeline.link().rate_hz is None
    assert pipeline.duration_s == 0.0


def test_before_the_first_packet_there_is_nothing() -> None:
    pipeline = made()
    assert pipeline.detector is None
    assert pipeline.holds() == ()
    assert pipeline.events == ()
    assert pipeline.rejected_samples == 0
    assert pipeline.finish().events == ()


def test_a_unit_is_its_own_calibration() -> None:
    info = replace(INFO, unit=Unit.KILOGRAM)
    assert calibration_for(info, None, "a.csv").matrix()[0, 0] == NEWTON_PER_KG


def test_counts_need_the_calibration_of_their_own_channels() -> None:
    info = replace(INFO, unit=Unit.COUNTS)
    other = Calibration(("heel",), (0.0,), ((1e-4,),))
    own = replace(other, channels=("force",))
    assert calibration_for(info, own, "a.mcap") == own
    for known, words in ((None, "raw counts"), (other, "is for heel")):
        with pytest.raises(RecordingError, match=words) as raised:
            calibration_for(info, known, "a.mcap")
        assert raised.value.reason is RecordingFault.CALIBRATION
        assert str(raised.value).startswith("a.mcap: ")


def test_the_foot_is_the_one_last_told_of_and_before_that_the_first() -> None:
    pipeline = made()
    assert pipeline.side_at(1.0) is None
    pipeline.tell(PressAsked(0.5, 1, None, 1.5))
    pipeline.tell(MaxPressAsked(5.0, Side.LEFT, 1, 3, 4.0))
    pipeline.tell(SetStarted(50.0, Side.RIGHT, 1, 2, 20))
    assert [pipeline.side_at(at_s) for at_s in (1.0, 49.0, 50.0, 80.0)] == [
        Side.LEFT,
        Side.LEFT,
        Side.RIGHT,
        Side.RIGHT,
    ]
