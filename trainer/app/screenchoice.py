"""Which screen a command gets, by what is wanted and what this machine can show."""

import os
from typing import Final

from trainer.app.display import has_display
from trainer.core.errors import UsageError

DISPLAY_NAMES: Final = ("WAYLAND_DISPLAY", "DISPLAY")


def choose_screen(wanted: str, *, is_terminal: bool, is_again: bool = False) -> str:
    """Return window, terminal or lines: what this machine can show.

    Raises UsageError where what is wanted cannot be: no display, no terminal.
    """
    if is_again and wanted == "terminal":
        raise UsageError(
            "--again: goes with --screen window, or with --screen lines where nobody looks. Leave "
            "one of them out."
        )
    if is_again and wanted == "auto":
        return "lines"
    if wanted == "window" and not has_display():
        named = ", ".join(f"{n}={os.environ[n]}" for n in DISPLAY_NAMES if os.environ.get(n))
        raise UsageError(
            f"--screen window: no display answers ({named or 'none is named'}). Leave --screen "
            "out: the session then runs without a window."
        )
    if wanted == "terminal" and not is_terminal:
        raise UsageError(
            "--screen terminal: input and output are no terminal. Leave --screen out, or give "
            "--screen lines."
        )
    if wanted != "auto":
        return wanted
    if any(os.environ.get(name) for name in DISPLAY_NAMES) and has_display():
        return "window"
    return "terminal" if is_terminal and os.environ.get("TERM") != "dumb" else "lines"
