"""What is wrong where conversions come and none can be taken, in words for a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from trainer.sources.pins.cells import Doubt

_CAUSES: Final[Mapping[Doubt, str]] = {
    Doubt.STRETCHED: (
        "this machine held the clock high too long in {count} of {total} readings. End other "
        "programs, allow real-time priority, or wire the pad by SPI, where that cannot happen."
    ),
    Doubt.UNCHECKED: (
        "{count} of {total} readings came without the ones that end each; a data line is "
        "disturbed. Check DOUT and the ground, shorten the wires and keep them from the supply's."
    ),
    Doubt.LATE: (
        "this machine was so late in {count} of {total} readings that the next conversion came in "
        "between. End other programs and allow real-time priority."
    ),
}
_STEADY: Final = (
    "no steady rate was found. Set all converters to the same rate, 80 a second (pin RATE high), "
    "and look for a bad contact."
)
_SHARE: Final = 5
"""A converter that was reset settles for four readings: one in five is as bad as it can get."""


def refusal(names: Sequence[str], refused: Counter[Doubt], limit_s: float) -> str:
    """Return the message for readings of which none gave a sample for that long."""
    total = refused.total()
    worst = max(_CAUSES, key=lambda doubt: refused[doubt])
    is_it = refused[worst] * _SHARE >= total
    what = _CAUSES[worst].format(count=refused[worst], total=total) if is_it else _STEADY
    who = " and ".join(names)
    return f"{who}: conversions come, but in {limit_s:g} s none could be taken: {what}"
