"""What cannot be used is refused with words, and what can be helped is helped."""

import asyncio

import pytest

from tests.link.scene import Ear, are_unbroken, numbers, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import Stream
from trainer.wire import footwire


def with_versions(table: int, frame: int) -> FootOptions:
    """Return a node that says it speaks these versions."""
    return FootOptions(patch_info=lambda data: bytes([table, frame]) + data[2:])


async def refused(ear: Ear) -> SourceError:
    """Return why the source cannot be opened, or cannot be read once it is."""
    with pytest.raises(SourceError) as caught:
        await use(ear)
    return caught.value


async def use(ear: Ear) -> None:
    """Open the source, read it for a while, close it."""
    await ear.open()
    await ear.for_s(10.0)
    await ear.close()


async def assert_streams(ear: Ear) -> None:
    """Assert that the source opens and streams."""
    await ear.open()
    await ear.for_s(2.0)
    assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)


def test_a_link_of_twenty_bytes_is_refused_because_frames_would_be_cut_off() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        error = await refused(ear)
        assert error.reason is SourceFault.REFUSED
        assert "carries 20 bytes" in str(error)
        assert foot.options.address in str(error)
        assert foot.commands == []

    play(scene, FootOptions(mtu=23))


def test_an_outdated_table_is_forgotten_once_and_then_it_streams() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.stale[foot.options.address] = frozenset({footwire.CONTROL_UUID})
        await assert_streams(ear)
        assert rig.adapter.forgotten == [foot.options.address]

    play(scene)


@pytest.mark.parametrize(
    "uuid", [footwire.FORCE_UUID, footwire.CLOCK_UUID, footwire.INFO_UUID, footwire.CONTROL_UUID]
)
def test_a_characteristic_that_is_really_missing_is_looked_for_once_more_and_named(
    uuid: str,
) -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        error = await refused(ear)
        assert error.reason is SourceFault.REFUSED
        assert uuid in str(error)
        assert rig.adapter.forgotten == [foot.options.address]

    play(scene, FootOptions(missing=frozenset({uuid})))


@pytest.mark.parametrize(
    ("table", "frame", "step"),
    [(2, 1, "Update footspring"), (1, 2, "Update footspring"), (0, 1, "footspring node install")],
)
def test_other_firmware_is_refused_with_both_versions_and_the_next_step(
    table: int, frame: int, step: str
) -> None:
    async def scene(_rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        error = await refused(ear)
        assert error.reason is SourceFault.REFUSED
        assert f"table {table} and frame {frame}" in str(error)
        assert f"table {footwire.TABLE_VERSION} and frame {footwire.VERSION}" in str(error)
        assert step in str(error)

    play(scene, with_versions(table, frame))


def test_info_that_is_damaged_is_refused() -> None:
    async def scene(_rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        error = await refused(ear)
        assert error.reason is SourceFault.REFUSED
        assert "damaged" in str(error)

    play(scene, FootOptions(patch_info=lambda data: data[:-1]))


def test_a_device_that_never_advertises_is_given_up_after_a_minute() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        foot.air.walk_away()
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        error = await refused(ear)
        assert error.reason is SourceFault.NOT_FOUND
        assert 55.0 < loop.time() - began_s < 70.0

    play(scene)


def test_an_attempt_of_somebody_else_that_pends_is_waited_for() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.busy_connects = 3
        await assert_streams(ear)
        assert rig.adapter.forgotten == []

    play(scene)


def test_an_attempt_that_stays_refused_leads_to_forgetting_the_device() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.busy_connects = 5
        await assert_streams(ear)
        assert rig.adapter.forgotten == [foot.options.address]
        assert rig.adapter.power_cycles == 0

    play(scene)


def test_a_stubborn_adapter_is_switched_off_and_on_and_at_last_given_up() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.busy_connects = 1000
        error = await refused(ear)
        assert error.reason is SourceFault.LOST
        assert "InProgress" in str(error)
        assert (len(rig.adapter.forgotten), rig.adapter.power_cycles) == (1, 1)

    play(scene)


def test_an_attempt_that_never_returns_is_called_off() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.hanging_connects = 2
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        await assert_streams(ear)
        assert loop.time() - began_s < 30.0

    play(scene)


def test_a_deaf_adapter_is_switched_off_and_on() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        rig.adapter.is_deaf = True
        await assert_streams(ear)
        assert rig.adapter.power_cycles == 1

    play(scene)


def test_before_the_first_sample_nobody_waits_for_an_adapter_that_is_off() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await rig.adapter.power(is_on=False)
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        error = await refused(ear)
        assert error.reason is SourceFault.NOT_FOUND
        assert str(error) == "Bluetooth is switched off."
        assert loop.time() - began_s < 5.0

    play(scene)


def test_an_adapter_that_is_switched_off_meanwhile_is_named_and_waited_for() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(2.0)
        await rig.adapter.power(is_on=False)
        await ear.for_s(3.0)
        assert any("switched off" in news for news in ear.news)
        await rig.adapter.power(is_on=True)
        await ear.for_s(8.0)
        assert ear.source.vitals.news == ""
        assert ear.source.vitals.reconnects == 1

    play(scene)


def test_a_node_that_is_lost_while_it_is_connected_to_is_tried_again() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        opening = asyncio.create_task(ear.open())
        for _ in range(500):
            if foot.air.connection is None:
                await asyncio.sleep(0.01)
        rig.link.silence()
        await asyncio.sleep(1.0)
        rig.link.clear()
        await opening
        await ear.for_s(2.0)
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)
        assert rig.adapter.connections_made == 2

    play(scene)


def test_a_daemon_that_takes_its_time_to_close_a_link_is_given_it() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        loop = asyncio.get_running_loop()
        rig.adapter.disconnect_s = 2.8
        await assert_streams(ear)
        began_s = loop.time()
        await ear.close()
        assert 2.8 < loop.time() - began_s < 4.5
        assert rig.adapter.open_clients == set()
        await asyncio.sleep(0.1)
        assert foot.air.connection is None

    play(scene)
