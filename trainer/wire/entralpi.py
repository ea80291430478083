"""Entralpi, a plate to stand on while the hands pull: hundredths of a kilogram, and a battery.

Rules:

 notification  u16 big endian, hundredths of a kilogram; what follows it has no known meaning
 battery       one byte, percent

The plate tells the load on it: who hangs from a board while standing on it reads the relief as a
fall. It speaks unasked and brings no time, so a sample's time is its arrival.

Known from other programs' source alone (hangtime-grip-connect, which reads it so, in this byte
order); not tried on a plate. The same characteristic stands in the service 0xFFF0 and in the weight
scale service 0x181D, so the plate must be looked for before a scale of that standard.
"""

from typing import Final

from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Dialect, Heard, Read, Speech, Wish
from trainer.wire.onecell import BATTERY_UUID, Habits, OneCellSpeech, force_packet

_NAME: Final = "ENTRALPI"
_FORCE_UUID: Final = "0000fff1-0000-1000-8000-00805f9b34fb"
_KG_PER_COUNT: Final = 0.01
_COUNT_BYTES: Final = 2
_MOST_KG: Final = 300.0
"""Half again what a scale for persons is built for; the field would reach 655 kg."""

_HABITS: Final = Habits(
    _FORCE_UUID, Unit.KILOGRAM, greeting=(Read(BATTERY_UUID, is_optional=True),)
)


def _hear(data: bytes, at_s: float) -> Heard:
    mass_kg = int.from_bytes(data[:_COUNT_BYTES], "big") * _KG_PER_COUNT
    if len(data) < _COUNT_BYTES or mass_kg > _MOST_KG:
        return Heard(bad_bytes=len(data))
    return Heard((force_packet((at_s,), (mass_kg,), at_s),))


def _speak(_advert: Advert, wish: Wish) -> Speech:
    return OneCellSpeech(_HABITS, wish, _hear)


ENTRALPI: Final = Dialect(
    "entralpi",
    "Entralpi plate",
    matches=lambda advert: advert.name.upper().startswith(_NAME),
    speak=_speak,
    # It is not known whether it goes on telling a load that stays the same.
    is_steady=False,
)
