"""Weiheng WH-C06, also sold as MAT Muscle Meter: a crane scale that tells its load to everyone.

Rules: it has no connection, only advertisements, about 8 a second, named IF_B7. Its manufacturer
data under company 0x0100 (which is another's, so the content must fit, too):

 byte    meaning
  0-9    of no use here
 10-11   i16 big endian, hundredths of the unit
 14      low half: unit on the display, 1 kg, 2 lb, 3 st, 4 jin; high half: not zero once settled

Programs differ on whether the number follows the display's unit: one takes it for kilograms
whatever is shown, one converts. In kilograms they agree, so only kilograms are taken; where a
display goes on showing another unit, the person is asked to change it. The number's sign is read
by one of them and denied by none: unsigned, it would be a load beyond the scale's range.

An advertisement has neither number nor time. The same content twice within 20 ms is one of them,
reported twice: an advertiser must wait that long (Bluetooth Core, Vol 6, Part B, 4.4.2.2). Later
it may as well be a new measurement of the same load, and is one sample more. Its time is its
arrival. At this rate neither a rate of force development nor a tremor can be told.

Known from other programs' source alone; not tried on a scale.
"""

import struct
from typing import Final

from trainer.core.units import Unit
from trainer.wire.dialect import NOTHING_HEARD, Advert, Broadcast, Dialect, Heard
from trainer.wire.onecell import force_packet, force_stream

_NAME: Final = "IF_B7"
_COMPANY: Final = 0x0100
_LEAST_BYTES: Final = 15
_LOAD: Final = struct.Struct(">h")
_LOAD_BYTE: Final = 10
_UNIT_BYTE: Final = 14
_KG: Final = 1
_OTHERS: Final = {2: "pounds", 3: "stones", 4: "jin"}
_KG_PER_COUNT: Final = 0.01
_MOST_KG: Final = 300.0
"""The scale's capacity, by its maker."""
_SAME_S: Final = 0.02
"""The rules above."""
_PATIENCE: Final = 8
"""Advertisements in another unit until it is said, one second: a single one may be damaged."""


class _Listener:
    """What one scale was overheard to say."""

    def __init__(self, advert: Advert) -> None:
        self.streams = (force_stream(Unit.KILOGRAM),)
        self._address = advert.address
        self._last = b""
        self._last_s = 0.0
        self._others = 0

    def overhear(self, advert: Advert) -> Heard:
        """Return the load in an advertisement; of another sender or content, nothing."""
        data = advert.makers.get(_COMPANY)
        if data is None:
            return NOTHING_HEARD
        is_same = data == self._last and 0 <= advert.at_s - self._last_s < _SAME_S
        self._last, self._last_s = data, advert.at_s
        if is_same:
            return NOTHING_HEARD
        unit, load_kg = _read(data)
        if unit == _KG:
            self._others = 0
            return Heard((force_packet((advert.at_s,), (load_kg,), advert.at_s),))
        self._others += unit in _OTHERS
        is_enough = unit in _OTHERS and self._others >= _PATIENCE
        refusal = self._refusal(_OTHERS[unit]) if is_enough else ""
        return Heard(bad_bytes=len(data), refusal=refusal)

    def _refusal(self, unit: str) -> str:
        return (
            f"{self._address}: the scale shows {unit}, and it is not known whether it then sends "
            "them or kilograms. Press its unit button until it shows kg, then start again."
        )


def _read(data: bytes) -> tuple[int, float]:
    """Return the unit, 0 where the content is none of a scale's, and the load in kg, if it is."""
    if len(data) < _LEAST_BYTES:
        return 0, 0.0
    load_kg = _LOAD.unpack_from(data, _LOAD_BYTE)[0] * _KG_PER_COUNT
    unit = data[_UNIT_BYTE] & 0xF
    is_ours = unit == _KG or unit in _OTHERS
    return (unit if is_ours and abs(load_kg) <= _MOST_KG else 0), load_kg


def _matches(advert: Advert) -> bool:
    # Who listens passively hears no name.
    return advert.name in (_NAME, "") and _read(advert.makers.get(_COMPANY, b""))[0] != 0


def _listen(advert: Advert) -> Broadcast:
    return _Listener(advert)


MUSCLEMETER: Final = Dialect(
    "musclemeter",
    "WH-C06 crane scale, MAT Muscle Meter",
    matches=_matches,
    listen=_listen,
)
