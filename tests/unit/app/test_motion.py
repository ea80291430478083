"""The inertial stream's way, on the clock of the force."""

from dataclasses import replace

import numpy as np
import pytest

from calibration import identity
from tests.unit.app.standins import INFO
from tests.unit.timing.radio import Radio
from trainer.app.motion import Motion
from trainer.app.person import Person
from trainer.app.pipeline import Pipeline
from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.packets import (
    IMU_AXES,
    CountsPacket,
    Packet,
    Status,
    Stream,
    StreamInfo,
    UnitPacket,
)
from trainer.core.pad import ImuMounting
from trainer.core.settings import DetectionSettings
from trainer.core.units import NEWTON_PER_KG, Unit

IMU = StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS)
FORCE = StreamInfo(Stream.FORCE, ("force",), Unit.COUNTS)
ONE_G = round(1 / 0.122e-3)
"""Counts at the node's range of 4 g."""


def frame(stream: Stream, number: int, tick_us: int, channels: int) -> CountsPacket:
    """Return eight samples at 100 Hz, the sensor level and still."""
    counts = np.zeros((8, channels), np.int32)
    if stream is Stream.IMU:
        counts[:, 2] = ONE_G
    return CountsPacket(
        stream, number, tick_us % 2**32, 160_000, 0, Status.OK, counts, tick_us * 1e-6
    )


@pytest.mark.parametrize("apart_us", [0, 250_000, -250_000, 2**32 - 1_000])
def test_both_streams_of_a_node_lie_on_one_clock(apart_us: int) -> None:
    start_us = 2**32 - 1_000_000
    pipeline = Pipeline(FORCE, identity(("force",)), DetectionSettings(), Person(), IMU)
    first_s: list[float] = []
    for number in range(20):
        at_us = start_us + 80_000 * number
        packets = [
            frame(Stream.IMU, number, at_us + apart_us, 6),
            frame(Stream.FORCE, number, at_us, 1),
        ]
        done = pipeline.push(packets)
        first_s += [block.time_s[0] for block in done.attitude]
    assert len(first_s) == 20
    shift_s = (apart_us if apart_us < 2**31 else apart_us - 2**32) * 1e-6
    assert first_s[0] == pytest.approx(shift_s, abs=1e-6)


def test_turns_that_come_before_the_first_force_wait_for_its_clock() -> None:
    pipeline = Pipeline(FORCE, identity(("force",)), DetectionSettings(), Person(), IMU)
    assert pipeline.push([frame(Stream.IMU, 0, 1_000_000, 6)]).attitude == ()
    done = pipeline.push([frame(Stream.FORCE, 0, 1_200_000, 1), frame(Stream.IMU, 1, 1_080_000, 6)])
    times = np.concatenate([block.time_s for block in done.attitude])
    assert len(times) == 16
    assert times[0] == pytest.approx(-0.2, abs=1e-6)


def test_a_hold_that_tilts_the_foot_says_by_how_much() -> None:
    time_s = np.arange(0.0, 8.0, 0.01)
    press = np.clip((time_s - 4.0) / 0.2, 0, 1) * np.clip((6.0 - time_s) / 0.2, 0, 1)
    angle = np.radians(4.0 * press)
    turn_dps = np.gradient(np.degrees(angle), 0.01)
    zeros = np.zeros_like(time_s)
    # A heel that rises turns by the right hand about the left axis: up leans to the front.
    values = np.column_stack(
        [
            -NEWTON_PER_KG * np.sin(angle),
            zeros,
            NEWTON_PER_KG * np.cos(angle),
            zeros,
            turn_dps,
            zeros,
        ]
    )
    imu = StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, 0.01)
    pipeline = Pipeline(INFO, identity(INFO.channels), DetectionSettings(), Person(), imu)
    pipeline.push(
        [
            UnitPacket(Stream.FORCE, time_s, 2.0 + 30.0 * press[:, None], 8.0),
            UnitPacket(Stream.IMU, time_s, values, 8.0),
        ]
    )
    pipeline.finish()
    (hold,) = pipeline.holds()
    assert pipeline.pitch_change_deg(hold) == pytest.approx(4.0, abs=0.3)


def level(seconds: float) -> FloatArray:
    values = np.zeros((round(100 * seconds), 6))
    values[:, 2] = NEWTON_PER_KG
    return values


def test_without_force_the_turns_keep_their_own_clock() -> None:
    motion = Motion(StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, 0.01), ImuMounting())
    time_s = 5.0 + np.arange(300) / 100
    blocks: list[AttitudeBlock] = [
        *motion.push([UnitPacket(Stream.IMU, time_s, level(3.0), 0.0)]),
        *motion.finish(),
    ]
    assert np.concatenate([block.time_s for block in blocks]) == pytest.approx(time_s)


def test_two_nodes_lie_on_one_clock_to_a_few_milliseconds() -> None:
    board = replace(IMU, clock=1)
    pipeline = Pipeline(FORCE, identity(("force",)), DetectionSettings(), Person(), board)
    pad = Radio(Stream.FORCE, skew_ppm=40.0, offset_s=5000.0)
    balance = Radio(Stream.IMU, skew_ppm=-30.0, offset_s=17.0, phase_s=0.017, channels=6)
    packets: list[Packet] = [*pad.packets(60.0), *balance.packets(60.0)]
    packets.sort(key=lambda packet: packet.arrival_s)
    apart_s: list[float] = []
    begin_us = pad.tick_us(0.0)
    for packet in packets:
        for block in pipeline.push([packet]).attitude:
            # What the pad's clock showed when the board's sample was taken.
            assert isinstance(packet, CountsPacket)
            taken_s = (packet.tick_us * 1e-6 - balance.offset_s) / (1 + balance.skew_ppm * 1e-6)
            due_s = (pad.tick_us(taken_s) - begin_us) * 1e-6
            apart_s.append(abs(block.time_s[0] - due_s))
    assert len(apart_s) > 1000
    assert sorted(apart_s)[round(0.99 * len(apart_s))] < 0.006


def test_two_nodes_are_joined_the_same_however_the_packets_were_gathered() -> None:
    def times(size: int) -> FloatArray:
        board = replace(IMU, clock=1)
        pipeline = Pipeline(FORCE, identity(("force",)), DetectionSettings(), Person(), board)
        radios = (Radio(Stream.FORCE), Radio(Stream.IMU, offset_s=17.0, phase_s=0.02, channels=6))
        packets: list[Packet] = [packet for radio in radios for packet in radio.packets(10.0)]
        packets.sort(key=lambda packet: packet.arrival_s)
        blocks: list[AttitudeBlock] = []
        for first in range(0, len(packets), size):
            blocks += pipeline.push(packets[first : first + size]).attitude
        return np.concatenate([block.time_s for block in blocks])

    one, many = times(1), times(37)
    assert len(one) == len(many)
    assert one == pytest.approx(many, abs=1e-9)
    assert (np.diff(one) > 0).all()
