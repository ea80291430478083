"""The benchmark of the pins measures a reader in real time, and the chips on their own."""

from trainer.app.benchpins import measure_pins
from trainer.app.figures import as_text


def test_wake_ups_and_processor_time_are_measured_with_the_chips_taken_off() -> None:
    wakeups, busy = measure_pins(1.6, gpio_cells=())
    assert wakeups.value is not None
    assert 0.5 < wakeups.value < 50
    assert busy.value is not None
    assert busy.floor_value is not None
    assert 0 < busy.floor_value < 50
    assert "HX711 by SPI, 1 cell: wake-ups per row" in as_text([wakeups, busy])
