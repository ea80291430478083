"""What single values of a cell tell: end codes, frozen values, stuck bits, false samples, noise."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray
from trainer.signal.guardchannel import GLITCH_CODES

Mask: TypeAlias = npt.NDArray[np.bool_]

FULL_SCALE: Final = 2**23 - 1
LOWEST: Final = -(2**23)
END_CODES: Final = (0, -1, FULL_SCALE, LOWEST)
"""What a converter that does not answer reads (HX711 data sheet)."""
BITS: Final = 24

FAR: Final = 10.0
"""In standard deviations: of Gaussian noise no sample in 10^23 is so far off."""
FAR_COUNTS: Final = 20_000.0
"""2 N of a 50 kg cell: less is no larger than a fidget and harms nothing (signal/guard.py)."""
ALWAYS: Final = 0.995
"""A bit that is the same in this share of the samples is stuck; the rest are false samples."""
REACH: Final = 4.0
"""Standard deviations over which noise ranges: 95 of 100 samples of a Gaussian lie within."""
SMOOTH: Final = 16
"""Samples over which the level is taken before noise is: 0.2 s at 80 Hz."""
SIGMA_PER_MAD: Final = 1.4826
"""Of a Gaussian."""
MOST_MADS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Values:
    """One cell's samples, each judged."""

    raw: FloatArray
    """(n,) counts"""
    is_full: Mask
    """(n,) at full scale twice in a row: saturated"""
    is_false: Mask
    """(n,) lone and far off, or a code of a late read"""

    @property
    def clean(self) -> FloatArray:
        """Return the samples that are neither."""
        return self.raw[~(self.is_full | self.is_false)]


def judge_values(raw: FloatArray) -> Values:
    """Return a cell's samples with what is wrong with each."""
    is_end = (raw >= FULL_SCALE) | (raw <= LOWEST)
    padded = np.concatenate(([False], is_end, [False]))
    is_full = is_end & (padded[:-2] | padded[2:])
    before, after = (
        raw - np.concatenate((raw[:1], raw[:-1])),
        raw - np.concatenate((raw[1:], raw[-1:])),
    )
    far = max(FAR_COUNTS, FAR * _spread(before))
    # A spike stands out to both sides; a press, however fast, only to one.
    is_lone = (np.minimum(np.abs(before), np.abs(after)) > far) & (before * after > 0)
    is_code = np.isin(raw, list(GLITCH_CODES)) & (np.abs(raw - np.median(raw)) > far)
    return Values(raw, is_full, (is_lone | is_code | is_end) & ~is_full)


def stuck_share(raw: FloatArray) -> float:
    """Return the share of samples that are one and the same end code."""
    return max(float(np.mean(raw == code)) for code in END_CODES)


def stuck_bits(clean: FloatArray) -> list[int]:
    """Return the bits that never change though the noise ranges over twice their worth.

    The noise, not the range: a level that jumps may skip all values in between.
    """
    reach = REACH * noise(clean)
    codes = np.rint(clean).astype(np.int64)
    found: list[int] = []
    for bit in range(BITS):
        share = float(np.mean((codes >> bit) & 1)) if reach >= 2 ** (bit + 1) else 0.5
        if max(share, 1 - share) >= ALWAYS:
            found.append(bit)
    return found


def noise(clean: FloatArray) -> float:
    """Return the standard deviation about the smoothed level, in the unit of the samples."""
    if len(clean) <= 2 * SMOOTH:
        return float("nan")
    level = np.convolve(clean, np.full(SMOOTH, 1 / SMOOTH), "same")
    rest = (clean - level)[SMOOTH:-SMOOTH]
    spread = _spread(rest)
    kept = rest[np.abs(rest) <= MOST_MADS * spread] if spread > 0 else rest
    # The level takes a share of the noise with it.
    return float(np.std(kept) / np.sqrt(1 - 1 / SMOOTH))


def _spread(rest: FloatArray) -> float:
    return SIGMA_PER_MAD * float(np.median(np.abs(rest - np.median(rest))))
