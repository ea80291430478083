"""The virtual radio: events, silences and full queues as on a real link."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest
from bleak.exc import BleakError

from tests.unit.virtual.talker import CONTROL, STREAM, Listener, Talker
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual

SUPERVISION_S = 0.42
Scene = Callable[[Rig, Talker, Listener], Coroutine[Any, Any, None]]


def play(
    scene: Scene,
    packets_per_event: int = 4,
    least_interval_s: float = 0.0075,
    mtu: int = 247,
    queue: int = 64,
) -> None:
    """Run a scene with a talker that is connected."""

    async def run() -> None:
        rig = await make_rig(packets_per_event, least_interval_s)
        talker = Talker(rig, mtu, queue)
        await talker.begin()
        listener = Listener(rig)
        await listener.connect()
        await scene(rig, talker, listener)

    run_virtual(run())


async def stream(talker: Talker, listener: Listener, seconds: float = 10.0) -> tuple[float, float]:
    """Stream 100 Hz of 100 bytes; return packets per second heard and the last one's delay."""
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    await talker.say_numbers(100.0, seconds, 100)
    at_s, data = listener.heard[-1]
    number = int.from_bytes(data[:4], "little")
    assert listener.numbers == list(range(number + 1))
    return len(listener.heard) / seconds, at_s - (began_s + number / 100.0)


def test_a_short_interval_carries_a_hundred_packets_a_second() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        connection = talker.air.connection
        assert connection is not None
        await connection.update_parameters(7.5, 7.5, 0, 420, use_l2cap=True)
        await asyncio.sleep(0.5)
        assert rig.link.interval_s(talker.air.controller) == 0.0075
        rate_hz, delay_s = await stream(talker, listener)
        assert rate_hz > 99.0
        assert delay_s < 0.01

    play(scene)


@pytest.mark.parametrize(
    ("interval_s", "packets", "most_hz"), [(0.04875, 4, 82.05), (0.03, 1, 33.3)]
)
def test_packets_per_event_and_interval_limit_the_rate_not_the_bytes(
    interval_s: float, packets: int, most_hz: float
) -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        rate_hz, delay_s = await stream(talker, listener, seconds=3.0)
        assert rate_hz == pytest.approx(most_hz, rel=0.02)
        assert delay_s > 0.5

    play(scene, packets, interval_s, queue=255)


def test_twenty_packets_a_second_pass_even_one_at_a_time() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        await talker.say_numbers(20.0, 5.0, 200)
        await asyncio.sleep(0.05)
        assert listener.numbers == list(range(100))

    play(scene, packets_per_event=1, least_interval_s=0.04)


def test_a_short_silence_delays_and_loses_nothing() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        loop = asyncio.get_running_loop()
        rig.link.silence()
        began_s = loop.time()
        await talker.say_numbers(100.0, 0.3, 20)
        assert listener.heard == []
        rig.link.clear()
        await asyncio.sleep(0.5)
        assert listener.numbers == list(range(30))
        assert listener.heard[0][0] > began_s + 0.29
        assert listener.lost_s == []

    play(scene)


def test_a_long_silence_ends_the_link_at_both_ends() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        began_s = asyncio.get_running_loop().time()
        rig.link.silence()
        await asyncio.sleep(1.0)
        assert listener.lost_s == [pytest.approx(began_s + SUPERVISION_S)]
        assert talker.air.connection is None
        assert rig.link.bonds == []

    play(scene)


def test_who_walks_away_is_lost_and_others_are_not_silenced() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        talker.air.walk_away()
        await asyncio.sleep(1.0)
        assert len(listener.lost_s) == 1
        talker.advertise()
        assert not await Listener(rig).find()
        talker.air.come_back()
        assert await Listener(rig).find()

    play(scene)


def test_a_device_that_loses_power_is_missed_only_after_the_supervision_timeout() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        began_s = asyncio.get_running_loop().time()
        rig.link.vanish(talker.air.controller)
        await asyncio.sleep(1.0)
        assert listener.lost_s == [pytest.approx(began_s + SUPERVISION_S)]

    play(scene)


def test_an_orderly_end_is_noticed_at_the_next_event() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        began_s = asyncio.get_running_loop().time()
        await talker.air.drop()
        await asyncio.sleep(1.0)
        assert len(listener.lost_s) == 1
        assert listener.lost_s[0] - began_s <= 0.0301

    play(scene)


def test_a_full_queue_takes_no_more_until_the_radio_has_sent() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        rig.link.silence()
        assert [talker.say(bytes([0, 0, 0, 0])) for _ in range(10)] == [True] * 8 + [False] * 2
        rig.link.clear()
        await asyncio.sleep(0.2)
        assert len(listener.heard) == 8
        assert talker.say(bytes(4))

    play(scene, queue=8)


def test_a_notification_is_cut_to_what_the_link_carries() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        talker.say(bytes(100))
        await asyncio.sleep(0.2)
        assert [len(data) for _, data in listener.heard] == [20]
        assert listener.client is not None
        found = listener.client.services.get_characteristic(STREAM)
        assert found is not None
        assert found.max_write_without_response_size == 20

    play(scene, mtu=23)


def test_a_large_notification_arrives_in_one_piece() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        talker.say(bytes(range(250)) + bytes(250))
        await asyncio.sleep(0.2)
        assert [data for _, data in listener.heard] == [bytes(range(250)) + bytes(250)]

    play(scene, mtu=517)


def test_reading_and_writing_reach_the_device() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        assert listener.client is not None
        assert await listener.client.read_gatt_char(CONTROL) == b"hello"
        await listener.client.write_gatt_char(CONTROL, b"with", response=True)
        await listener.client.write_gatt_char(CONTROL, b"without", response=False)
        await asyncio.sleep(0.1)
        assert talker.written == [b"with", b"without"]

    play(scene)


def test_a_question_that_is_in_the_air_when_the_link_dies_fails_as_bleak_fails() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        assert listener.client is not None
        rig.link.silence()
        with pytest.raises(BleakError, match="disconnected"):
            await listener.client.read_gatt_char(CONTROL)
        with pytest.raises(BleakError):
            await listener.client.read_gatt_char(CONTROL)

    play(scene)


def test_an_idle_link_costs_nothing() -> None:
    async def scene(_rig: Rig, _talker: Talker, listener: Listener) -> None:
        began_s = time.process_time()
        await asyncio.sleep(600.0)
        assert time.process_time() - began_s < 2.0
        assert listener.lost_s == []

    play(scene)


def test_packets_arrive_at_connection_events_only() -> None:
    async def scene(_rig: Rig, talker: Talker, listener: Listener) -> None:
        await talker.say_numbers(100.0, 1.0, 20)
        times_s = sorted({at_s for at_s, _ in listener.heard})
        steps = [(later - earlier) / 0.03 for earlier, later in pairwise(times_s)]
        assert steps == pytest.approx([round(step) for step in steps], abs=1e-6)
        assert len(steps) > 20

    play(scene)
