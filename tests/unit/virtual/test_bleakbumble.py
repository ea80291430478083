"""The virtual adapter: what BlueZ remembers, leaks and refuses."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDBusError,
    BleakDeviceNotFoundError,
)

from tests.unit.virtual.talker import ADDRESS, CONTROL, MAKER, SERVICE, Listener, Talker
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.wire.dialect import Advert

Scene = Callable[[Rig, Talker, Listener], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run a scene with a talker that advertises."""

    async def run() -> None:
        rig = await make_rig()
        talker = Talker(rig)
        await talker.begin()
        await scene(rig, talker, Listener(rig))

    run_virtual(run())


async def lose(rig: Rig, talker: Talker) -> None:
    """Let the link die, and the talker advertise again."""
    rig.link.silence()
    await asyncio.sleep(1.0)
    rig.link.clear()
    talker.advertise()


def test_an_advertisement_arrives_with_all_it_says() -> None:
    async def scene(rig: Rig, talker: Talker, _listener: Listener) -> None:
        talker.air.controller.signal_dbm = -71
        heard: list[Advert] = []
        async with rig.transport.scanner(rig.clock, lambda _, advert: heard.append(advert)):
            await asyncio.sleep(1.0)
        assert 9 <= len(heard) <= 11
        first = heard[0]
        assert (first.address, first.name, first.services) == (ADDRESS, "Talker", (SERVICE,))
        assert (first.makers, first.signal_dbm) == ({MAKER: b"\1\2\3"}, -71)

    play(scene)


def test_a_client_that_is_not_disconnected_doubles_what_the_next_one_hears() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        await listener.connect()
        await lose(rig, talker)
        await listener.connect()
        assert len(rig.adapter.open_clients) == 2
        await talker.say_numbers(20.0, 1.0, 20)
        await asyncio.sleep(0.1)
        assert listener.numbers == [number for number in range(20) for _ in range(2)]

    play(scene)


def test_a_client_that_is_disconnected_after_a_lost_link_leaves_nothing() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        client = await listener.connect()
        await lose(rig, talker)
        await client.disconnect()
        await listener.connect()
        assert len(rig.adapter.open_clients) == 1
        await talker.say_numbers(20.0, 1.0, 20)
        await asyncio.sleep(0.1)
        assert listener.numbers == list(range(20))
        assert rig.adapter.most_registrations == 1

    play(scene)


def test_a_forgotten_device_must_be_found_again() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        assert await listener.find()
        await rig.adapter.forget(ADDRESS)
        with pytest.raises(BleakDeviceNotFoundError):
            await listener.connect_only()
        await listener.connect()

    play(scene)


def test_an_outdated_table_lacks_a_characteristic_until_the_device_is_forgotten() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        rig.adapter.stale[ADDRESS] = frozenset({CONTROL})
        client = await listener.connect()
        assert client.services.get_characteristic(CONTROL) is None
        await client.disconnect()
        await asyncio.sleep(0.1)
        talker.advertise()
        await rig.adapter.forget(ADDRESS)
        client = await listener.connect()
        assert client.services.get_characteristic(CONTROL) is not None

    play(scene)


def test_an_attempt_while_another_pends_is_refused_and_the_next_succeeds() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        rig.adapter.busy_connects = 1
        assert await listener.find()
        with pytest.raises(BleakDBusError, match=r"org\.bluez\.Error\.InProgress"):
            await listener.connect_only()
        await listener.connect_only()
        assert len(rig.adapter.open_clients) == 1

    play(scene)


def test_a_hanging_attempt_ends_only_with_who_waits_for_it() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        rig.adapter.hanging_connects = 1
        assert await listener.find()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(listener.connect_only(timeout_s=2.0), 100.0)
        await listener.connect_only()

    play(scene)


def test_a_device_that_is_gone_is_tried_for_the_time_allowed_and_then_called_off() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        assert await listener.find()
        talker.air.walk_away()
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        with pytest.raises(TimeoutError):
            await listener.connect_only(timeout_s=5.0)
        assert loop.time() - began_s == pytest.approx(5.0, abs=0.1)
        assert rig.adapter.open_clients == set()
        talker.air.come_back()
        await listener.connect_only(timeout_s=5.0)

    play(scene)


def test_a_deaf_adapter_hears_again_once_it_was_switched_off_and_on() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        rig.adapter.is_deaf = True
        assert not await listener.find()
        await rig.adapter.power_cycle()
        assert await listener.find()

    play(scene)


def test_an_adapter_that_is_off_says_so() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        await rig.adapter.power(is_on=False)
        with pytest.raises(BleakBluetoothNotAvailableError):
            await listener.find()
        assert not (await rig.transport.recovery.adapter_state()).is_powered

    play(scene)


def test_switching_the_adapter_off_ends_its_links() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        await listener.connect()
        await rig.adapter.power_cycle()
        assert len(listener.lost_s) == 1

    play(scene)


def test_a_second_scan_at_the_same_time_is_refused() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        async with rig.transport.scanner(rig.clock, lambda *_: None):
            with pytest.raises(BleakDBusError, match=r"org\.bluez\.Error\.InProgress"):
                await listener.find()
        assert await listener.find()

    play(scene)


def test_closing_a_link_takes_its_time_where_it_is_told_to() -> None:
    async def scene(rig: Rig, _talker: Talker, listener: Listener) -> None:
        rig.adapter.disconnect_s = 2.5
        client = await listener.connect()
        began_s = asyncio.get_running_loop().time()
        await client.disconnect()
        assert asyncio.get_running_loop().time() - began_s == pytest.approx(2.5, abs=0.1)
        assert rig.adapter.open_clients == set()

    play(scene)


def test_a_known_table_saves_the_discovery_until_the_device_is_forgotten() -> None:
    async def scene(rig: Rig, talker: Talker, listener: Listener) -> None:
        loop = asyncio.get_running_loop()
        took_s: list[float] = []
        for is_forgotten in (False, False, True):
            if is_forgotten:
                await rig.adapter.forget(ADDRESS)
            talker.advertise()
            assert await listener.find()
            began_s = loop.time()
            client = await listener.connect_only()
            took_s.append(loop.time() - began_s)
            await client.disconnect()
            await asyncio.sleep(0.1)
        assert took_s[1] < took_s[0] / 2
        assert took_s[2] > 2 * took_s[1]

    play(scene)
