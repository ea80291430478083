"""A node built of a board's parts, on CircuitPython modules that pretend."""

import importlib
import sys
from collections.abc import Callable, Iterator

import footwire
import pytest
from footnode import lamp
from footnode.node import Node

from tests.unit.firmware.fakeboard import Characteristic, FakeBoard
from trainer.wire.frames import split_frames

XIAO = "Seeed_XIAO_nRF52840_Sense"
FEATHER = "feather_bluefruit_sense"

Boot = Callable[..., tuple[FakeBoard, Node]]


@pytest.fixture
def boot() -> Iterator[Boot]:
    """Boots a node on a board; its modules are gone again after the test."""
    with pytest.MonkeyPatch.context() as patch:

        def boot_node(board_id: str = XIAO, **settings: str) -> tuple[FakeBoard, Node]:
            fake = FakeBoard(board_id)
            if board_id == FEATHER:
                fake.hx711 = {"MOSI": fake.hx711["D10"], "D6": fake.hx711["D1"]}
            for name in [name for name in sys.modules if name.startswith("footboard")]:
                patch.delitem(sys.modules, name)
            for name, module in fake.modules.items():
                patch.setitem(sys.modules, name, module)
            for key, value in settings.items():
                patch.setenv(key, value)
            build = importlib.import_module("footboard.build")
            node = build.build_node(build.build_light())
            assert isinstance(node, Node)
            return fake, node

        yield boot_node


def _start(fake: FakeBoard, node: Node, *, has_ping: bool = True) -> None:
    node.step()
    fake.adapter.connect()
    node.step()
    if has_ping:
        fake.command(footwire.encode_ping(1))
    fake.command(footwire.encode_start(3, footwire.RESUME))
    node.step()


def _turn(fake: FakeBoard, node: Node, turns: int) -> None:
    for number in range(turns):
        for chip in fake.hx711.values():
            chip.is_ready = True
        fake.lsm6.set_sample(turn=(1, 2, 3), acceleration=(4, number, 6))
        node.step()


def _heard(fake: FakeBoard, uuid: str) -> list[bytes]:
    return [data for where, data in fake.adapter.notified if where == uuid]


def _numbers(fake: FakeBoard) -> list[int]:
    data = b"".join(_heard(fake, footwire.FORCE_UUID))
    batch = split_frames(data, 0.0)
    assert batch.bad_bytes == 0
    return [packet.seq for packet in batch.packets]


@pytest.mark.parametrize(("board_id", "number"), [(XIAO, 1), (FEATHER, 2)])
def test_info_names_the_board_and_its_chip(board_id: str, number: int, boot: Boot) -> None:
    fake, _ = boot(board_id, FOOT_CELLS="toes,heel")
    info = footwire.decode_info(fake.adapter.places[footwire.INFO_UUID].held)
    assert info[1:] == (
        footwire.PAD,
        number,
        footwire.HX711,
        b"\x03\x04\x05\x06\x07\x08",
        800,
        1040,
        [2, 4],
        "FootNode",
    )


def test_the_table_of_characteristics_is_the_fixed_one(boot: Boot) -> None:
    fake, _ = boot()
    read, notify, write = Characteristic.READ, Characteristic.NOTIFY, Characteristic.WRITE
    assert {uuid: place.properties for uuid, place in fake.adapter.places.items()} == {
        footwire.FORCE_UUID: notify,
        footwire.IMU_UUID: notify,
        footwire.CLOCK_UUID: notify,
        footwire.INFO_UUID: read,
        footwire.CONTROL_UUID: write,
    }


def test_counts_of_both_chips_and_the_sensor_arrive_as_frames(boot: Boot) -> None:
    fake, node = boot(FOOT_CELLS="toes,heel")
    _start(fake, node)
    _turn(fake, node, 40)
    fake.adapter.complete()
    force = split_frames(b"".join(_heard(fake, footwire.FORCE_UUID)), 0.0)
    inertial = split_frames(b"".join(_heard(fake, footwire.IMU_UUID)), 0.0)
    assert len(force.packets) >= 6
    assert len(inertial.packets) >= 6
    assert {tuple(row) for packet in force.packets for row in packet.counts.tolist()} == {
        (100, -200)
    }
    assert inertial.packets[0].counts[0].tolist()[::2] == [4, 6, 2]


