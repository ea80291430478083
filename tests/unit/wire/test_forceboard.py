"""PitchSix's Force Board: golden bundles, modes, loads beyond any board."""

import pytest

from tests.unit.wire.talks import WISH, an_advert, begin, forces, only, times_s
from trainer.core.link import Health
from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Heard, Read, Write
from trainer.wire.forceboard import FORCEBOARD

FORCE = "9a88d682-8df2-4afe-9e0d-c2bbbe773dd0"
MODE = "467a8517-6e39-11eb-9439-0242ac130002"
BATTERY = "00002a19-0000-1000-8000-00805f9b34fb"


def test_three_samples_by_hand() -> None:
    # 0, 22 = 0x16 and 300 = 0x012C pounds
    heard = begin(FORCEBOARD).hear(FORCE, bytes.fromhex("0003 000000 000016 00012c"), 7.0)
    packet = only(heard.packets)
    assert forces(packet) == [0.0, 22.0, 300.0]
    assert times_s(packet) == pytest.approx([6.975, 6.9875, 7.0])
    assert heard.bad_bytes == 0


def test_it_delivers_one_cell_in_pounds() -> None:
    (stream,) = begin(FORCEBOARD, WISH).streams
    assert (stream.channels, stream.unit, stream.clock) == (("force",), Unit.POUND, 3)


def test_it_is_started_and_made_idle_again() -> None:
    speech = begin(FORCEBOARD)
    assert tuple(speech.greet()) == (Read(BATTERY, is_optional=True), Write(MODE, b"\x04"))
    assert tuple(speech.part()) == (Write(MODE, b"\x07"),)
    assert speech.hear(BATTERY, b"\x64", 7.0) == Heard(health=Health(battery_pct=100.0))


def test_samples_beyond_any_board_are_bad_and_their_neighbours_keep_their_times() -> None:
    # 1,101 = 0x44D; -1 as it wraps around; 32,768 or 65,536, as the first byte may count
    data = bytes.fromhex("0005 000001 00044d ffffff 010000 00044c")
    heard = begin(FORCEBOARD).hear(FORCE, data, 7.0)
    packet = only(heard.packets)
    assert forces(packet) == [1.0, 1100.0]
    assert times_s(packet) == pytest.approx([6.95, 7.0])
    assert heard.bad_bytes == 9


@pytest.mark.parametrize(
    "text",
    ["", "00", "0000", "0000 000001", "0001 0000", "0002 000001 0000", "0001 ffffff"],
    ids=["nothing", "half", "no samples", "none told", "cut off", "second cut off", "too heavy"],
)
def test_bytes_without_a_meaning_are_counted(text: str) -> None:
    data = bytes.fromhex(text)
    assert begin(FORCEBOARD).hear(FORCE, data, 7.0) == Heard(bad_bytes=len(data))


def test_bytes_after_a_bundle_are_counted() -> None:
    heard = begin(FORCEBOARD).hear(FORCE, bytes.fromhex("0001 000005 00 00"), 7.0)
    assert forces(only(heard.packets)) == [5.0]
    assert heard.bad_bytes == 2


def test_it_is_known_by_its_name_or_its_service() -> None:
    assert FORCEBOARD.matches(an_advert("Force Board"))
    service = "9a88d67f-8df2-4afe-9e0d-c2bbbe773dd0"
    assert FORCEBOARD.matches(Advert("A", "", 0.0, services=(service,)))
    assert not FORCEBOARD.matches(an_advert("Workforce Board"))
