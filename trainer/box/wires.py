"""The wires: button, light and buzzer by gpiozero, each of which may be absent but the button."""

from collections.abc import Callable
from typing import Final, Protocol

from trainer.core.errors import SettingsError
from trainer.core.pinplan import PinPlan
from trainer.core.settings import BoxSettings

HALF: Final = 0.5
"""Share of each period that a bare piezo is driven: a square wave is the loudest."""

Edge = Callable[[], None]


class Wires(Protocol):
    """What a box is made of."""

    @property
    def is_down(self) -> bool:
        """Return whether the button is down now."""
        ...

    def listen(self, closed: Edge, opened: Edge) -> None:
        """Let edges of the button be told from now on; in a thread of the library."""
        ...

    def light(self, *, is_on: bool) -> None:
        """Switch the light."""
        ...

    def sound(self, *, is_on: bool) -> None:
        """Switch the buzzer."""
        ...

    def close(self) -> None:
        """Let go of the pins, light and buzzer off; safe to call twice."""
        ...


class PinWires:
    """The box on the pins of a factory: the Pi's, or a pretended one's in tests."""

    def __init__(self, plan: PinPlan, settings: BoxSettings, factory: object) -> None:
        # Here, so that a program without a box does not load it.
        import gpiozero as gz  # type: ignore[import-untyped] # noqa: PLC0415 - as above

        bcm = {role: line.bcm for role, line in plan.lines.items()}
        if bcm.get("button") is None:
            raise SettingsError(
                f"pins.toml: build '{plan.build}' has no line 'button', which [box] needs. Add it, "
                "or set is_enabled = false."
            )
        # No bounce time here: it would hold back the contact itself until it is quiet.
        self._button = gz.DigitalInputDevice(bcm["button"], pull_up=True, pin_factory=factory)
        self._light = self._sound = None
        self._level = HALF if settings.buzzer_hz else 1.0
        try:
            if bcm.get("led") is not None:
                self._light = gz.LED(bcm["led"], pin_factory=factory)
            if bcm.get("buzzer") is not None and settings.is_sounding:
                self._sound = (
                    gz.PWMOutputDevice(
                        bcm["buzzer"], frequency=settings.buzzer_hz, pin_factory=factory
                    )
                    if settings.buzzer_hz
                    else gz.DigitalOutputDevice(bcm["buzzer"], pin_factory=factory)
                )
        except BaseException:
            self.close()
            raise

    @property
    def is_down(self) -> bool:
        """Return whether the button is down now."""
        return bool(self._button.is_active)

    def listen(self, closed: Edge, opened: Edge) -> None:
        """Let edges be told from now on."""
        self._button.when_activated = closed
        self._button.when_deactivated = opened

    def light(self, *, is_on: bool) -> None:
        """Switch the light."""
        if self._light is not None:
            self._light.value = float(is_on)

    def sound(self, *, is_on: bool) -> None:
        """Switch the buzzer."""
        if self._sound is not None:
            self._sound.value = self._level if is_on else 0.0

    def close(self) -> None:
        """Let go of the pins."""
        for device in (self._button, self._light, self._sound):
            if device is not None:
                device.close()
