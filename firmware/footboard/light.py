"""The board's light."""

import time

import digitalio

from footnode.lamp import is_lit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcontroller import Pin


class Light:
    """A light on a pin that is lit high or low."""

    def __init__(self, pin: "Pin", is_lit_high: bool) -> None:  # noqa: FBT001 - a fact of the board
        self._pin = digitalio.DigitalInOut(pin)
        self._pin.switch_to_output(value=not is_lit_high)
        self._is_lit_high = is_lit_high

    def show(self, state: int) -> None:
        """Light up or go out, as the state's pattern has it now."""
        lit = is_lit(state, time.monotonic_ns() // 1000)
        self._pin.value = lit == self._is_lit_high
