"""The standard's weight scale: golden measurements with all that may follow a weight."""

import pytest

from tests.unit.wire.talks import WISH, an_advert, begin, forces, only, times_s
from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Heard
from trainer.wire.weightscale import WEIGHTSCALE

WEIGHT = "00002a9d-0000-1000-8000-00805f9b34fb"
# 2026-11-29 06:30:00: year little endian, month, day, hour, minute, second
TIME = "ea07 0b 1d 06 1e 00"


# 14,000 = 0x36B0 is 70 kg; 15,432 = 0x3C48 is 154.32 lb = 69.998374... kg
@pytest.mark.parametrize(
    ("text", "mass_kg"),
    [
        ("00 b036", 70.0),
        ("01 483c", 69.9983743),
        (f"02 b036 {TIME}", 70.0),
        ("04 b036 ff", 70.0),
        (f"06 b036 {TIME} 02", 70.0),
        ("08 b036 e600 0807", 70.0),
        (f"0f 483c {TIME} 01 e600 5802", 69.9983743),
        ("f0 b036", 70.0),
        ("00 0000", 0.0),
        ("00 feff", 327.67),
    ],
)
def test_a_weight_by_hand(text: str, mass_kg: float) -> None:
    heard = begin(WEIGHTSCALE).hear(WEIGHT, bytes.fromhex(text), 7.0)
    packet = only(heard.packets)
    assert forces(packet) == pytest.approx([mass_kg])
    assert (times_s(packet), heard.bad_bytes) == ([7.0], 0)


@pytest.mark.parametrize(
    "text",
    ["", "00", "00 b0", "02 b036 ea07 0b 1d 06 1e", "0e b036" + TIME, "00 ffff", "01 ffff"],
    ids=["nothing", "flags", "half", "time cut off", "user cut off", "no success", "in pounds"],
)
def test_bytes_without_a_meaning_are_counted(text: str) -> None:
    data = bytes.fromhex(text)
    assert begin(WEIGHTSCALE).hear(WEIGHT, data, 7.0) == Heard(bad_bytes=len(data))


def test_bytes_beyond_what_the_flags_say_are_counted() -> None:
    heard = begin(WEIGHTSCALE).hear(WEIGHT, bytes.fromhex("00 b036 0102"), 7.0)
    assert forces(only(heard.packets)) == [70.0]
    assert heard.bad_bytes == 2


def test_it_only_tells_and_is_told_nothing() -> None:
    speech = begin(WEIGHTSCALE, WISH)
    assert speech.characteristics == (WEIGHT,)
    assert (tuple(speech.greet()), tuple(speech.tick(9.0)), tuple(speech.part())) == ((), (), ())
    (stream,) = speech.streams
    assert (stream.channels, stream.unit, stream.period_s) == (("force",), Unit.KILOGRAM, None)


def test_it_is_known_by_its_service_and_promises_no_curve() -> None:
    service = "0000181d-0000-1000-8000-00805f9b34fb"
    assert WEIGHTSCALE.matches(Advert("A", "Any name", 0.0, services=(service,)))
    assert not WEIGHTSCALE.matches(an_advert("Weight scale"))
    assert "no curve" in WEIGHTSCALE.title
