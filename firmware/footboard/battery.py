"""The battery's voltage, by a divider on an analog pin."""

import analogio
import digitalio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcontroller import Pin

_FULL = 65535


class Battery:
    """The battery behind a divider whose foot may have to be pulled down."""

    def __init__(self, pin: "Pin", ground: "Pin | None", numerator: int, denominator: int) -> None:
        self._pin = analogio.AnalogIn(pin)
        self._foot: digitalio.DigitalInOut | None = None
        if ground is not None:
            self._foot = digitalio.DigitalInOut(ground)
            self._foot.switch_to_output(value=False)
        self._numerator = numerator
        self._denominator = denominator

    def millivolts(self) -> int:
        """Return the voltage; without a battery that of the charger."""
        reference_mv = int(self._pin.reference_voltage * 1000)
        at_pin_mv = self._pin.value * reference_mv // _FULL
        return at_pin_mv * self._numerator // self._denominator
