"""The pins of an Adafruit Feather nRF52840 Sense."""

import board

from footboard.pins import Pins

PINS = Pins(2, board.BLUE_LED, board.VOLTAGE_MONITOR, (board.SCL, board.SDA))
PINS.spi = ((board.SCK, board.MOSI, board.MISO), (board.D5, board.D6, board.D9))
# Twice 100 kohm, always connected (Adafruit's guide).
PINS.battery_numerator = 2
