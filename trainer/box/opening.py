"""Opening the box on this machine's pins: where there is none, the session runs without it."""

import importlib
from collections.abc import Callable

from trainer.box.footbox import FootBox
from trainer.box.wires import PinWires
from trainer.core.pinplan import PinPlan
from trainer.core.ports import Clock
from trainer.core.settings import BoxSettings
from trainer.core.texts import tr
from trainer.sources.pins.lines import give_folder

FindFactory = Callable[[], object]
"""Returns a pin factory of gpiozero; raises what its libraries raise."""


def open_box(
    plan: PinPlan,
    settings: BoxSettings,
    clock: Clock,
    tell: Callable[[str], None],
    find_factory: FindFactory | None = None,
) -> FootBox | None:
    """Return the box, or None, and say why, where this machine has none. Raises SettingsError."""
    try:
        factory = (find_factory or pi_factory)()
        wires = PinWires(plan, settings, factory)
    except Exception as error:
        if not _is_absence(error):
            raise
        text = tr(
            "foot button: none here ({error}); the session runs without it, and stops by key or "
            "on the screen. Run it on the Raspberry Pi that it is wired to, or set is_enabled = "
            "false under [box] in settings.toml"
        )
        tell(text.format(error=error))
        return None
    return FootBox(wires, settings.bounce_s, clock)


def pi_factory() -> object:
    """Return gpiozero's factory for the pins of this Raspberry Pi."""
    # lgpio makes a pipe at its import.
    give_folder()
    made: object = importlib.import_module("gpiozero.pins.lgpio").LGPIOFactory()
    return made


def _is_absence(error: Exception) -> bool:
    """Return whether it says that libraries, pins, or the right to use them are missing."""
    if isinstance(error, ImportError | OSError):
        return True
    # Known only where they are installed: gpiozero.GPIOZeroError and lgpio.error.
    return any(
        kind.__module__.split(".")[0] in {"gpiozero", "lgpio"} for kind in type(error).__mro__
    )
