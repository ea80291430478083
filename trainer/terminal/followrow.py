"""The row to follow: the force that a rep asks for, from now on to some seconds ahead."""

from typing import Final

from trainer.coach.tracing import wanted_n
from trainer.core.snapshot import Snapshot
from trainer.core.texts import tr

STEP_S: Final = 0.2
"""Between two columns; the row moves on by one in this time."""

AHEAD_S: Final = 6.0
"""As many columns as the narrowest terminal has room for beside the words."""

BLOCKS: Final = "▁▂▃▄▅▆▇█"
PLAIN: Final = "_.:-=+*#"


def follow_row(snapshot: Snapshot, width: int, *, is_plain: bool) -> str:
    """Return the course of the trace, the left end being now; empty where nothing is followed."""
    trace, at_s = snapshot.trace, snapshot.at_s
    if not trace:
        return ""
    steps = PLAIN if is_plain else BLOCKS
    highest_n = max(force_n for _, force_n in trace) or 1.0
    columns = round(AHEAD_S / STEP_S)
    asked_n = [wanted_n(trace, at_s + column * STEP_S) for column in range(columns)]
    course = "".join(steps[round(n / highest_n * (len(steps) - 1))] for n in asked_n)
    words = tr("{force:.0f} N now, then {course}").format(force=asked_n[0], course=course)
    return words[:width]
