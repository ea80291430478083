"""The virtual foot node: the firmware's loop between parts whose truth is known."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from tests.virtual.footparts import Chip, DeviceClock
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.wire import footwire

Scene = Callable[[Rig, FootPeripheral, BleakClient, list[bytes]], Coroutine[Any, Any, None]]


def play(scene: Scene, options: FootOptions | None = None) -> None:
    """Run a scene with a node that is connected and subscribed, and not started."""

    async def run() -> None:
        rig = await make_rig()
        foot = await rig.foot(options)
        heard: list[bytes] = []
        client = await connect(rig, heard)
        await scene(rig, foot, client, heard)

    run_virtual(run())


async def connect(rig: Rig, heard: list[bytes]) -> BleakClient:
    """Return a client that hears all that a node notifies."""

    def hear(_characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        heard.append(bytes(data))

    async with rig.transport.scanner(rig.clock, lambda *_: None) as scanner:
        await asyncio.sleep(1.5)
        device = scanner.discovered_devices[0]
    client = rig.transport.client(device, 10.0, lambda: None)
    await client.connect()
    for uuid in (footwire.FORCE_UUID, footwire.IMU_UUID, footwire.CLOCK_UUID):
        await client.start_notify(uuid, hear)
    return client


async def start(client: BleakClient, mode: int = footwire.FRESH) -> None:
    """Start both streams."""
    await client.write_gatt_char(footwire.CONTROL_UUID, footwire.encode_start(3, mode))


def frames(heard: list[bytes], kind: int) -> list[tuple[int, list[list[int]]]]:
    """Return clock and counts of each frame of a kind."""
    found = [footwire.decode(data) for data in heard if footwire.frame_length(data) == len(data)]
    return [(frame[3], frame[6]) for frame in found if frame[0] == kind]


def test_nothing_is_notified_before_start_and_everything_after() -> None:
    async def scene(
        _rig: Rig, foot: FootPeripheral, client: BleakClient, heard: list[bytes]
    ) -> None:
        await asyncio.sleep(5.0)
        assert heard == []
        await start(client)
        await asyncio.sleep(2.0)
        assert len(frames(heard, footwire.FORCE)) > 30
        assert len(frames(heard, footwire.IMU)) > 30
        assert foot.converter.wakings == 1

    play(scene)


def test_each_sample_tells_its_own_number_and_time() -> None:
    async def scene(
        _rig: Rig, foot: FootPeripheral, client: BleakClient, heard: list[bytes]
    ) -> None:
        await start(client)
        await asyncio.sleep(3.0)
        for tick_us, rows in frames(heard, footwire.FORCE):
            for row in rows:
                assert row == foot.converter.sample(row[0])
            true_us = foot.clock.at_us(foot.converter.taken_s(rows[0][0])) % 2**32
            # Found up to half a millisecond late.
            assert 0 <= tick_us - true_us < 600

    play(scene, FootOptions(skew_ppm=100.0, clock_us=5_000_000))


def test_info_is_what_the_options_say() -> None:
    async def scene(
        _rig: Rig, _foot: FootPeripheral, client: BleakClient, _heard: list[bytes]
    ) -> None:
        data = bytes(await client.read_gatt_char(footwire.INFO_UUID))
        _, kind, board, converter, _, force_rate, imu_rate, roles, name = footwire.decode_info(data)
        assert (kind, board, converter) == (footwire.PAD, 255, 1)
        assert (force_rate, imu_rate, roles, name) == (800, 0, [2, 4], "Lefty")

    play(scene, FootOptions(name="Lefty", cells=(2, 4), force_hz=80.0, imu_hz=0.0))


def test_the_node_answers_what_time_it_is_and_asks_for_a_short_interval() -> None:
    async def scene(
        rig: Rig, foot: FootPeripheral, client: BleakClient, heard: list[bytes]
    ) -> None:
        assert rig.link.interval_s(foot.air.controller) == 0.03
        await client.write_gatt_char(footwire.CONTROL_UUID, footwire.encode_ping(77))
        await asyncio.sleep(0.1)
        _, mark, received_us, sent_us, battery_mv, _, _, _ = footwire.decode_report(heard[0])
        assert (mark, battery_mv) == (77, 3333)
        assert 0 <= foot.clock.now_us() - received_us < 200_000
        assert received_us <= sent_us
        await start(client)
        await asyncio.sleep(0.5)
        assert rig.link.interval_s(foot.air.controller) == 0.015

    play(scene, FootOptions(battery_mv=3333))


def test_a_reboot_begins_clock_and_link_anew() -> None:
    async def scene(
        rig: Rig, foot: FootPeripheral, client: BleakClient, heard: list[bytes]
    ) -> None:
        await start(client)
        await asyncio.sleep(2.0)
        await foot.reboot(1.0)
        assert not client.is_connected
        assert foot.clock.now_us() < 1000
        await client.disconnect()
        heard.clear()
        client = await connect(rig, heard)
        await start(client, footwire.RESUME)
        await asyncio.sleep(1.0)
        assert frames(heard, footwire.FORCE)[0][1][0][0] == 4

    play(scene, FootOptions(clock_us=10_000_000))


def test_a_new_name_is_advertised_once_the_link_has_ended() -> None:
    async def scene(
        rig: Rig, foot: FootPeripheral, client: BleakClient, _heard: list[bytes]
    ) -> None:
        await client.write_gatt_char(footwire.CONTROL_UUID, footwire.encode_rename("Right"))
        await client.disconnect()
        async with rig.transport.scanner(rig.clock, lambda *_: None) as scanner:
            await asyncio.sleep(2.0)
            assert [device.name for device in scanner.discovered_devices] == ["Right"]
        assert foot.memory.name == "Right"

    play(scene)


def test_what_is_disturbed_is_what_is_notified() -> None:
    async def scene(
        _rig: Rig, foot: FootPeripheral, client: BleakClient, heard: list[bytes]
    ) -> None:
        await start(client)
        await asyncio.sleep(1.0)
        foot.options.disturb = lambda _kind, frame: [frame[:5], b"?"]
        await asyncio.sleep(0.3)
        heard.clear()
        await asyncio.sleep(1.0)
        assert {len(data) for data in heard} == {5, 1}

    play(scene)


@pytest.mark.parametrize("rate_hz", [10.0, 95.0, 104.0])
def test_a_chip_makes_its_samples_at_its_rate_and_loses_what_is_not_read(rate_hz: float) -> None:
    now_s = 50.0
    chip = Chip(rate_hz, 2, 24, lambda: now_s)
    assert not chip.is_ready()
    chip.wake()
    assert not chip.is_ready()
    row = [0, 0]
    for number in range(20):
        now_s = chip.taken_s(number) + 1e-4
        assert chip.is_ready()
        chip.read(row)
        assert row == chip.sample(number)
        assert not chip.is_ready()
    now_s = 50.0 + 30.5 / rate_hz
    chip.read(row)
    assert row[0] == 29
    assert chip.taken_s(29) == pytest.approx(50.0 + 30.0 / rate_hz)


def test_a_chip_that_slept_goes_on_counting_from_when_it_woke() -> None:
    now_s = 0.0
    chip = Chip(100.0, 1, 24, lambda: now_s)
    chip.wake()
    now_s = 0.105
    chip.read([0])
    chip.sleep()
    now_s = 7.0
    assert not chip.is_ready()
    chip.wake()
    now_s = 7.0105
    assert chip.is_ready()
    chip.read([0])
    assert chip.newest == 10
    assert chip.taken_s(10) == pytest.approx(7.01)
    assert chip.taken_s(9) == pytest.approx(0.1)


def test_a_device_clock_runs_as_fast_as_it_is_told() -> None:
    now_s = 10.0
    clock = DeviceClock(lambda: now_s, 40.0, 2**32 - 5)
    assert clock.now_us() == 2**32 - 5
    now_s = 110.0
    assert clock.now_us() == 2**32 - 5 + 100_004_000
