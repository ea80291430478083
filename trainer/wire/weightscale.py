"""Scales of the Bluetooth standard: now and then a weight that has settled, never a curve.

Rules of the Weight Measurement (0x2A9D in the service 0x181D, little endian):

 byte  type  meaning
    0  u8    flags: 1 pounds instead of kilograms, 2 with time, 4 with user, 8 with BMI and height;
             the other bits are reserved, which the standard tells to pass over
    1  u16   weight: 0.005 kg or 0.01 lb each; 65535: the measurement was unsuccessful
             then, as the flags say: 7 bytes time of the day, u8 user, u16 BMI and u16 height

Pounds are turned into kilograms, for a scale may change its unit while the stream goes on. The
standard's time has whole seconds of a clock that nobody may have set, so a sample's time is its
arrival. A scale that kept measurements for later tells them first, and they cannot be known from
new ones; whose they are is not looked at.
"""

import struct
from typing import Final

from trainer.core.units import NEWTON_PER_KG, NEWTON_PER_LB, Unit
from trainer.wire.dialect import Advert, Dialect, Heard, Speech, Wish
from trainer.wire.onecell import Habits, OneCellSpeech, force_packet

_SERVICE_UUID: Final = "0000181d-0000-1000-8000-00805f9b34fb"
_WEIGHT_UUID: Final = "00002a9d-0000-1000-8000-00805f9b34fb"
_HEAD: Final = struct.Struct("<BH")
_IS_POUNDS: Final = 1
_PARTS: Final = ((2, 7), (4, 1), (8, 4))
"""(flag, bytes) of what may follow."""
_UNSUCCESSFUL: Final = 0xFFFF
_KG_PER_COUNT: Final = 0.005
_KG_PER_POUND_COUNT: Final = 0.01 * NEWTON_PER_LB / NEWTON_PER_KG


def _hear(data: bytes, at_s: float) -> Heard:
    if len(data) < _HEAD.size:
        return Heard(bad_bytes=len(data))
    flags, weight = _HEAD.unpack_from(data)
    end = _HEAD.size + sum(size for flag, size in _PARTS if flags & flag)
    if weight == _UNSUCCESSFUL or end > len(data):
        return Heard(bad_bytes=len(data))
    mass_kg = weight * (_KG_PER_POUND_COUNT if flags & _IS_POUNDS else _KG_PER_COUNT)
    return Heard((force_packet((at_s,), (mass_kg,), at_s),), len(data) - end)


def _speak(_advert: Advert, wish: Wish) -> Speech:
    return OneCellSpeech(Habits(_WEIGHT_UUID, Unit.KILOGRAM), wish, _hear)


WEIGHTSCALE: Final = Dialect(
    "weightscale",
    "weight scale (settled body weight, no curve)",
    matches=lambda advert: _SERVICE_UUID in advert.services,
    speak=_speak,
    is_steady=False,
)
