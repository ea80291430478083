"""The Entralpi plate: golden bytes, battery, what it cannot weigh."""

import pytest

from tests.unit.wire.talks import WISH, an_advert, begin, forces, only, times_s
from trainer.core.link import Health
from trainer.core.units import Unit
from trainer.wire.dialect import Heard, Read
from trainer.wire.entralpi import ENTRALPI

FORCE = "0000fff1-0000-1000-8000-00805f9b34fb"
BATTERY = "00002a19-0000-1000-8000-00805f9b34fb"


def test_72_kilograms_and_a_half_by_hand() -> None:
    # 7,250 = 0x1C52
    heard = begin(ENTRALPI).hear(FORCE, b"\x1c\x52", 7.0)
    packet = only(heard.packets)
    assert forces(packet) == pytest.approx([72.5])
    assert (times_s(packet), heard.bad_bytes) == ([7.0], 0)


def test_what_follows_the_load_is_passed_over() -> None:
    heard = begin(ENTRALPI).hear(FORCE, b"\x00\x64\xff\xff\xff", 7.0)
    assert forces(only(heard.packets)) == [1.0]
    assert heard.bad_bytes == 0


def test_it_delivers_one_cell_in_kilograms() -> None:
    (stream,) = begin(ENTRALPI, WISH).streams
    assert (stream.channels, stream.unit, stream.clock) == (("force",), Unit.KILOGRAM, 3)


def test_its_battery_is_asked_for_at_the_start_and_nothing_else_is() -> None:
    speech = begin(ENTRALPI)
    assert speech.characteristics == (FORCE,)
    assert tuple(speech.greet()) == (Read(BATTERY, is_optional=True),)
    assert speech.hear(BATTERY, b"\x53", 7.0) == Heard(health=Health(battery_pct=83.0))
    assert (tuple(speech.tick(9.0)), tuple(speech.part())) == ((), ())


@pytest.mark.parametrize("data", [b"", b"\x65", b"\x50\x00"])
def test_a_battery_level_that_is_none_is_bad(data: bytes) -> None:
    assert begin(ENTRALPI).hear(BATTERY, data, 7.0) == Heard(bad_bytes=len(data))


# 30,001 = 0x7531
@pytest.mark.parametrize("data", [b"", b"\x01", b"\x75\x31", b"\xff\xff\x00"])
def test_bytes_without_a_meaning_are_counted(data: bytes) -> None:
    assert begin(ENTRALPI).hear(FORCE, data, 7.0) == Heard(bad_bytes=len(data))


def test_another_characteristic_means_nothing() -> None:
    assert begin(ENTRALPI).hear("other", b"\x1c\x52", 7.0) == Heard(bad_bytes=2)


def test_it_is_known_by_its_name() -> None:
    assert ENTRALPI.matches(an_advert("ENTRALPI"))
    assert ENTRALPI.matches(an_advert("Entralpi 2"))
    assert not ENTRALPI.matches(an_advert(""))
