"""The WH-C06 crane scale: golden advertisements, units that are not known, the same one twice."""

import pytest

from tests.unit.wire.talks import an_advert, forces, only, overhear, times_s
from trainer.core.units import Unit
from trainer.wire.dialect import NOTHING_HEARD, Advert, Heard
from trainer.wire.musclemeter import MUSCLEMETER

# 2,000 hundredths = 0x07D0; 0xA1: settled, shown in kilograms.
TWENTY_KG = bytes.fromhex("020311 aabbccddeeff 01 07d0 0000 a1 0000")


def told(data: bytes, at_s: float = 7.0, name: str = "IF_B7", company: int = 256) -> Advert:
    """Return an advertisement with manufacturer data."""
    return Advert("AA:BB:CC:DD:EE:FF", name, at_s, makers={company: data})


def a_load(counts: int, unit: int = 1) -> bytes:
    """Return manufacturer data of a load in hundredths."""
    return TWENTY_KG[:10] + counts.to_bytes(2, "big", signed=True) + b"\0\0" + bytes([unit, 0, 0])


def test_twenty_kilograms_by_hand() -> None:
    heard = overhear(MUSCLEMETER).overhear(told(TWENTY_KG))
    packet = only(heard.packets)
    assert forces(packet) == [20.0]
    assert (times_s(packet), packet.arrival_s, heard.bad_bytes) == ([7.0], 7.0, 0)


def test_it_delivers_one_cell_in_kilograms() -> None:
    (stream,) = overhear(MUSCLEMETER).streams
    assert (stream.channels, stream.unit, stream.period_s) == (("force",), Unit.KILOGRAM, None)


def test_a_load_below_zero_after_a_tare_stays_below_zero() -> None:
    # -100 = 0xFF9C
    data = TWENTY_KG[:10] + b"\xff\x9c" + TWENTY_KG[12:]
    assert forces(only(overhear(MUSCLEMETER).overhear(told(data)).packets)) == [-1.0]


def test_the_same_advertisement_reported_twice_is_one_sample() -> None:
    listener = overhear(MUSCLEMETER)
    assert forces(only(listener.overhear(told(TWENTY_KG, 7.0)).packets)) == [20.0]
    assert listener.overhear(told(TWENTY_KG, 7.0)) == NOTHING_HEARD
    assert listener.overhear(told(TWENTY_KG, 7.019)) == NOTHING_HEARD


def test_the_same_load_a_little_later_is_a_sample_of_its_own() -> None:
    listener = overhear(MUSCLEMETER)
    for at_s in (7.0, 7.021, 7.125):
        assert times_s(only(listener.overhear(told(TWENTY_KG, at_s)).packets)) == [at_s]


def test_another_load_at_once_is_a_sample_of_its_own() -> None:
    listener = overhear(MUSCLEMETER)
    listener.overhear(told(a_load(100)))
    assert forces(only(listener.overhear(told(a_load(101))).packets)) == [1.01]


def test_an_advertisement_without_its_data_says_nothing() -> None:
    listener = overhear(MUSCLEMETER)
    assert listener.overhear(an_advert("IF_B7")) == NOTHING_HEARD
    assert listener.overhear(told(TWENTY_KG, company=257)) == NOTHING_HEARD


@pytest.mark.parametrize(
    "data",
    [b"", TWENTY_KG[:14], a_load(100, 0), a_load(100, 5), a_load(30_001), a_load(-30_001)],
    ids=["empty", "cut off", "no unit", "unknown unit", "too heavy", "too light"],
)
def test_bytes_without_a_meaning_are_counted(data: bytes) -> None:
    listener = overhear(MUSCLEMETER)
    for second in range(20):
        assert listener.overhear(told(data, second)) == Heard(bad_bytes=len(data))


@pytest.mark.parametrize(("unit", "word"), [(2, "pounds"), (3, "stones"), (4, "jin")])
def test_a_scale_that_goes_on_in_another_unit_is_refused(unit: int, word: str) -> None:
    listener = overhear(MUSCLEMETER)
    heard = [listener.overhear(told(a_load(100, unit), 7 + 0.125 * n)) for n in range(8)]
    assert heard[:7] == [Heard(bad_bytes=17)] * 7
    assert heard[7].packets == ()
    assert heard[7].refusal.startswith(f"AA:BB:CC:DD:EE:FF: the scale shows {word}")
    assert "until it shows kg" in heard[7].refusal


def test_a_single_advertisement_in_another_unit_refuses_nothing() -> None:
    listener = overhear(MUSCLEMETER)
    for n in range(40):
        heard = listener.overhear(told(a_load(100, 2 if n % 7 else 1), 7 + 0.125 * n))
        assert heard.refusal == ""


def test_it_is_known_by_content_and_name_for_its_company_is_not_its_own() -> None:
    assert MUSCLEMETER.matches(told(TWENTY_KG))
    assert MUSCLEMETER.matches(told(TWENTY_KG, name=""))
    assert MUSCLEMETER.matches(told(a_load(100, 2)))
    assert not MUSCLEMETER.matches(told(TWENTY_KG, name="TomTom"))
    assert not MUSCLEMETER.matches(told(TWENTY_KG[:14]))
    assert not MUSCLEMETER.matches(told(a_load(100, 9)))
    assert not MUSCLEMETER.matches(an_advert("IF_B7"))