def test_reports_are_sent_at_once_with_the_battery(boot: Boot) -> None:
    fake, node = boot()
    _start(fake, node)
    report = footwire.decode_report(_heard(fake, footwire.CLOCK_UUID)[0])
    assert report[1] == 1
    # 26,000 of 65,535 at 3.3 V behind 1 Mohm and 510 kohm.
    assert report[4] == pytest.approx(26_000 / 65_535 * 3300 * 1510 / 510, abs=5)


@pytest.mark.parametrize("has_ping", [True, False])
def test_a_link_that_died_with_a_packet_under_way_does_not_block_the_next(
    has_ping: bool, boot: Boot
) -> None:
    fake, node = boot()
    _start(fake, node)
    _turn(fake, node, 40)
    assert any(buffer.is_queued for buffer in fake.adapter.buffers)
    fake.adapter.lose()
    _turn(fake, node, 20)
    assert fake.adapter.is_advertising
    before = len(_numbers(fake))
    _start(fake, node, has_ping=has_ping)
    _turn(fake, node, 40)
    fake.adapter.complete()
    again = _numbers(fake)[before:]
    assert len(set(again)) > 10
    assert set(_numbers(fake)) == set(range(min(_numbers(fake)), max(_numbers(fake)) + 1))


def test_start_asks_the_host_for_a_short_interval(boot: Boot) -> None:
    fake, node = boot()
    _start(fake, node)
    assert fake.adapter.connections[0].connection_interval == 15


def test_it_advertises_service_and_name(boot: Boot) -> None:
    fake, node = boot()
    node.step()
    data, interval_s = fake.adapter.adverts[0]
    assert data.endswith(b"FootNode")
    assert interval_s == 0.15
    assert fake.adapter.name == "FootNode"


def test_a_name_outlives_a_reboot(boot: Boot) -> None:
    fake, node = boot()
    _start(fake, node)
    fake.command(footwire.encode_rename("Left"))
    node.step()
    store = fake.modules["microcontroller"].__dict__["nvm"]
    assert store[:5] == b"\x04Left"


def test_chips_asleep_have_their_clock_held_high_and_awake_their_bus(boot: Boot) -> None:
    fake, node = boot(FOOT_CELLS="toes,heel")
    assert (fake.levels["D10"], fake.levels["D1"]) == (True, True)
    _start(fake, node)
    assert "D10" not in fake.levels
    assert fake.hx711["D10"].is_powered
    fake.command(footwire.encode_stop())
    node.step()
    assert (fake.levels["D10"], fake.levels["D1"]) == (True, True)
    assert not fake.hx711["D10"].is_powered


def test_the_sensor_and_the_battery_have_their_pins_driven(boot: Boot) -> None:
    fake, _ = boot()
    assert fake.levels["IMU_PWR"] is True
    assert fake.levels["READ_BATT_ENABLE"] is False


@pytest.mark.parametrize(
    ("board_id", "pin", "dark"), [(XIAO, "LED_GREEN", True), (FEATHER, "BLUE_LED", False)]
)
def test_the_light_is_lit_as_the_board_has_it(
    board_id: str, pin: str, dark: bool, boot: Boot
) -> None:
    fake, _ = boot(board_id)
    build = sys.modules["footboard.build"]
    del fake.levels[pin]
    light = build.build_light()
    light.show(lamp.STREAMING)
    assert fake.levels[pin] is not dark
    light.show(lamp.OFF)
    assert fake.levels[pin] is dark


def test_a_balance_board_has_no_force_at_all(boot: Boot) -> None:
    fake, node = boot(FOOT_KIND="balance", FOOT_CONVERTER="none")
    _start(fake, node)
    _turn(fake, node, 20)
    assert _heard(fake, footwire.FORCE_UUID) == []
    assert _heard(fake, footwire.IMU_UUID)


def test_a_setting_that_means_nothing_stops_the_node_with_its_name(boot: Boot) -> None:
    with pytest.raises(ValueError, match="FOOT_CELLS"):
        boot(FOOT_CELLS="thumb")
