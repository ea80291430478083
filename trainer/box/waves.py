"""Waves: a tone as a sound file in memory, for a machine that has a loudspeaker."""

import io
import wave
from typing import Final

import numpy as np

from trainer.box.signs import Tone
from trainer.core.arrays import FloatArray

RATE_HZ: Final = 16_000
"""Enough for these pitches; the longest tone then fits into a pipe (64 kB on Linux)."""

FADE_S: Final = 0.004
"""A tone that begins or ends at once clicks."""

FULL: Final = 32_767

PITCH_HZ: Final = {Tone.TICK: 1320.0, Tone.TOCK: 880.0, Tone.STOP: 440.0}
"""Where it is not USUAL_HZ: a fifth between press and let go, heard apart by who sees no screen."""

USUAL_HZ: Final = 1056.0


def samples(tone: Tone, share: float) -> FloatArray:
    """Return a tone as (n,) values from -1 to 1, as loud as a share of the loudest."""
    pitch_hz = PITCH_HZ.get(tone, USUAL_HZ)
    parts: list[FloatArray] = []
    for place, length_s in enumerate(tone.value):
        at_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
        is_on = place % 2 == 0
        fade = np.minimum(1.0, np.minimum(at_s, at_s[::-1]) / FADE_S)
        parts.append(is_on * share * fade * np.sin(2 * np.pi * pitch_hz * at_s))
    return np.concatenate(parts)


def sound_file(tone: Tone, share: float) -> bytes:
    """Return a tone as a WAV file: one channel of 16 bits."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.rint(FULL * samples(tone, share)).astype("<i2").tobytes())
    return made.getvalue()
