"""What is near: who is heard, how strongly, how long ago, and who has whose name."""

import pytest
from bleak.backends.device import BLEDevice

from tests.virtual.devices import MuscleMeter
from trainer.sources.ble.finder import Sighting
from trainer.sources.ble.surroundings import Near, Surroundings
from trainer.wire import footwire
from trainer.wire.dialect import Advert
from trainer.wire.dialects import dialect_of

NODE = "F0:18:00:00:00:01"
OTHER_NODE = "F0:18:00:00:00:02"
STRANGER = "C0:00:00:00:00:01"
SCALE = "B0:00:00:00:00:01"


def sighting(advert: Advert) -> Sighting:
    return Sighting(BLEDevice(advert.address, advert.name, None), advert, dialect_of(advert))


def node(address: str, name: str, at_s: float, signal_dbm: int | None = -60) -> Sighting:
    services = (footwire.SERVICE_UUID,)
    return sighting(Advert(address, name, at_s, services, signal_dbm=signal_dbm))


def stranger(at_s: float, name: str = "ToeNode") -> Sighting:
    return sighting(Advert(STRANGER, name, at_s, signal_dbm=-50))


def near(*sightings: Sighting, at_s: float = 10.0) -> tuple[Near, ...]:
    surroundings = Surroundings()
    for each in sightings:
        surroundings.note(each)
    return surroundings.near(at_s)


def test_known_kinds_stand_first_and_nobody_changes_places() -> None:
    seen = [stranger(1.0), node(OTHER_NODE, "B", 2.0), node(NODE, "A", 3.0)]
    again = [node(NODE, "A", 4.0), stranger(5.0), node(OTHER_NODE, "B", 6.0)]
    expected = [OTHER_NODE, NODE, STRANGER]
    assert [device.address for device in near(*seen)] == expected
    assert [device.address for device in near(*seen, *again)] == expected


def test_two_devices_of_known_kinds_with_one_name_are_marked() -> None:
    found = near(node(NODE, "ToeNode", 1.0), node(OTHER_NODE, "toenode", 1.0))
    assert [device.is_namesake for device in found] == [True, True]
    found = near(node(NODE, "ToeNode", 1.0), stranger(1.0, "ToeNode"))
    assert [device.is_namesake for device in found] == [False, False]


def test_devices_without_a_name_are_no_namesakes() -> None:
    found = near(node(NODE, "", 1.0), node(OTHER_NODE, "", 1.0))
    assert [device.is_namesake for device in found] == [False, False]


def test_the_signal_is_a_mean_of_the_last_few_and_unknown_where_none_was_told() -> None:
    jumping = [node(NODE, "A", number, -60 - 10 * (number % 2)) for number in range(40)]
    (found,) = near(*jumping)
    assert found.signal_dbm is not None
    assert -67 <= found.signal_dbm <= -63
    assert near(node(NODE, "A", 1.0, None))[0].signal_dbm is None


def test_the_time_since_a_device_was_heard_is_told_and_never_negative() -> None:
    assert near(node(NODE, "A", 4.0), at_s=10.0)[0].ago_s == pytest.approx(6.0)
    assert near(node(NODE, "A", 10.1), at_s=10.0)[0].ago_s == 0.0


def scale(model: MuscleMeter, at_s: float) -> Sighting:
    return sighting(Advert(SCALE, model.name, at_s, model.advertised, model.makers, -60))


def test_a_scale_that_only_advertises_tells_its_force() -> None:
    model = MuscleMeter()
    model.sample(98.0665, 1.0)
    assert near(scale(model, 1.0))[0].force_n == pytest.approx(98.07, abs=0.05)
    assert near(node(NODE, "A", 1.0))[0].force_n is None


def test_a_scale_that_shows_another_unit_says_what_to_do_until_it_shows_kilograms() -> None:
    in_pounds = [scale(MuscleMeter(unit=2), float(number)) for number in range(10)]
    assert "shows kg" in near(*in_pounds)[0].trouble
    assert near(*in_pounds)[0].force_n is None
    assert near(*in_pounds, scale(MuscleMeter(), 11.0))[0].trouble == ""


def test_when_anything_at_all_was_heard_is_known() -> None:
    surroundings = Surroundings()
    assert surroundings.heard_s is None
    surroundings.note(stranger(7.0))
    assert surroundings.heard_s == 7.0
