"""The foot box of a session, where settings.toml asks for one and the pins are there."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from trainer.app.launch import Place
from trainer.app.order import Order
from trainer.core.pinplan import make_plan, read_table

if TYPE_CHECKING:
    from trainer.box.footbox import FootBox

_PINS = "pins"


def find_box(order: Order, place: Place, tell: Callable[[str], None]) -> "FootBox | None":
    """Return the box, or None where none is asked for or there. Raises SettingsError."""
    if not place.settings.box.is_enabled:
        return None
    from trainer.box.opening import open_box  # noqa: PLC0415 - for those alone who have one

    kind, _, build = order.source.partition(":")
    path = place.folders.pins
    plan = make_plan(read_table(path), build if kind == _PINS else "", str(path))
    return open_box(plan, place.settings.box, place.clock, tell)


@contextlib.contextmanager
def serving(box: "FootBox | None") -> Iterator[None]:
    """Let go of the box in the end."""
    try:
        yield
    finally:
        if box is not None:
            box.close()
