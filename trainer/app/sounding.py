"""The sounds of a session on this machine, where it can make any."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from trainer.app.launch import Place
from trainer.app.order import Order
from trainer.core.ports import EnginePort

if TYPE_CHECKING:
    from trainer.box.speaker import Speaker


def find_speaker(order: Order, place: Place) -> "Speaker | None":
    """Return what sounds, or None: switched off, not live, a buzzer sounds already, or no way to.

    A beat is one in real time only.
    """
    settings, box = place.settings.sound, place.settings.box
    has_buzzer = box.is_enabled and box.is_sounding
    if not settings.is_on or has_buzzer or order.speed != 1.0:
        return None
    from trainer.box.players import find_player  # noqa: PLC0415 - for a live session alone
    from trainer.box.speaker import Speaker  # noqa: PLC0415 - as above

    player = find_player(settings.volume_pct / 100, sys.stderr)
    return None if player is None else Speaker(player, place.clock)


@contextlib.contextmanager
def sounding(
    speaker: "Speaker | None", engine: EnginePort, tell: Callable[[str], None]
) -> Iterator[None]:
    """Let a session be heard meanwhile."""
    if speaker is None:
        yield
        return
    speaker.start(engine, tell)
    try:
        yield
    finally:
        speaker.close()
