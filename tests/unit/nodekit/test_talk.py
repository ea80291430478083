"""Talking to the firmware's own node over the virtual radio; the link is always let go of."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.core.errors import SourceError, SourceFault
from trainer.nodekit.findnode import Radio, find_node
from trainer.nodekit.nodeinfo import NodeState
from trainer.nodekit.talk import NodeTalk, visit
from trainer.wire import footwire

Found = TypeVar("Found")

OTHER = "F0:00:00:00:00:02"


def at_node(
    do: Callable[[Rig, Radio, FootPeripheral], Awaitable[Found]],
    options: FootOptions | None = None,
) -> Found:
    """Return what is done beside a node; nothing of a link may be left afterwards."""

    async def course() -> Found:
        rig = await make_rig()
        foot = await rig.foot(options)
        try:
            return await do(rig, Radio(rig.transport, rig.clock), foot)
        finally:
            assert not rig.adapter.open_clients
            assert not any(rig.adapter.registrations.values())
            assert not rig.adapter.is_scanning

    return run_virtual(course())


async def look(_rig: Rig, radio: Radio, _foot: FootPeripheral) -> NodeState:
    """Return what a visit finds."""
    return await visit(await find_node("", radio, "node info"), radio, NodeTalk.state)


def test_a_node_tells_what_it_is_and_how_it_answers() -> None:
    state = at_node(look, FootOptions(name="ToeNode", cells=(2, 4), battery_mv=3920))
    info = state.info
    assert (info.name, info.kind, info.board) == ("ToeNode", "pad", "simulated")
    assert (info.converter, info.cells, info.firmware) == ("HX711", ("toes", "heel"), "0.1.0")
    assert info.force_rate_hz > 0
    assert info.chip == "010203040506"
    assert [answer.battery_v for answer in state.answers] == [3.92] * 8
    assert 0.0 < state.least_round_trip_s <= state.round_trip_s < 0.2
    assert state.packet_bytes == 244
    assert state.signal_dbm is not None


def test_a_small_packet_is_told_as_it_is() -> None:
    assert at_node(look, FootOptions(mtu=100)).packet_bytes == 97


def test_a_low_battery_is_a_trouble() -> None:
    state = at_node(look, FootOptions(battery_mv=3300))
    assert state.troubles == ("the battery is low: charge it",)


def test_a_node_gets_a_name_that_it_advertises_afterwards() -> None:
    async def rename(_rig: Rig, radio: Radio, foot: FootPeripheral) -> tuple[str, str]:
        sighting = await find_node("FootNode", radio, "node rename")
        before = await visit(sighting, radio, lambda talk: talk.rename("Zehe"))
        await foot.reboot()
        return before, (await find_node("zehe", radio, "node info")).advert.name

    assert at_node(rename) == ("FootNode", "Zehe")


def test_a_node_that_keeps_its_name_is_reported() -> None:
    former = footwire.encode_info(((0, 1, 0), 1, 255, 1, bytes(6), 950, 0, [1], "Stubborn"))
    options = FootOptions(name="Stubborn", patch_info=lambda _: former)

    async def rename(_rig: Rig, radio: Radio, _foot: FootPeripheral) -> str:
        sighting = await find_node("", radio, "node rename")
        return await visit(sighting, radio, lambda talk: talk.rename("New"))

    with pytest.raises(SourceError, match="did not take the name 'New' within 2 s") as failed:
        at_node(rename, options)
    assert failed.value.reason is SourceFault.REFUSED


def test_a_node_blinks() -> None:
    async def blink(_rig: Rig, radio: Radio, foot: FootPeripheral) -> list[bytes]:
        await visit(await find_node("", radio, "node blink"), radio, NodeTalk.blink)
        return foot.commands

    assert at_node(blink) == [footwire.encode_blink()]


def test_firmware_of_another_version_is_told_with_both_versions_and_what_to_do() -> None:
    def older(info: bytes) -> bytes:
        return bytes([0]) + info[1:]

    def newer(info: bytes) -> bytes:
        return bytes([9]) + info[1:]

    with pytest.raises(SourceError, match=r"firmware 0\.1\.0 speaks table 0 .* node install"):
        at_node(look, FootOptions(patch_info=older))
    with pytest.raises(SourceError, match=r"speaks table 9 .*Update footspring\."):
        at_node(look, FootOptions(patch_info=newer))


def test_damaged_info_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceError, match=r"damaged \(\d+ bytes\).*node install"):
        at_node(look, FootOptions(patch_info=lambda info: info[:-1] + b"\0"))


def test_a_characteristic_that_lacks_makes_the_system_forget_the_device() -> None:
    forgotten: list[str] = []

    async def look_and_note(rig: Rig, radio: Radio, foot: FootPeripheral) -> NodeState:
        try:
            return await look(rig, radio, foot)
        finally:
            forgotten.extend(rig.adapter.forgotten)

    with pytest.raises(SourceError, match="offers no characteristic f0180004"):
        at_node(look_and_note, FootOptions(missing=frozenset({footwire.CLOCK_UUID})))
    assert forgotten == ["F0:00:00:00:00:01"]


def test_a_connection_that_fails_is_tried_again_and_then_given_up() -> None:
    def busy(times: int) -> NodeState:
        async def course(rig: Rig, radio: Radio, foot: FootPeripheral) -> NodeState:
            rig.adapter.busy_connects = times
            return await look(rig, radio, foot)

        return at_node(course)

    assert busy(2).info.name == "FootNode"
    with pytest.raises(SourceError, match=r"no talk after 3 attempts .*Bring the node closer"):
        busy(3)


def test_a_node_that_leaves_in_the_middle_is_let_go_of() -> None:
    async def leave(rig: Rig, radio: Radio, foot: FootPeripheral) -> NodeState:
        def soon_gone() -> None:
            asyncio.get_running_loop().call_later(0.05, foot.switch_off)

        foot.air.on_change = soon_gone
        return await look(rig, radio, foot)

    with pytest.raises(SourceError, match="no talk after 3 attempts"):
        at_node(leave)


def test_two_nodes_of_one_name_are_told_apart_by_their_address() -> None:
    async def pick(rig: Rig, radio: Radio, _foot: FootPeripheral) -> str:
        await rig.foot(FootOptions(address=OTHER))
        with pytest.raises(SourceError) as failed:
            await find_node("FootNode", radio, "node rename")
        assert failed.value.reason is SourceFault.AMBIGUOUS
        assert f"FootNode ({OTHER})" in str(failed.value)
        assert "node blink ADDRESS" in str(failed.value)
        return (await find_node(OTHER.lower(), radio, "node rename")).advert.address

    assert at_node(pick) == OTHER


def test_a_node_that_is_not_there_is_told_with_those_that_are() -> None:
    async def miss(_rig: Rig, radio: Radio, _foot: FootPeripheral) -> None:
        await find_node("Ghost", radio, "node info")

    with pytest.raises(SourceError, match=r"Ghost: not heard within 10 s\. Near by: FootNode"):
        at_node(miss)


def test_bluetooth_that_is_off_is_told_with_its_remedy() -> None:
    async def off(rig: Rig, radio: Radio, _foot: FootPeripheral) -> None:
        await rig.adapter.power(is_on=False)
        await find_node("", radio, "node info")

    with pytest.raises(SourceError, match=r"^Bluetooth is switched off\.$"):
        at_node(off)
