"""Where force or load stands against its band, steadied so that the picture does not flicker."""

from enum import StrEnum
from typing import Final

from trainer.core.snapshot import Snapshot
from trainer.core.texts import noted

SLACK: Final = 0.1
"""Share of the band's height by which the force must leave it before the picture says so.

A held press wanders by 2.5-7 % of its force (simulated foot): at an edge the flood would blink.
"""


class Band(StrEnum):
    """The words beside the shape."""

    NONE = ""
    BELOW = noted("BELOW")
    IN = noted("IN BAND")
    ABOVE = noted("ABOVE")


def judge_band(snapshot: Snapshot, shown: Band) -> Band:
    """Return what to show now; `shown` is what stands on the screen."""
    force_n, low, high = snapshot.force_n, snapshot.target_low_n, snapshot.target_high_n
    is_asked = snapshot.is_press_asked
    if snapshot.load_band_n is not None and snapshot.load_n is not None:
        force_n, (low, high), is_asked = snapshot.load_n, snapshot.load_band_n, True
    if low is None or high is None or not is_asked:
        return Band.NONE
    if shown is Band.IN:
        slack = SLACK * (high - low)
        low, high = low - slack, high + slack
    if force_n < low:
        return Band.BELOW
    return Band.ABOVE if force_n > high else Band.IN
