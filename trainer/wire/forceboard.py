"""PitchSix Force Board: bundles of whole pounds, started and stopped by a mode.

Rules (numbers big endian):

 force    u16 samples n, then n x u24, whole pounds
 mode     write 4 to stream, 7 to be idle
 battery  one byte, percent

The board brings no time: stamps follow the arrivals at an even pace. It tells whole pounds, 4.4 N
apart, which is coarse for toes.

Known from other programs' source alone; not tried on a board. All of it that was found counts the
first byte of a sample as 32,768, not 65,536. That does not matter here: what would need the first
byte is beyond any board either way. A load in the other direction is told to wrap around to such a
number, so it is counted as bad, too.
"""

from typing import Final

from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Dialect, Heard, Read, Speech, Wish, Write
from trainer.wire.onecell import BATTERY_UUID, Habits, OneCellSpeech, force_packet
from trainer.wire.pace import Pace

_NAME: Final = "force board"
_SERVICE_UUID: Final = "9a88d67f-8df2-4afe-9e0d-c2bbbe773dd0"
_FORCE_UUID: Final = "9a88d682-8df2-4afe-9e0d-c2bbbe773dd0"
_MODE_UUID: Final = "467a8517-6e39-11eb-9439-0242ac130002"
_STREAM: Final = b"\x04"
_IDLE: Final = b"\x07"
_HEAD_BYTES: Final = 2
_SAMPLE_BYTES: Final = 3
_MOST_LB: Final = 1100
"""The strongest board is sold for 450 kg, 992 lb."""
_PERIOD_S: Final = 1 / 80
"""As told of present firmware; older ones take twice as long. It is measured from then on."""

_HABITS: Final = Habits(
    _FORCE_UUID,
    Unit.POUND,
    greeting=(Read(BATTERY_UUID, is_optional=True), Write(_MODE_UUID, _STREAM)),
    farewell=(Write(_MODE_UUID, _IDLE),),
)


class _Ear:
    """What the notifications of one conversation mean."""

    def __init__(self) -> None:
        self._pace = Pace(_PERIOD_S)

    def hear(self, data: bytes, at_s: float) -> Heard:
        """Return the samples of a bundle; one that is cut off is not read at all."""
        samples = int.from_bytes(data[:_HEAD_BYTES], "big")
        end = _HEAD_BYTES + samples * _SAMPLE_BYTES
        places = range(_HEAD_BYTES, end, _SAMPLE_BYTES)
        if not samples or end > len(data):
            return Heard(bad_bytes=len(data))
        loads_lb = [int.from_bytes(data[p : p + _SAMPLE_BYTES], "big") for p in places]
        good = [number for number, load_lb in enumerate(loads_lb) if load_lb <= _MOST_LB]
        if not good:
            return Heard(bad_bytes=len(data))
        times_s = self._pace.stamps(samples, at_s)
        packet = force_packet([times_s[n] for n in good], [loads_lb[n] for n in good], at_s)
        return Heard((packet,), (samples - len(good)) * _SAMPLE_BYTES + len(data) - end)


def _speak(_advert: Advert, wish: Wish) -> Speech:
    return OneCellSpeech(_HABITS, wish, _Ear().hear)


FORCEBOARD: Final = Dialect(
    "forceboard",
    "PitchSix Force Board (whole pounds)",
    matches=lambda advert: advert.name.lower() == _NAME or _SERVICE_UUID in advert.services,
    speak=_speak,
)
